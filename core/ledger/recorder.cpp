// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/recorder.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/ledger/sums.hpp"
#include "core/ledger/tally.hpp"

namespace siyu {

namespace {

// The customers of the rows, one entry a row that has one.
std::vector<std::uint32_t> customers_of(const FactKind& kind, const Rows& rows) {
    const std::size_t column = kind.place("customer_id");
    std::vector<std::uint32_t> found;
    found.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i][column] != absent) found.push_back(static_cast<std::uint32_t>(rows[i][column]));
    return found;
}

Customers set_of(std::vector<std::uint32_t> customers) {
    std::sort(customers.begin(), customers.end());
    return {customers.size(), customers.data()};
}

Series series_of(Fact fact) {
    switch (fact) {
        case Fact::joins: return Series::joined;
        case Fact::leaves: return Series::left;
        case Fact::interactions: return Series::interacted;
        default: return Series::bought;
    }
}

// A row taken in before the fact had a column is the same as one where it is empty.
bool same_row(const FactKind& kind, std::span<const std::int64_t> a, std::span<const std::int64_t> b,
              std::int64_t empty) {
    if (std::ranges::equal(a, b)) return true;
    const auto cell = [&](std::span<const std::int64_t> row, std::size_t i) {
        const bool wordy =
            i < kind.columns.size() && kind.columns[i].space == Space::word && kind.columns[i].type != Type::number;
        return wordy && row[i] == absent ? empty : row[i];
    };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (cell(a, i) != cell(b, i)) return false;
    return true;
}

Contact contact_of(const FactKind& kind, std::span<const std::int64_t> row) {
    const bool leave = kind.fact == Fact::leaves;
    return {row[static_cast<std::size_t>(kind.when)], leave, row[kind.place("guide_id")], row[kind.place("group_id")],
            leave ? 0 : row[kind.place("channel")]};
}

}  // namespace

Recorder::Recorder(Database& database, std::int64_t tenant, const Zone& zone, Words& words, Blocks& blocks)
    : words_(words),
      shelf_(database, tenant),
      timelines_(database, tenant, zone, words, shelf_),
      bookings_(zone, words, blocks, shelf_) {}

Difference Recorder::day_changed(Fact fact, Day day, const Rows& old, const Rows& now) {
    const FactKind& kind = kind_of(fact);
    Difference difference;
    const bool contacts = fact == Fact::joins || fact == Fact::leaves;
    const auto changed = [&](std::span<const std::int64_t> row, bool removed) {
        if (contacts) {
            const auto customer = static_cast<std::uint32_t>(row[kind.place("customer_id")]);
            removed ? timelines_.remove(customer, contact_of(kind, row))
                    : timelines_.add(customer, contact_of(kind, row));
        }
        if (fact == Fact::orders) bookings_.order_changed(row);
        if (fact == Fact::refunds) bookings_.refund_changed(row);
    };
    std::size_t i = 0, j = 0;
    while (i < old.size() || j < now.size()) {
        const int order = i == old.size() ? 1 : j == now.size() ? -1 : compare_keys(kind, old[i], now[j]);
        if (order < 0) {
            ++difference.removed;
            changed(old[i++], true);
        } else if (order > 0) {
            ++difference.added;
            changed(now[j++], false);
        } else {
            if (!same_row(kind, old[i], now[j], words_.find(Space::word, ""))) {
                ++difference.replaced;
                changed(old[i], true);
                changed(now[j], false);
            }
            ++i;
            ++j;
        }
    }
    if (!difference.none() && kind.when >= 0) write_cells(kind, day, old, now);
    return difference;
}

void Recorder::write_cells(const FactKind& kind, Day day, const Rows& old, const Rows& rows) {
    Sums sums(kind);
    sums.add(kind, rows);
    shelf_.save(Series::sums + static_cast<std::int64_t>(kind.fact), day, rows.empty() ? std::string{} : sums.write());
    if (kind.fact != Fact::joins && kind.fact != Fact::leaves && kind.fact != Fact::interactions &&
        kind.fact != Fact::orders)
        return;
    std::vector<std::uint32_t> customers = customers_of(kind, rows);
    shelf_.save_set(series_of(kind.fact) + 0, day, set_of(customers));
    if (kind.fact == Fact::orders)
        shelf_.save(Series::orders_tally + 0, day, Tally::of(std::move(customers)).write());
    else if (kind.fact == Fact::interactions)
        shelf_.save(Series::interactions_tally + 0, day, Tally::of(std::move(customers)).write());

    const std::size_t who = kind.place("customer_id");
    if (kind.fact == Fact::interactions) {
        std::map<std::int64_t, std::vector<std::uint32_t>> by_kind;
        const std::size_t column = kind.place("kind");
        for (std::size_t i = 0; i < rows.size(); ++i)
            by_kind[rows[i][column]].push_back(static_cast<std::uint32_t>(rows[i][who]));
        // A kind that the day no longer has must not keep its set.
        std::set<std::int64_t> gone;
        for (std::size_t i = 0; i < old.size(); ++i)
            if (!by_kind.contains(old[i][column])) gone.insert(old[i][column]);
        for (const std::int64_t word : gone) shelf_.save(Series::kinds + word, day, {});
        for (auto& [word, set] : by_kind) shelf_.save_set(Series::kinds + word, day, set_of(std::move(set)));
    }
    if (kind.fact == Fact::joins) {
        // Of each customer's joins of the day the earliest speaks, by the rule of the origin (kpis.md).
        const std::size_t at = kind.place("joined_at"), channel = kind.place("channel"), guide = kind.place("guide_id"),
                          group = kind.place("group_id"), post = kind.place("post_id"),
                          inviter = kind.place("inviter_id");
        const auto text = [this](std::int64_t word) { return std::string_view(words_.text(Space::word, word)); };
        std::vector<std::uint32_t> order(rows.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
        std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
            const auto a = rows[x], b = rows[y];
            if (a[who] != b[who]) return a[who] < b[who];
            if (a[at] != b[at]) return a[at] < b[at];
            return std::tuple(text(a[channel]), text(a[guide]), text(a[group])) <
                   std::tuple(text(b[channel]), text(b[guide]), text(b[group]));
        });
        const std::int64_t empty = words_.intern(Space::word, "");
        std::vector<std::uint32_t> by_post, by_invite;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto row = rows[order[i]];
            if (i > 0 && rows[order[i - 1]][who] == row[who]) continue;
            if (row[post] != empty) by_post.push_back(static_cast<std::uint32_t>(row[who]));
            if (row[inviter] != empty) by_invite.push_back(static_cast<std::uint32_t>(row[who]));
        }
        shelf_.save_set(Series::joined_by_post + 0, day, set_of(std::move(by_post)));
        shelf_.save_set(Series::joined_by_invite + 0, day, set_of(std::move(by_invite)));
    }
}

void Recorder::finish() {
    timelines_.finish();
    bookings_.finish();
    shelf_.flush();
}

}  // namespace siyu
