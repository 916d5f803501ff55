// SPDX-License-Identifier: Apache-2.0
#include "core/mysql/mysql_session.hpp"

#include <cppconn/driver.h>

#include <algorithm>
#include <optional>

#include "core/mysql/mysql_codes.hpp"

namespace siyu {

namespace {

using namespace mysql_codes;

constexpr int connect_within_s = 5;

}  // namespace

MysqlSession::MysqlSession(ServerUrl url, std::string password, const std::filesystem::path& workspace)
    : url_(std::move(url)), password_(std::move(password)) {
    if (!url_.ca.empty()) url_.ca = (workspace / url_.ca).string();
}

Error MysqlSession::told(const sql::SQLException& error) const {
    const int code = error.getErrorCode();
    const char* id = "store.server_failed";
    if (is_conflict(code)) id = "store.conflict";
    if (is_lost(code)) id = "store.lost";
    if (is_denied(code)) id = "store.denied";
    if (is_full(code)) id = "store.full";
    if (is_too_large(code)) id = "store.too_large";
    return {Error::unreachable,
            id,
            {{"file", url_.text},
             {"words", std::string(error.what()) + " (" + std::to_string(code) + ")"},
             {"most", std::to_string(packet_ >> 10)}}};
}

Came MysqlSession::ask(const std::string& sql, Rows rows) {
    connect();
    Came came;
    sql::Statement* statement = statement_.get();
    if (rows == Rows::coming) {
        came.line.reset(connection_->createStatement());
        came.line->setResultSetType(sql::ResultSet::TYPE_FORWARD_ONLY);
        statement = came.line.get();
    }
    if (statement->execute(sql))
        came.rows.reset(statement->getResultSet());
    else
        came.changed = static_cast<std::int64_t>(statement->getUpdateCount());
    return came;
}

std::vector<sql::SQLString> MysqlSession::places() const {
    std::vector<sql::SQLString> found;
    if (!url_.socket.empty()) found.emplace_back("unix://" + url_.socket);
    for (const ServerUrl::Host& host : url_.hosts)
        found.emplace_back("tcp://" + host.name + ":" + std::to_string(host.port));
    return found;
}

void MysqlSession::connect() {
    if (connection_) return;
    const auto hosts = places();
    std::optional<Error> failed;
    for (std::size_t tried = 0; tried < hosts.size(); ++tried) {
        try {
            connect_to(hosts[place_ % hosts.size()]);
            return;
        } catch (const sql::SQLException& error) {
            connection_.reset();
            failed = told(error);
            if (!is_lost(error.getErrorCode())) break;
            ++place_;
        }
    }
    throw *failed;
}

void MysqlSession::connect_to(const sql::SQLString& host) {
    statement_.reset();
    sql::ConnectOptionsMap options;
    options["hostName"] = host;
    options["userName"] = sql::SQLString(url_.user);
    options["password"] = sql::SQLString(password_);
    options["schema"] = sql::SQLString(url_.database);
    options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
    options["OPT_CONNECT_TIMEOUT"] = connect_within_s;
    options["OPT_READ_TIMEOUT"] = url_.timeout_s;
    options["OPT_WRITE_TIMEOUT"] = url_.timeout_s;
    options["OPT_LOCAL_INFILE"] = 0;  // the server must not ask for files of this machine
    options["CLIENT_FOUND_ROWS"] = true;
    if (!url_.ca.empty()) {
        options["sslCA"] = sql::SQLString(url_.ca);
        options["sslVerify"] = true;  // no TLS, another signer or another name: no connection
    }
    connection_.reset(get_driver_instance()->connect(options));
    statement_.reset(connection_->createStatement());
    set_up();
}

void MysqlSession::set_up() {
    bool cluster = false, waits = false;
    std::string engine;
    const auto each = [this](const char* sql, const auto& take) {
        const Came came = ask(sql);
        while (came.rows->next()) take(std::string(came.rows->getString(1)), std::string(came.rows->getString(2)));
    };
    each(
        "SHOW VARIABLES WHERE Variable_name IN ('version', 'max_allowed_packet', 'wsrep_on', 'wsrep_sync_wait', "
        "'default_storage_engine')",
        [&](const std::string& name, const std::string& value) {
            if (name == "version") version_ = value;
            if (name == "max_allowed_packet") packet_ = std::stoull(value);
            if (name == "wsrep_on") cluster = value == "ON";
            if (name == "wsrep_sync_wait") waits = true;
            if (name == "default_storage_engine") engine = value;
        });
    if (cluster)
        each("SHOW STATUS LIKE 'wsrep_ready'", [](const std::string&, const std::string& value) {
            if (value != "ON") throw sql::SQLException("this node is not part of the cluster", "08S01", not_ready);
        });
    ask("SET NAMES binary");
    // Changes of one tenant's wait for each other at its revision; those of different tenants must not, so they lock
    // rows alone and not what lies between them.
    ask("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    std::string settings =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, "
        "innodb_lock_wait_timeout = " +
        std::to_string(std::clamp(url_.timeout_s / 2, 1, 30)) + ", net_write_timeout = 600";
    if (waits) settings += ", wsrep_sync_wait = 1";  // every node of a cluster shows what was committed on any
    if (!engine.empty() && engine != "InnoDB") settings += ", default_storage_engine = InnoDB";
    ask(settings);
}

void MysqlSession::hang_up() {
    statement_.reset();
    connection_.reset();
    ++place_;
}

}  // namespace siyu
