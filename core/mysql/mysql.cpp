// SPDX-License-Identifier: Apache-2.0
#include "core/store/mysql.hpp"

#include <cppconn/resultset_metadata.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <variant>
#include <vector>

#include "core/mysql/mysql_codes.hpp"
#include "core/mysql/mysql_session.hpp"
#include "core/mysql/mysql_text.hpp"

// Every statement goes over as text, with its values in it: in this way a table is filled and a row is found as quickly
// as with statements that the server prepares, nothing is kept on the server that a broken connection would take along,
// and whatever stands in between (a proxy, Vitess) understands it. The session's own commit() and the like swallow
// errors: there are none here.
namespace siyu {

namespace {

using namespace mysql_codes;
using Rows = MysqlSession::Rows;

constexpr std::size_t bulk_bytes = std::size_t{1} << 20;
constexpr int bulk_rows = 1000;
// Outside of a transaction, through as many connections as are there at once.
constexpr int tries_to_read = 5;

class MysqlBulk;

class Mysql final : public Database {
  public:
    Mysql(const ServerUrl& url, const std::string& password, const std::filesystem::path& workspace)
        : session_(url, password, workspace) {}

    std::unique_ptr<Statement> prepare(std::string_view sql) override;
    std::unique_ptr<Statement> stream(std::string_view sql) override;
    std::unique_ptr<Bulk> bulk(std::string_view head, int columns) override;
    void execute(std::string_view sql) override { run(std::string(sql)); }
    void change_schema(std::string_view sql) override;
    void begin() override { start({"START TRANSACTION"}); }
    void begin_reading() override;
    void commit() override;
    void rollback() noexcept override;
    std::string_view token(std::string_view name) const override;
    std::vector<std::string> tables() override;
    std::string about() override;
    std::string check() override;

    // Runs a statement. Outside of a transaction what only reads is asked again when the connection was gone.
    Came run(const std::string& sql, Rows rows = Rows::kept);
    // Rows of a bulk that did not live to see the commit.
    void leave(std::string rows) { left_.push_back(std::move(rows)); }
    std::vector<MysqlBulk*>& bulks() { return bulks_; }
    std::size_t longest_statement() const { return session_.longest_statement(); }
    // After an error in the middle of rows that are coming.
    Error broken_by(const sql::SQLException& error);

  private:
    void start(const std::vector<const char*>& statements);
    bool old_server();
    void try_rights();
    std::string check_table(const std::string& table);

    MysqlSession session_;
    bool open_ = false;            // a transaction
    std::optional<Error> broken_;  // what ended it too early
    std::vector<MysqlBulk*> bulks_;
    std::vector<std::string> left_;
};

class MysqlStatement final : public Statement {
  public:
    MysqlStatement(Mysql& mysql, std::string_view sql, Rows rows) : mysql_(mysql), how_(rows) {
        for (std::size_t at = 0;;) {
            const std::size_t mark = sql.find('?', at);
            pieces_.emplace_back(sql.substr(at, mark - at));
            if (mark == std::string_view::npos) break;
            at = mark + 1;
        }
        values_.resize(pieces_.size() - 1);
    }

    void bind(int parameter, std::int64_t number) override { values_.at(static_cast<std::size_t>(parameter)) = number; }
    void bind(int parameter, std::string_view bytes) override {
        values_.at(static_cast<std::size_t>(parameter)) = bytes;
    }
    bool step() override {
        if (!running_) {
            came_ = mysql_.run(filled(), how_);
            running_ = true;
        }
        bool there = false;
        try {
            there = came_.rows && came_.rows->next();
        } catch (const sql::SQLException& error) {
            reset();
            throw mysql_.broken_by(error);
        }
        if (there)
            cells_.assign(static_cast<std::size_t>(columns()), {});
        else
            reset();
        return there;
    }
    void reset() override {
        came_.rows.reset();
        came_.line.reset();
        columns_ = 0;
        running_ = false;
    }
    std::int64_t number(int column) override { return came_.rows->getInt64(static_cast<std::uint32_t>(column + 1)); }
    std::string_view bytes(int column) override {
        auto& cell = cells_.at(static_cast<std::size_t>(column));
        if (!cell) cell = came_.rows->getString(static_cast<std::uint32_t>(column + 1));
        return {cell->c_str(), cell->length()};
    }
    std::int64_t changed() override { return came_.changed; }
    int columns() override {
        if (columns_ == 0) columns_ = static_cast<int>(came_.rows->getMetaData()->getColumnCount());
        return columns_;
    }
    bool is_number(int column) override {
        const auto place = static_cast<std::uint32_t>(column + 1);
        const int type = came_.rows->getMetaData()->getColumnType(place);
        return type >= sql::DataType::BIT && type <= sql::DataType::BIGINT && !came_.rows->isNull(place);
    }

