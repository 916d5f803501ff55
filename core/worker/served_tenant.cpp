// SPDX-License-Identifier: Apache-2.0
#include "core/worker/served_tenant.hpp"

#include <cstring>
#include <regex>
#include <set>
#include <variant>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

constexpr std::size_t rows_at_once = std::size_t{256} << 10;  // bytes
constexpr std::size_t longest_statement = 1000;               // std::regex calls itself for each character
constexpr std::size_t most_statements = 100;                  // of one worker

// A cell or a parameter: a mark, then a number or a size and bytes.
constexpr char number_mark = 'n', bytes_mark = 'b';
constexpr char more_mark = 'm', last_mark = 'l';  // before the rows

void put_size(std::string& out, std::size_t size) {
    const auto number = static_cast<std::uint32_t>(size);
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}
void put(std::string& out, std::int64_t number) {
    out += number_mark;
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}
void put(std::string& out, std::string_view bytes) {
    out += bytes_mark;
    put_size(out, bytes.size());
    out += bytes;
}

using Cell = std::variant<std::int64_t, std::string_view>;

// What was put, in the same order. Throws Error (refused) where it is not whole.
class Taking {
  public:
    explicit Taking(std::string_view bytes) : bytes_(bytes) {}
    std::size_t left() const { return bytes_.size(); }
    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) throw Error(Error::refused, "worker.bad_message");
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }
    std::string_view text() {
        std::uint32_t size = 0;
        std::memcpy(&size, take(sizeof size).data(), sizeof size);
        return take(size);
    }
    Cell cell() {
        if (take(1)[0] == bytes_mark) return text();
        std::int64_t number = 0;
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
        return number;
    }

  private:
    std::string_view bytes_;
};

class ServedStatement final : public Statement {
  public:
    ServedStatement(Wire& wire, std::string_view sql) : wire_(wire) {
        put_size(sql_, sql.size());
        sql_ += sql;
    }

    void bind(int parameter, std::int64_t number) override { put(bound(parameter), number); }
    void bind(int parameter, std::string_view bytes) override { put(bound(parameter), bytes); }
    bool step() override {
        if (!running_) {
            std::string asked = sql_;
            for (const std::string& parameter : bound_) asked += parameter;
            ask(Message::run, asked);
            running_ = true;
        }
        while (rest_.empty() && more_) ask(Message::more, sql_);
        if (rest_.empty()) {
            running_ = false;
            return false;
        }
        Taking taking(rest_);
        cells_.clear();
        for (char cells = taking.take(1)[0]; cells > 0; --cells) cells_.push_back(taking.cell());
        rest_.remove_prefix(rest_.size() - taking.left());
        return true;
    }
    void reset() override {
        running_ = false;
        rest_ = {};
        more_ = false;
    }
    std::int64_t number(int column) override {
        const auto* number = std::get_if<std::int64_t>(&cells_[static_cast<std::size_t>(column)]);
        return number ? *number : 0;
    }
    std::string_view bytes(int column) override {
        const auto* bytes = std::get_if<std::string_view>(&cells_[static_cast<std::size_t>(column)]);
        return bytes ? *bytes : std::string_view{};
    }
    std::int64_t changed() override { return 0; }
    int columns() override { return static_cast<int>(cells_.size()); }
    bool is_number(int column) override {
        return std::holds_alternative<std::int64_t>(cells_[static_cast<std::size_t>(column)]);
    }

  private:
    std::string& bound(int parameter) {
        const auto place = static_cast<std::size_t>(parameter);
        if (bound_.size() <= place) bound_.resize(place + 1);
        bound_[place].clear();
        return bound_[place];
    }
    void ask(Message::Kind kind, const std::string& body) {
        wire_.send(kind, body);
        Message answer = wire_.receive();
        if (answer.kind == Message::refused)
            throw Error(Error::unreachable, "worker.not_read", {{"words", answer.body}});
        rows_ = std::move(answer.body);
        Taking taking(rows_);
        more_ = taking.take(1)[0] == more_mark;
        rest_ = std::string_view(rows_).substr(1);
    }
    Wire& wire_;
    std::string sql_;
    std::vector<std::string> bound_;
    std::string rows_;
    std::string_view rest_;
    std::vector<Cell> cells_;
    bool running_ = false, more_ = false;
};

[[noreturn]] void read_only() { throw Error(Error::unreachable, "worker.not_read", {{"words", "read-only"}}); }

class NothingWritten final : public Bulk {
  public:
    void flush() override {}

  private:
    void put(int, std::int64_t) override { read_only(); }
    void put(int, std::string_view) override { read_only(); }
    void end_row() override { read_only(); }
};

