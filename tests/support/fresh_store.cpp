// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fresh_store.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>

#include "core/store/mysql.hpp"
#include "tests/support/mariadb.hpp"

namespace siyu {

namespace {

// What SIYU_TEST_STORE says: `mysql`, or `mysql@FILE` with the port of a server in the file.
std::string_view wanted() {
    const char* store = std::getenv("SIYU_TEST_STORE");
    return store ? store : "";
}

int port() {
    static const int found = [] {
        setenv("SIYU_STORE_PASSWORD", Mariadb::password, 1);
        int shared = 0;
        if (wanted().starts_with("mysql@")) std::ifstream(std::string(wanted().substr(6))) >> shared;
        if (shared != 0) return shared;
        static const Mariadb own(std::filesystem::temp_directory_path() / ("siyu-mariadb-" + std::to_string(getpid())));
        return own.port();
    }();
    return found;
}

}  // namespace

bool on_mysql() { return wanted().starts_with("mysql"); }

std::string server_url(const std::string& database) {
    return std::string("mysql://") + Mariadb::user + "@127.0.0.1:" + std::to_string(port()) + "/" + database;
}

std::unique_ptr<Database> server_connection(const std::string& database) {
    return open_mysql(ServerUrl::read(server_url(database)), Mariadb::password, {});
}

FreshStore::FreshStore() : url_("sqlite:siyu.db") {
    if (!on_mysql()) return;
    static std::mt19937_64 random{std::random_device{}()};
    const std::string name = "siyu_" + std::to_string(getpid()) + "_" + std::to_string(random() % 1'000'000'000);
    server_connection()->execute("CREATE DATABASE " + name);
    url_ = server_url(name);
}

FreshStore::~FreshStore() {
    if (url_.starts_with("mysql")) try {
            server_connection()->execute("DROP DATABASE " + ServerUrl::read(url_).database);
        } catch (const std::exception&) {  // the server goes with the tests
        }
}

}  // namespace siyu
