// SPDX-License-Identifier: Apache-2.0
#include "core/store/database.hpp"

#include <vector>

#include "core/base/embedded.hpp"
#include "core/base/error.hpp"
#include "core/store/sqlite.hpp"

namespace siyu {

namespace {

constexpr std::string_view sqlite = "sqlite:";
constexpr std::string_view migrations = "core/store/migrations/";

std::string fill_tokens(std::string_view sql, const Database& database) {
    std::string text;
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t token = sql.find("${", at);
        text += sql.substr(at, token - at);
        if (token == std::string_view::npos) break;
        const std::size_t end = sql.find('}', token);
        text += database.token(sql.substr(token + 2, end - token - 2));
        at = end + 1;
    }
    return text;
}

std::int64_t version(Database& database) {
    database.execute("CREATE TABLE IF NOT EXISTS migration (version BIGINT NOT NULL PRIMARY KEY)");
    const auto statement = database.prepare("SELECT COALESCE(MAX(version), 0) FROM migration");
    statement->step();
    const std::int64_t found = statement->number(0);
    statement->reset();
    return found;
}

// Migrations are numbered files; each runs once, in a transaction of its own.
void migrate(Database& database, const std::string& url, OpenFor purpose) {
    std::int64_t number = 0;
    const std::int64_t done = version(database);
    // A file cut to nothing opens as a new database; a brand's data must not seem never to have been there.
    if (done == 0 && purpose == OpenFor::use) throw Error(Error::unreachable, "store.empty", {{"store", url}});
    for (const auto& [path, sql] : embedded_files()) {
        if (!path.starts_with(migrations)) continue;
        if (++number <= done) continue;
        database.begin();
        try {
            if (version(database) < number) {  // else another process was quicker
                database.execute(fill_tokens(sql, database));
                database.prepare("INSERT INTO migration VALUES (?)")->with(number).run();
            }
            database.commit();
        } catch (...) {
            database.rollback();
            throw;
        }
    }
    if (done > number) throw Error(Error::unreachable, "store.newer", {{"store", url}});
}

}  // namespace

Transaction::Transaction(Database& database, std::int64_t tenant) : database_(database) {
    database_.begin();
    try {
        const auto next = database_.prepare("UPDATE revision SET number = number + 1 WHERE tenant = ?");
        next->with(tenant).run();
        if (next->changed() == 0)
            database_.prepare("INSERT INTO revision (tenant, number) VALUES (?, 1)")->with(tenant).run();
    } catch (...) {
        database_.rollback();
        throw;
    }
}

void check_store(const std::string& url) {
    if (!url.starts_with(sqlite)) throw Error(Error::wrong_use, "store.unknown_kind", {{"store", url}});
}

std::unique_ptr<Database> open_database(const std::string& url, const std::filesystem::path& workspace,
                                        OpenFor purpose) {
    check_store(url);
    auto database = open_sqlite(workspace / url.substr(sqlite.size()), purpose);
    migrate(*database, url, purpose);
    return database;
}

}  // namespace siyu
