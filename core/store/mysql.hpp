// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/store/database.hpp"
#include "core/store/server_url.hpp"

namespace siyu {

// A store on a server that speaks MySQL's language: MySQL, MariaDB, a Galera cluster, TiDB. The database has to be
// there. Files of the URL are relative to the workspace. Connects at the first use, and again after the connection
// broke, to the first host that answers. Throws Error (unreachable) where siyu is installed without the module.
std::unique_ptr<Database> open_mysql(const ServerUrl& url, const std::string& password,
                                     const std::filesystem::path& workspace);

// What the module lib/siyu/stores/mysql.so (core/mysql) gives under the name siyu_store. Program and module share C++
// types, so they have to be of one siyu; the version can be read whatever siyu the module is of.
struct StoreModule {
    const char* version;
    decltype(open_mysql)* open;
};

}  // namespace siyu
