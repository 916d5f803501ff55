// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// A prepared statement. Parameters and columns are counted from 0; texts and blobs are both bytes.
class Statement {
  public:
    virtual ~Statement() = default;
    virtual void bind(int parameter, std::int64_t number) = 0;
    // The bytes must live until the statement is run.
    virtual void bind(int parameter, std::string_view bytes) = 0;
    // True while there is a row. After the last one the statement is ready to be bound and run again.
    virtual bool step() = 0;
    virtual void reset() = 0;
    virtual std::int64_t number(int column) = 0;
    // Valid until the next step.
    virtual std::string_view bytes(int column) = 0;
    // How many rows the statement found to change, once it was run.
    virtual std::int64_t changed() = 0;
    // Of the row at hand.
    virtual int columns() = 0;
    virtual bool is_number(int column) = 0;

    // Binds all parameters in order.
    template <class... Values>
    Statement& with(const Values&... values) {
        int parameter = 0;
        (bind(parameter++, values), ...);
        return *this;
    }
    // Runs a statement that gives no rows.
    void run() {
        while (step()) {
        }
    }
};

// Rows on their way into one table, in as few steps as the engine likes.
class Bulk {
  public:
    virtual ~Bulk() = default;

    // A row, with a value for each column.
    template <class... Values>
    void add(const Values&... values) {
        int column = 0;
        (put(column++, values), ...);
        end_row();
    }
    // The row at hand of a statement.
    void add_row(Statement& row) {
        for (int column = 0; column < row.columns(); ++column)
            row.is_number(column) ? put(column, row.number(column)) : put(column, row.bytes(column));
        end_row();
    }
    // What was added stands in the table from now on, and at the latest when the transaction is committed.
    virtual void flush() = 0;

  private:
    virtual void put(int column, std::int64_t number) = 0;
    virtual void put(int column, std::string_view bytes) = 0;
    virtual void end_row() = 0;
};

// One store: a SQL database with siyu's schema, brought up to date when opened. One connection, for one thread.
// Errors are thrown as Error: unreachable when it cannot be opened, read or written (with the engine's own words).
// `store.conflict`: another writer was quicker, and `store.lost`: the connection broke before the end of the
// transaction; nothing of the transaction is in the store, and it may be tried again. `store.unsure`: the connection
// broke while it was committed.
class Database {
  public:
    virtual ~Database() = default;

    virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
    // `head`: INSERT INTO table (columns) or REPLACE INTO table (columns).
    virtual std::unique_ptr<Bulk> bulk(std::string_view head, int columns) = 0;
    virtual void execute(std::string_view sql) = 0;
    // A statement whose rows come as they are asked for, however many they are. Until the last one, or its reset,
    // nothing else is to be asked here.
    virtual std::unique_ptr<Statement> stream(std::string_view sql) { return prepare(sql); }
    // The statements of a migration. Where the engine ends a transaction at each of them, those that were done before,
    // by this process or another, are passed over.
    virtual void change_schema(std::string_view sql) { execute(sql); }
    // A transaction that will write: waits its turn, so that two imports never mix.
    virtual void begin() = 0;
    // What is read from here to the rollback is of one moment, whatever others write meanwhile.
    virtual void begin_reading() = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    // This engine's words for the tokens of the migrations: engine (its name), bytes, text, blob, clustered.
    virtual std::string_view token(std::string_view name) const = 0;
    virtual std::vector<std::string> tables() = 0;
    // Whether each question is a journey to another process or machine: then it is better to ask for more at once.
    virtual bool far() const { return true; }
    // What runs it, with its version.
    virtual std::string about() = 0;
    // Looks the whole store over; empty, or what is wrong with it.
    virtual std::string check() = 0;
};

enum class OpenFor { use, create, copy_into };

// The version of a store that rows are still being copied into; beside the real one.
inline constexpr std::int64_t being_copied = -1;

// Throws Error (wrong use) for a store that siyu does not speak.
void check_store(const std::string& url);

// `sqlite:FILE`, relative to the workspace, or mysql://… (core/store/server_url.hpp). Runs the migrations that are
// still missing. A store that a copy into it left unfinished is opened for nothing but the next copy.
std::unique_ptr<Database> open_database(const std::string& url, const std::filesystem::path& workspace,
                                        OpenFor purpose);

// A change of one tenant's data (0: of the agency's, or of the list of tenants), which gives them a new revision. Two
// changes of one tenant's never mix, through whatever server they come: both change the row of the revision first.
// Rolls back unless committed: what failed leaves everything as it was.
class Transaction {
  public:
    Transaction(Database& database, std::int64_t tenant);
    ~Transaction() {
        if (open_) database_.rollback();
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        database_.commit();
        open_ = false;
    }

  private:
    Database& database_;
    bool open_ = true;
};

// The store as it stands at one moment, to read from.
class Snapshot {
  public:
    explicit Snapshot(Database& database) : database_(database) { database_.begin_reading(); }
    ~Snapshot() { database_.rollback(); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

  private:
    Database& database_;
};

}  // namespace siyu