  private:
    std::string filled() const {
        std::string sql = pieces_[0];
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (const auto* number = std::get_if<std::int64_t>(&values_[i]))
                sql += std::to_string(*number);
            else
                add_quoted(sql, std::get<std::string_view>(values_[i]));
            sql += pieces_[i + 1];
        }
        return sql;
    }

    Mysql& mysql_;
    Rows how_;
    std::vector<std::string> pieces_;  // around the parameters
    std::vector<std::variant<std::int64_t, std::string_view>> values_;
    Came came_;
    std::vector<std::optional<sql::SQLString>> cells_;  // of the row at hand, as far as they were asked for
    int columns_ = 0;
    bool running_ = false;
};

class MysqlBulk final : public Bulk {
  public:
    MysqlBulk(Mysql& mysql, std::string_view head) : mysql_(mysql), head_(std::string(head) + " VALUES ") {
        mysql_.bulks().push_back(this);
    }
    ~MysqlBulk() override {
        std::erase(mysql_.bulks(), this);
        if (!rows_.empty()) mysql_.leave(std::move(rows_));
    }
    MysqlBulk(const MysqlBulk&) = delete;
    MysqlBulk& operator=(const MysqlBulk&) = delete;

    void flush() override {
        if (rows_.empty()) return;
        mysql_.run(rows_);
        forget();
    }
    void forget() {
        rows_.clear();
        row_.clear();
        count_ = 0;
    }

  private:
    void put(int, std::int64_t number) override { next() += std::to_string(number); }
    void put(int, std::string_view bytes) override { add_quoted(next(), bytes); }
    std::string& next() { return row_ += row_.empty() ? "(" : ", "; }
    void end_row() override {
        const std::size_t most = std::min(bulk_bytes, mysql_.longest_statement() / 2);
        if (!rows_.empty() && rows_.size() + row_.size() > most) {
            const std::string row = std::move(row_);
            flush();
            row_ = row;
        }
        rows_ += rows_.empty() ? head_ : ", ";
        rows_ += row_;
        rows_ += ')';
        row_.clear();
        if (++count_ >= bulk_rows) flush();
    }

