// SPDX-License-Identifier: Apache-2.0
#include "core/store/copy.hpp"

#include <map>

#include "core/base/error.hpp"
#include "core/store/checksum.hpp"
#include "core/store/tables.hpp"

namespace siyu {

namespace {

constexpr std::size_t bytes_between_commits = std::size_t{16} << 20;

// The rows of one tenant in one table.
struct Content {
    std::int64_t rows = 0;
    std::uint64_t sum = 0;  // of the rows in their order
    bool operator==(const Content&) const = default;
};
using Contents = std::map<std::int64_t, Content>;  // by tenant

std::string select(const StoreTable& table) {
    return "SELECT " + StoreTable::list(table.columns) + " FROM " + std::string(table.name) + " ORDER BY " +
           StoreTable::list(table.key);
}

// Reads the row at hand into `row`, in a form that says the same on every engine.
void read(Statement& statement, std::string& row) {
    row.clear();
    for (int column = 0; column < statement.columns(); ++column) {
        const bool number = statement.is_number(column);
        row += number ? 'n' : 'b';
        const std::string_view bytes = number ? std::string_view{} : statement.bytes(column);
        const std::int64_t head = number ? statement.number(column) : static_cast<std::int64_t>(bytes.size());
        row.append(reinterpret_cast<const char*>(&head), sizeof head).append(bytes);
    }
}

void count(Contents& contents, std::int64_t tenant, std::string_view row) {
    Content& content = contents[tenant];
    ++content.rows;
    content.sum = content.sum * 0x9E3779B97F4A7C15 + checksum(row);
}

Contents contents_of(Database& database, const StoreTable& table) {
    Contents found;
    std::string row;
    const auto statement = database.stream(select(table));
    while (statement->step()) {
        read(*statement, row);
        count(found, statement->number(0), row);
    }
    return found;
}

// Commits now and then: a server's memory for one change is bounded, a cluster's even more.
class Steps {
  public:
    explicit Steps(Database& to) : to_(to) { to_.begin(); }
    ~Steps() { to_.rollback(); }
    Steps(const Steps&) = delete;
    Steps& operator=(const Steps&) = delete;
    void passed(std::size_t bytes) {
        bytes_ += bytes;
        if (bytes_ < bytes_between_commits) return;
        to_.commit();
        to_.begin();
        bytes_ = 0;
    }
    void finish() { to_.commit(); }

  private:
    Database& to_;
    std::size_t bytes_ = 0;
};

Contents copy_table(Database& from, Database& to, const StoreTable& table) {
    Contents copied;
    std::string row;
    Steps steps(to);
    const auto bulk = to.bulk("INSERT INTO " + std::string(table.name) + " (" + StoreTable::list(table.columns) + ")",
                              static_cast<int>(table.columns.size()));
    const auto statement = from.stream(select(table));
    while (statement->step()) {
        read(*statement, row);
        count(copied, statement->number(0), row);
        bulk->add_row(*statement);
        steps.passed(row.size());
    }
    steps.finish();
    return copied;
}

void clear(Database& to) {
    for (const StoreTable& table : store_tables()) {
        const std::string name(table.name);
        while (true) {
            const auto one = to.prepare("SELECT tenant FROM " + name + " LIMIT 1");
            if (!one->step()) break;
            const std::int64_t tenant = one->number(0);
            one->reset();
            to.prepare("DELETE FROM " + name + " WHERE tenant = ?")->with(tenant).run();
        }
    }
}

bool is_marked(Database& to) {
    const auto statement = to.prepare("SELECT COUNT(*) FROM migration WHERE version = ?");
    statement->with(being_copied).step();
    const bool marked = statement->number(0) > 0;
    statement->reset();
    return marked;
}

void want_empty(Database& to, std::string_view url) {
    for (const StoreTable& table : store_tables()) {
        const auto any = to.prepare("SELECT tenant FROM " + std::string(table.name) + " LIMIT 1");
        if (any->step())
            throw Error(Error::refused, "store.not_empty",
                        {{"store", std::string(url)}, {"table", std::string(table.name)}});
    }
}

void compare(const StoreTable& table, const Contents& was, const Contents& is) {
    const auto rows = [](const Contents& contents, std::int64_t tenant) {
        const auto found = contents.find(tenant);
        return std::to_string(found == contents.end() ? 0 : found->second.rows);
    };
    for (const Contents* side : {&was, &is})
        for (const auto& [tenant, content] : *side) {
            const auto found = (side == &was ? is : was).find(tenant);
            if (found == (side == &was ? is : was).end() || found->second != content)
                throw Error(Error::unreachable, "store.copy_differs",
                            {{"table", std::string(table.name)},
                             {"tenant", std::to_string(tenant)},
                             {"rows", rows(was, tenant)},
                             {"found", rows(is, tenant)}});
        }
}

}  // namespace

std::int64_t copy_store(Database& from, std::string_view from_url, Database& to, std::string_view to_url,
                        const CopyProgress& progress) {
    if (is_marked(to)) {
        clear(to);
    } else {
        want_empty(to, to_url);
        to.prepare("INSERT INTO migration (version) VALUES (?)")->with(being_copied).run();
    }
    const StoreTable& revisions = store_tables().back();
    Contents of_revisions;
    std::int64_t total = 0;
    {
        const Snapshot moment(from);
        for (const StoreTable& table : store_tables()) {
            const Contents copied = copy_table(from, to, table);
            compare(table, copied, contents_of(to, table));
            std::int64_t rows = 0;
            for (const auto& [tenant, content] : copied) rows += content.rows;
            total += rows;
            progress(table.name, rows);
            if (table.name == revisions.name) of_revisions = copied;
        }
    }
    if (contents_of(from, revisions) != of_revisions)
        throw Error(Error::refused, "store.source_changed", {{"from", std::string(from_url)}});
    to.prepare("DELETE FROM migration WHERE version = ?")->with(being_copied).run();
    return total;
}

}  // namespace siyu
