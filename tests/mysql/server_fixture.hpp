// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>

#include "core/base/error.hpp"
#include "core/store/database.hpp"
#include "tests/support/fresh_store.hpp"

namespace siyu {

// Also when the test is run by hand.
inline const bool asked_for_mysql = setenv("SIYU_TEST_STORE", "mysql", 0) == 0;

// Which sentence an error says; empty when nothing was thrown.
inline std::string id_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        return error.note().id;
    }
    return {};
}

inline std::int64_t number(Database& database, const std::string& sql) {
    const auto statement = database.prepare(sql);
    if (!statement->step()) return -1;
    const std::int64_t found = statement->number(0);
    statement->reset();
    return found;
}

inline std::string text(Database& database, const std::string& sql) {
    const auto statement = database.prepare(sql);
    if (!statement->step()) return {};
    std::string found(statement->bytes(0));
    statement->reset();
    return found;
}

// A store on the tests' server, opened as the program opens it.
class OnServer : public testing::Test {
  protected:
    OnServer() : database_(open()) {}

    std::unique_ptr<Database> open(const std::string& options = {}) const {
        return open_database(store_.url() + options, {}, OpenFor::create);
    }
    // From the server's side.
    static void kill(std::int64_t connection) { server_connection()->execute("KILL " + std::to_string(connection)); }
    std::int64_t connection() const { return number(*database_, "SELECT CONNECTION_ID()"); }
    void put(std::int64_t tenant) const {
        database_->prepare("INSERT INTO revision (tenant, number) VALUES (?, 1)")->with(tenant).run();
    }
    std::int64_t rows() const { return number(*open(), "SELECT COUNT(*) FROM revision"); }

    FreshStore store_;
    std::unique_ptr<Database> database_;
};

}  // namespace siyu