    Mysql& mysql_;
    std::string head_, rows_, row_;
    int count_ = 0;
};

std::unique_ptr<Statement> Mysql::prepare(std::string_view sql) {
    return std::make_unique<MysqlStatement>(*this, sql, Rows::kept);
}
std::unique_ptr<Statement> Mysql::stream(std::string_view sql) {
    return std::make_unique<MysqlStatement>(*this, sql, Rows::coming);
}
std::unique_ptr<Bulk> Mysql::bulk(std::string_view head, int) { return std::make_unique<MysqlBulk>(*this, head); }

Error Mysql::broken_by(const sql::SQLException& error) {
    Error found = session_.told(error);
    if (is_lost(error.getErrorCode())) session_.hang_up();
    if (open_ && (is_lost(error.getErrorCode()) || is_conflict(error.getErrorCode()))) broken_ = found;
    return found;
}

Came Mysql::run(const std::string& sql, Rows rows) {
    if (broken_) throw Error(*broken_);
    const bool reads = sql.starts_with("SELECT");
    for (int tries = reads && !open_ ? tries_to_read : 1;;) {
        session_.connect();
        if (sql.size() >= session_.longest_statement())
            throw Error(Error::unreachable, "store.too_large",
                        {{"file", session_.url()},
                         {"words", std::to_string(sql.size() >> 10) + " KiB"},
                         {"most", std::to_string(session_.longest_statement() >> 10)}});
        try {
            return session_.ask(sql, rows);
        } catch (const sql::SQLException& error) {
            const Error found = broken_by(error);
            if (!is_lost(error.getErrorCode())) throw found;
            if (--tries > 0) continue;
            // By itself it may have been done: only within a transaction is it known to be gone.
            if (!open_ && !reads && error.getErrorCode() != not_ready)
                throw Error(Error::unreachable, Note{"store.unsure", found.note().with});
            throw found;
        }
    }
}

void Mysql::start(const std::vector<const char*>& statements) {
    rollback();
    for (int tries = tries_to_read;;) {
        try {
            for (const char* sql : statements) session_.ask(sql);
            open_ = true;
            return;
        } catch (const sql::SQLException& error) {
            const Error found = broken_by(error);
            if (--tries == 0 || !is_lost(error.getErrorCode())) throw found;
        }
    }
}

void Mysql::begin_reading() {
    session_.connect();
    // Only TiDB does not know both words at once.
    const bool both = session_.version().find("TiDB") == std::string::npos;
    start({"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
           both ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
                : "START TRANSACTION WITH CONSISTENT SNAPSHOT"});
}

void Mysql::commit() {
    for (const std::string& rows : left_) run(rows);
    left_.clear();
    for (MysqlBulk* bulk : bulks_) bulk->flush();
    if (broken_) throw Error(*broken_);
    try {
        session_.ask("COMMIT");
        open_ = false;
    } catch (const sql::SQLException& error) {
        Error found = broken_by(error);
        if (is_lost(error.getErrorCode()) && error.getErrorCode() != not_ready)
            found = Error(Error::unreachable, Note{"store.unsure", found.note().with});
        throw found;
    }
}

void Mysql::rollback() noexcept {
    left_.clear();
    for (MysqlBulk* bulk : bulks_) bulk->forget();
    if (open_ && session_.connected()) try {
            session_.ask("ROLLBACK");
        } catch (...) {
            session_.hang_up();
        }
    open_ = false;
    broken_.reset();
}

void Mysql::change_schema(std::string_view sql) {
    // Each statement ends the transaction before it; what ended too early is done again from its beginning.
    open_ = false;
    for (const std::string& statement : statements_of(sql)) {
        session_.connect();
        try {
            session_.ask(statement);
        } catch (const sql::SQLException& error) {
            if (is_done_already(error.getErrorCode())) continue;
            throw broken_by(error);
        }
    }
}

std::string_view Mysql::token(std::string_view name) const {
    if (name == "engine") return "mysql";
    if (name == "bytes") return "VARBINARY(255)";
    if (name == "text") return "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    return name == "blob" ? "LONGBLOB" : "";
}

std::vector<std::string> Mysql::tables() {
    std::vector<std::string> found;
    const auto statement = prepare("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()");
    while (statement->step()) found.emplace_back(statement->bytes(0));
    return found;
}

std::string Mysql::about() {
    session_.connect();
    const std::size_t tidb = session_.version().find("TiDB");
    if (tidb != std::string::npos) return session_.version().substr(tidb);
    const bool maria = session_.version().find("MariaDB") != std::string::npos;
    return (maria ? "MariaDB " : "MySQL ") + session_.version().substr(0, session_.version().find('-'));
}

bool Mysql::old_server() {
    const std::string name = about();
    int major = 0, minor = 0;
    if (std::sscanf(name.c_str(), "%*s %d.%d", &major, &minor) != 2) return false;
    return std::pair(major, minor) < (name.starts_with("MariaDB") ? std::pair(10, 5) : std::pair(8, 0));
}

// A change that nobody will see needs every right that daily work needs.
void Mysql::try_rights() {
    begin();
    try {
        for (const char* sql :
             {"REPLACE INTO revision (tenant, number) VALUES (-1, 1)",
              "UPDATE revision SET number = 2 WHERE tenant = -1", "DELETE FROM revision WHERE tenant = -1",
              "SELECT COUNT(*) FROM revision WHERE tenant = -1"})
            run(sql);
    } catch (...) {
        rollback();
        throw;
    }
    rollback();
}

std::string Mysql::check_table(const std::string& table) {
    try {
        const Came came = session_.ask("CHECK TABLE `" + table + "` QUICK");
        while (came.rows && came.rows->next())
            if (came.rows->getString(3) == "error" || came.rows->getString(3) == "Error")
                return table + ": " + std::string(came.rows->getString(4));
    } catch (const sql::SQLException& error) {
        if (!is_unknown_statement(error.getErrorCode())) throw broken_by(error);
    }
    return {};
}

std::string Mysql::check() {
    if (old_server()) throw Error(Error::unreachable, "store.old_server", {{"version", about()}});
    try_rights();
    const auto others = prepare(
        "SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE() AND "
        "engine <> 'InnoDB'");
    while (others->step())
        throw Error(Error::unreachable, "store.not_innodb",
                    {{"table", std::string(others->bytes(0))}, {"engine", std::string(others->bytes(1))}});
    for (const std::string& table : tables())
        if (std::string words = check_table(table); !words.empty()) return words;
    return {};
}

std::unique_ptr<Database> open(const ServerUrl& url, const std::string& password,
                               const std::filesystem::path& workspace) {
    return std::make_unique<Mysql>(url, password, workspace);
}

}  // namespace

}  // namespace siyu

extern "C" [[gnu::visibility("default")]] const siyu::StoreModule siyu_store;
const siyu::StoreModule siyu_store{SIYU_VERSION, siyu::open};
