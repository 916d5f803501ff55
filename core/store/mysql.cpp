// SPDX-License-Identifier: Apache-2.0
#include "core/store/mysql.hpp"

#include <dlfcn.h>

#include "core/base/error.hpp"

namespace siyu {

namespace {

// The module beside the program. It stays: its code may run until the program's last line.
const StoreModule& load() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const std::string file = program.parent_path().parent_path() / "lib/siyu/stores/mysql.so";
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) throw Error(Error::unreachable, "store.no_module", {{"words", ::dlerror()}});
    const auto* module = static_cast<const StoreModule*>(::dlsym(library, "siyu_store"));
    if (!module || std::string_view(module->version) != SIYU_VERSION)
        throw Error(Error::unreachable, "store.other_module", {{"file", file}, {"version", SIYU_VERSION}});
    return *module;
}

}  // namespace

std::unique_ptr<Database> open_mysql(const ServerUrl& url, const std::string& password,
                                     const std::filesystem::path& workspace) {
    static const StoreModule& module = load();
    return module.open(url, password, workspace);
}

}  // namespace siyu