class ServedDatabase final : public Database {
  public:
    explicit ServedDatabase(Wire& wire) : wire_(wire) {}
    std::unique_ptr<Statement> prepare(std::string_view sql) override {
        return std::make_unique<ServedStatement>(wire_, sql);
    }
    std::unique_ptr<Bulk> bulk(std::string_view, int) override { return std::make_unique<NothingWritten>(); }
    void execute(std::string_view) override { read_only(); }
    void begin() override { read_only(); }
    void begin_reading() override {}  // the program reads all of its tenants at one moment
    void commit() override { read_only(); }
    void rollback() noexcept override {}
    std::string_view token(std::string_view) const override { return {}; }
    std::vector<std::string> tables() override { return {}; }
    std::string about() override { return {}; }
    std::string check() override { return {}; }

  private:
    Wire& wire_;
};

// Tables whose rows belong to a tenant and whose first condition can therefore be `tenant = ?`.
bool of_a_tenant(const std::string& table) {
    for (const char* known : {"word", "batch", "batch_fact", "fact_block", "key_day", "ledger", "timeline", "reject"})
        if (table == known) return true;
    return false;
}

}  // namespace

bool reads_one_tenant(std::string_view sql) {
    // One table, one SELECT, conditions that can only narrow: nothing in between lets another one in. What is selected
    // are columns and their bounds alone: an inner SELECT would read what it likes, and a function takes as long as it
    // likes in the program that everybody waits for.
    if (sql.size() > longest_statement) return false;
    static const std::string item =
        R"((?:[a-z_]+|COUNT\(\*\)|(?:MIN|MAX)\([a-z_]+\)|COALESCE\(MAX\([a-z_]+\)(?: \+ 1)?, [0-9]\)(?: \+ 1)?))";
    static const std::regex form("SELECT (?:DISTINCT )?" + item + "(?:, " + item +
                                 R"()* FROM ([a-z_]+) WHERE tenant = \?)"
                                 R"(( AND [a-z_]+ ((=|<>|<|>|<=|>=) (\?|[0-9]+|[a-z_]+)|BETWEEN \? AND \?))*)"
                                 R"(( ORDER BY [a-z_]+( DESC)?(, [a-z_]+)*)?( LIMIT [0-9]+)?)");
    std::cmatch found;
    return std::regex_match(sql.data(), sql.data() + sql.size(), found, form) && of_a_tenant(found[1]);
}

namespace {

// Every worker asks the same few statements.
bool known_to_read_one_tenant(const std::string& sql) {
    constexpr std::size_t most_known = 256;
    static std::set<std::string> known;
    if (known.contains(sql)) return true;
    if (!reads_one_tenant(sql)) return false;
    if (known.size() < most_known) known.insert(sql);
    return true;
}

}  // namespace

std::string ServedTenant::answer(const Message& message) {
    try {
        Taking taking(message.body);
        const std::string sql(taking.text());
        auto found = statements_.find(sql);
        if (found == statements_.end()) {
            if (statements_.size() == most_statements || !known_to_read_one_tenant(sql))
                throw Error(Error::refused, "worker.forbidden_statement", {{"sql", sql}});
            found = statements_.emplace(sql, database_.prepare(sql)).first;
        }
        Statement& statement = *found->second;
        if (message.kind == Message::run) {
            statement.reset();
            for (int parameter = 0; taking.left() > 0; ++parameter) {
                const Cell cell = taking.cell();
                if (parameter == 0 && cell != Cell(tenant_))
                    throw Error(Error::refused, "worker.forbidden_statement", {{"sql", sql}});
                std::visit([&](const auto& value) { statement.bind(parameter, value); }, cell);
            }
        }
        return framed(Message::rows, rows(statement));
    } catch (const Error& error) {
        // The moment that all of them read from is gone: that is no fault of who asked, and no answer to anybody.
        if (may_try_again(error)) throw;
        return framed(Message::refused, catalogue(Language::en).say(error.note()));
    }
}

std::string ServedTenant::rows(Statement& statement) {
    std::string out(1, more_mark);
    while (out.size() < rows_at_once) {
        if (!statement.step()) {
            out[0] = last_mark;
            break;
        }
        const int columns = statement.columns();
        out += static_cast<char>(columns);
        for (int column = 0; column < columns; ++column)
            if (statement.is_number(column))
                put(out, statement.number(column));
            else
                put(out, statement.bytes(column));
    }
    return out;
}

std::unique_ptr<Database> served_database(Wire& wire) { return std::make_unique<ServedDatabase>(wire); }

}  // namespace siyu
