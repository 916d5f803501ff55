// SPDX-License-Identifier: Apache-2.0
#include "core/store/database.hpp"

#include <algorithm>

#include "core/base/embedded.hpp"
#include "core/base/error.hpp"
#include "core/store/mysql.hpp"
#include "core/store/retry.hpp"
#include "core/store/revision.hpp"
#include "core/store/sqlite.hpp"

namespace siyu {

namespace {

constexpr std::string_view sqlite = "sqlite:";
constexpr std::string_view migrations = "core/store/migrations/";

// ${NAME} becomes the engine's word for it; ${ENGINE TEXT} the text, if the engine is that one.
std::string fill_tokens(std::string_view sql, const Database& database) {
    std::string text;
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t token = sql.find("${", at);
        text += sql.substr(at, token - at);
        if (token == std::string_view::npos) break;
        const std::size_t end = sql.find('}', token);
        const std::string_view inside = sql.substr(token + 2, end - token - 2);
        const std::size_t blank = inside.find(' ');
        if (blank == std::string_view::npos)
            text += database.token(inside);
        else if (inside.substr(0, blank) == database.token("engine"))
            text += inside.substr(blank + 1);
        at = end + 1;
    }
    return text;
}

struct Standing {
    std::int64_t version = 0;  // 0: nothing is there yet
    bool being_copied = false;
};

Standing standing(Database& database) {
    const auto tables = database.tables();
    if (std::find(tables.begin(), tables.end(), "migration") == tables.end()) return {};
    const auto statement =
        database.prepare("SELECT COALESCE(MAX(version), 0), COALESCE(MIN(version), 0) FROM migration");
    statement->step();
    const Standing found{std::max<std::int64_t>(statement->number(0), 0), statement->number(1) == being_copied};
    statement->reset();
    return found;
}

// One migration: a transaction of its own where the engine has transactions for that, else steps that may be repeated.
void run_migration(Database& database, std::int64_t number, std::string_view sql) {
    database.begin();
    try {
        database.execute("CREATE TABLE IF NOT EXISTS migration (version BIGINT NOT NULL PRIMARY KEY)");
        if (standing(database).version < number) {  // else another process was quicker
            database.change_schema(fill_tokens(sql, database));
            database.prepare("REPLACE INTO migration (version) VALUES (?)")->with(number).run();
        }
        database.commit();
    } catch (...) {
        database.rollback();
        throw;
    }
}

// Migrations are numbered files; each runs once.
void migrate(Database& database, const std::string& url, OpenFor purpose) {
    const Standing there = standing(database);
    // A file cut to nothing opens as a new database; a brand's data must not seem never to have been there.
    if (there.version == 0 && purpose == OpenFor::use) throw Error(Error::unreachable, "store.empty", {{"store", url}});
    if (there.being_copied && purpose != OpenFor::copy_into)
        throw Error(Error::unreachable, "store.half_copied", {{"store", url}});
    std::int64_t number = 0;
    for (const auto& [path, sql] : embedded_files()) {
        if (!path.starts_with(migrations)) continue;
        if (++number > there.version)
            retrying([&database, number = number, sql = sql] { run_migration(database, number, sql); });
    }
    if (there.version > number) throw Error(Error::unreachable, "store.newer", {{"store", url}});
}

}  // namespace

Transaction::Transaction(Database& database, std::int64_t tenant) : database_(database) {
    database_.begin();
    try {
        new_revision(database_, tenant);
    } catch (...) {
        database_.rollback();
        throw;
    }
}

void check_store(const std::string& url) {
    if (url.starts_with(mysql_scheme))
        ServerUrl::read(url);
    else if (!url.starts_with(sqlite) || url.size() == sqlite.size())
        throw Error(Error::wrong_use, "store.unknown_kind", {{"store", url}});
}

std::unique_ptr<Database> open_database(const std::string& url, const std::filesystem::path& workspace,
                                        OpenFor purpose) {
    check_store(url);
    auto database = url.starts_with(mysql_scheme)
                        ? open_mysql(ServerUrl::read(url), store_password(workspace), workspace)
                        : open_sqlite(workspace / url.substr(sqlite.size()), purpose);
    migrate(*database, url, purpose);
    return database;
}

}  // namespace siyu
