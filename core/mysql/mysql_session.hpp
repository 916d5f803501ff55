// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/store/server_url.hpp"

namespace siyu {

// What came of a statement.
struct Came {
    std::unique_ptr<sql::Statement> line;  // of rows that are still coming
    std::unique_ptr<sql::ResultSet> rows;
    std::int64_t changed = 0;
};

// A connection to a server of the URL, made at the first use and again after it was hung up. It depends on nothing that
// the server is set to. What the server says is thrown as sql::SQLException; `told` makes a sentence of it.
class MysqlSession {
  public:
    MysqlSession(ServerUrl url, std::string password, const std::filesystem::path& workspace);

    enum class Rows { kept, coming };
    Came ask(const std::string& sql, Rows rows = Rows::kept);
    // Throws Error (unreachable) when no host lets in. Does nothing while there is a connection.
    void connect();
    void hang_up();
    bool connected() const { return connection_ != nullptr; }

    // Of the server, once it was connected to.
    const std::string& version() const { return version_; }
    std::size_t longest_statement() const { return packet_; }
    const std::string& url() const { return url_.text; }
    Error told(const sql::SQLException& error) const;

  private:
    std::vector<sql::SQLString> places() const;
    void connect_to(const sql::SQLString& host);
    void set_up();

    ServerUrl url_;
    std::string password_;
    std::unique_ptr<sql::Connection> connection_;
    std::unique_ptr<sql::Statement> statement_;
    std::size_t place_ = 0;  // of the hosts, where the next try begins
    std::size_t packet_ = std::size_t{1} << 20;
    std::string version_;
};

}  // namespace siyu
