// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace siyu {

inline constexpr std::string_view mysql_scheme = "mysql://";

// Where a MySQL store is: mysql://USER@HOST[:PORT][,HOST2[:PORT2]…]/DATABASE[?ca=FILE&timeout=SECONDS&socket=FILE].
// What a part may not hold as it is stands as %XX.
struct ServerUrl {
    struct Host {
        std::string name;
        int port = 3306;
    };

    std::string text;  // as it was written
    std::string user, database;
    std::vector<Host> hosts;  // the first is used as long as it is there
    std::string ca;           // the server has to show a certificate of this one, for the name of the host
    std::string socket;       // of a server on this machine: goes before the hosts
    int timeout_s = 60;       // for one answer

    // Throws Error (wrong use), also for a URL with a password in it.
    static ServerUrl read(const std::string& url);
};

// $SIYU_STORE_PASSWORD, or what stands in the workspace's file `store.password`, which nobody else may read; empty
// without either. Throws Error (refused, unreachable).
std::string store_password(const std::filesystem::path& workspace);

}  // namespace siyu
