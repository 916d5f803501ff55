// SPDX-License-Identifier: Apache-2.0
#include "core/store/mysql.hpp"

#include "core/base/module.hpp"

namespace siyu {

std::unique_ptr<Database> open_mysql(const ServerUrl& url, const std::string& password,
                                     const std::filesystem::path& workspace) {
    static const auto& module =
        *static_cast<const StoreModule*>(open_module("stores/mysql.so", "siyu_store", "store.no_module"));
    return module.open(url, password, workspace);
}

}  // namespace siyu
