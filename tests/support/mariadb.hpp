// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace siyu {

// A port of 127.0.0.1 that nobody listens on just now.
int free_port();

// A MariaDB server of the tests' own on 127.0.0.1, in a folder that it has for itself. It ends, and its folder goes,
// with this object, and at the latest with the thread that made it. Throws std::runtime_error with what the server
// said.
class Mariadb {
  public:
    // `settings`: lines for its my.cnf.
    explicit Mariadb(std::filesystem::path folder, const std::vector<std::string>& settings = {});
    ~Mariadb();
    Mariadb(const Mariadb&) = delete;
    Mariadb& operator=(const Mariadb&) = delete;

    int port() const { return port_; }
    pid_t process() const { return process_; }
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path socket() const { return folder_ / "socket"; }
    // Ends it at once, as a power cut would; `start` brings it back with what it had.
    void kill();
    void start();

    // The user of the tests, who may do everything; what the program finds in SIYU_STORE_PASSWORD.
    static constexpr const char* user = "siyu";
    static constexpr const char* password = "a password of the tests";

  private:
    void install();
    void remove();
    bool listens() const;

    std::filesystem::path folder_;
    int port_ = 0;
    pid_t process_ = 0;
};

}  // namespace siyu
