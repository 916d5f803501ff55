// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <functional>
#include <map>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr int wait_for_other_writer_ms = 30'000;

[[noreturn]] void fail(sqlite3* db, const std::string& file) {
    const int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    const std::string words = db ? sqlite3_errmsg(db) : "out of memory";
    const char* id = "store.failed";
    if (code == SQLITE_FULL || (code == SQLITE_IOERR && sqlite3_system_errno(db) == ENOSPC)) id = "store.full";
    if (code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_CANTOPEN) id = "store.read_only";
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) id = "store.busy";
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) id = "store.damaged";
    throw Error(Error::unreachable, id, {{"file", file}, {"words", words}});
}

// Statements that nobody holds any more, by their text: to prepare one costs more than to run it.
class SpareStatements {
  public:
    ~SpareStatements() { clear(); }
    sqlite3_stmt* take(std::string_view sql) {
        const auto found = spare_.find(sql);
        if (found == spare_.end()) return nullptr;
        sqlite3_stmt* statement = found->second;
        spare_.erase(found);
        return statement;
    }
    void give(sqlite3_stmt* statement) {
        constexpr std::size_t kept_at_most = 256;
        sqlite3_reset(statement);
        if (spare_.size() >= kept_at_most) clear();
        sqlite3_clear_bindings(statement);
        spare_.emplace(sqlite3_sql(statement), statement);
    }
    void clear() {
        for (const auto& [sql, statement] : spare_) sqlite3_finalize(statement);
        spare_.clear();
    }

  private:
    std::multimap<std::string, sqlite3_stmt*, std::less<>> spare_;
};

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(sqlite3* db, const std::string& file, SpareStatements& spare, std::string_view sql)
        : db_(db), file_(file), spare_(spare), statement_(spare.take(sql)) {
        if (!statement_ && sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                              &statement_, nullptr) != SQLITE_OK)
            fail(db_, file_);
    }
    ~SqliteStatement() override { spare_.give(statement_); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void bind(int parameter, std::int64_t number) override {
        if (sqlite3_bind_int64(statement_, parameter + 1, number) != SQLITE_OK) fail(db_, file_);
    }
    void bind(int parameter, std::string_view bytes) override {
        const char* data = bytes.data() ? bytes.data() : "";
        if (sqlite3_bind_blob64(statement_, parameter + 1, data, bytes.size(), SQLITE_STATIC) != SQLITE_OK)
            fail(db_, file_);
    }
    bool step() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) {
            sqlite3_reset(statement_);
            fail(db_, file_);
        }
        sqlite3_reset(statement_);
        return false;
    }
    void reset() override { sqlite3_reset(statement_); }
    std::int64_t number(int column) override { return sqlite3_column_int64(statement_, column); }
    std::string_view bytes(int column) override {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    std::int64_t changed() override { return sqlite3_changes64(db_); }
    int columns() override { return sqlite3_column_count(statement_); }
    bool is_number(int column) override { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }

  private:
    sqlite3* db_;
    const std::string& file_;
    SpareStatements& spare_;
    sqlite3_stmt* statement_;
};

// The engine is in the program: a row at a time costs nothing more.
class SqliteBulk final : public Bulk {
  public:
    explicit SqliteBulk(std::unique_ptr<Statement> statement) : statement_(std::move(statement)) {}
    void flush() override {}

  private:
    void put(int column, std::int64_t number) override { statement_->bind(column, number); }
    void put(int column, std::string_view bytes) override { statement_->bind(column, bytes); }
    void end_row() override { statement_->run(); }

    std::unique_ptr<Statement> statement_;
};

class Sqlite final : public Database {
  public:
    Sqlite(const std::filesystem::path& file, OpenFor purpose) : file_(file.string()) {
        const int flags = SQLITE_OPEN_READWRITE | (purpose == OpenFor::use ? 0 : SQLITE_OPEN_CREATE);
        if (sqlite3_open_v2(file_.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
            try {
                fail(db_, file_);
            } catch (...) {
                sqlite3_close(db_);
                throw;
            }
        }
        try {
            sqlite3_busy_timeout(db_, wait_for_other_writer_ms);
            // Blocks and sets are some kilobytes each: of larger pages they take fewer (counts for a new file only).
            // FULL: what was said to be taken in survives a power cut too, at one fsync a transaction.
            // Pages are carried from the log into the file by 64 MiB: each time is two more fsyncs.
            execute(
                "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=1073741824; PRAGMA wal_autocheckpoint=4096");
        } catch (...) {
            sqlite3_close(db_);
            throw;
        }
    }
    ~Sqlite() override {
        spare_.clear();
        sqlite3_close(db_);
    }
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;

    std::unique_ptr<Statement> prepare(std::string_view sql) override {
        return std::make_unique<SqliteStatement>(db_, file_, spare_, sql);
    }
    std::unique_ptr<Bulk> bulk(std::string_view head, int columns) override {
        std::string sql = std::string(head) + " VALUES (?";
        for (int i = 1; i < columns; ++i) sql += ", ?";
        return std::make_unique<SqliteBulk>(prepare(sql + ")"));
    }
    void execute(std::string_view sql) override {
        if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_, file_);
    }
    void begin() override { execute("BEGIN IMMEDIATE"); }
    void begin_reading() override { execute("BEGIN"); }
    void commit() override { execute("COMMIT"); }
    void rollback() noexcept override { sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr); }
    std::string_view token(std::string_view name) const override {
        if (name == "engine") return "sqlite";
        return name == "clustered" ? "WITHOUT ROWID" : "BLOB";
    }
    std::vector<std::string> tables() override {
        std::vector<std::string> found;
        const auto statement = prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
        while (statement->step()) found.emplace_back(statement->bytes(0));
        return found;
    }
    bool far() const override { return false; }
    std::string about() override { return std::string("SQLite ") + sqlite3_libversion(); }
    std::string check() override {
        const auto statement = prepare("PRAGMA quick_check(1)");
        std::string found;
        while (statement->step()) found = statement->bytes(0);
        return found == "ok" ? std::string{} : found;
    }

  private:
    std::string file_;
    sqlite3* db_ = nullptr;
    SpareStatements spare_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, OpenFor purpose) {
    return std::make_unique<Sqlite>(file, purpose);
}

}  // namespace siyu
