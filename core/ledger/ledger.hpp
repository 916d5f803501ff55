// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include "core/base/zone.hpp"
#include "core/blueprint/blueprint.hpp"
#include "core/facts/roster.hpp"
#include "core/ledger/attribute.hpp"
#include "core/ledger/bookings.hpp"
#include "core/ledger/moment.hpp"
#include "core/ledger/moving.hpp"
#include "core/ledger/spending.hpp"
#include "core/ledger/sums.hpp"
#include "core/ledger/tally.hpp"
#include "core/ledger/timeline.hpp"
#include "core/store/blocks.hpp"
#include "core/store/words.hpp"

namespace siyu {

// The earliest join in a period of a customer who is new in it (kpis.md, New). The texts are word numbers.
struct Arrival {
    std::uint32_t customer = 0;
    std::int64_t at = 0, channel = 0, guide = 0, group = 0, inviter = 0, post = 0;
};

// Answers “how much” and “who” for any run of days of one tenant, exactly, from one set and sum for each day. Reads
// only. What it read stays in memory as long as it lives, within a bound.
class Ledger {
  public:
    Ledger(Database& database, std::int64_t tenant, const Zone& zone);

    const Zone& zone() const { return zone_; }
    Words& words() { return words_; }
    // Hints at what will be asked for, one day after the other: rows, and sums and sets.
    void expect(const DaySpan& rows, const DaySpan& sets) {
        rows_ahead_.expect(rows.first, rows.last, 1);
        shelf_.expect(sets.first, sets.last);
    }

    // M and G at the end of the day.
    const Customers& members(Day day) { return state(Series::members + 0, day); }
    const Customers& group_members(Day day) { return state(Series::group_members + 0, day); }
    // Customers with a row of the fact (joins, leaves, interactions, orders) in first..last that passes the filters,
    // or with at least so many.
    Customers who(Fact fact, Day first, Day last, const std::vector<Filter>& filters = {}, std::int64_t at_least = 1);
    Customers arrived(Day first, Day last, const std::vector<Filter>& filters = {});
    // In the order of customers.
    std::vector<Arrival> arrivals(Day first, Day last);
    // The customers of `buyers` by the channel of their earliest join up to the end of `last`; who is in none has none.
    std::map<std::int64_t, Customers> origins(const Customers& buyers, Day last);
    // Members at the end of the day by the word of their group, or of their guide; in touch with no guide: the empty
    // word. Who has several relationships is in several sets. Valid until the next call.
    const std::map<std::int64_t, Customers>& members_by(bool groups, Day day);
    // Named by a row of the roster that holds on the day.
    Customers listed(Fact roster, Day day, const std::vector<Filter>& filters = {});
    // What the orders paid in first..last come to. Valid until the next call.
    const Spending& spending(Day first, Day last, const std::vector<Filter>& filters = {});
    // When customers did what the fact is about, and the word that `by` gives, if it is given. In no order.
    std::vector<Moment> moments(Fact fact, Day first, Day last, const std::vector<Filter>& filters = {},
                                const Attribute* by = nullptr);

    // Number of rows (column "") or sum of a count or money column; only rows of the customers `among`, if it is given.
    // Of a roster the rows that hold on `last`.
    Fraction total(Fact fact, std::string_view column, Day first, Day last, const std::vector<Filter>& filters = {},
                   const Customers* among = nullptr);
    // Reads at once what total() says of each of these days.
    void read_totals(Fact fact, Day first, Day last);
    std::int64_t distinct(Fact fact, std::string_view column, Day first, Day last,
                          const std::vector<Filter>& filters = {}, const Customers* among = nullptr);
    // Booked in first..last, as far as a report that ends with `seen_until` sees them.
    std::vector<Booking> refunds(Day first, Day last, Day seen_until);
    Fraction refunded(Day first, Day last, Day seen_until);

    // The rows of a day, or of a roster or plan (undated), in the order of the key.
    const Rows& rows(Fact fact, Day day = undated);
    // Rows of a roster that is not the tenant's own, in the words of words(): rows() gives them from now on. They are
    // made when they are first asked for.
    void lend(Fact roster, std::function<Rows()> make) { lent_.insert_or_assign(roster, std::move(make)); }
    std::optional<std::pair<Day, Day>> span(Fact fact) { return blocks_.span(fact); }
    // The first day with an event of any kind.
    std::optional<Day> first_event();

    // What filters call `column`. Nothing where the fact has no such column; looked up as the roster stands on the day.
    std::optional<Attribute> attribute(Fact fact, std::string_view column, Day day);
    // Throws Error (refused) for a column that the fact does not have.
    std::vector<RowTest> tests(Fact fact, const std::vector<Filter>& filters, Day day);
    static bool passes(std::span<const std::int64_t> row, const std::vector<RowTest>& tests) {
        return std::all_of(tests.begin(), tests.end(), [&row](const RowTest& test) { return test.passes(row); });
    }
    // Calls `take` with each row of the fact in first..last that passes; of a roster with those that hold on `last`.
    // `take` reads no rows itself.
    template <class Take>
    void each(Fact fact, Day first, Day last, const std::vector<Filter>& filters, Take take);
    // Calls `take` with each row of the roster whose first day is in first..last and that passes.
    template <class Take>
    void each_begun(Fact fact, Day first, Day last, const std::vector<Filter>& filters, Take take);
    // Calls `take` with the customers who are new in first..last, as the row of their earliest join.
    template <class Take>
    void each_arrival(Day first, Day last, const std::vector<Filter>& filters, Take take);

  private:
    Rows read_rows(Fact fact, Day day);
    const Tally& tally(std::int64_t series, Day day);
    const Customers& state(std::int64_t series, Day day);
    const Customers& day_set(std::int64_t series, Day day) { return block(series, day, 0); }
    // Everybody in the sets of 2^level days from a day on whose number is a multiple of that many.
    const Customers& block(std::int64_t series, Day first, int level);
    Customers everybody(std::int64_t series, Day first, Day last);
    std::shared_ptr<const std::vector<std::int64_t>> lookup(const Roster& roster, std::size_t attribute, Day day);

    Database& database_;
    std::int64_t tenant_;
    Zone zone_;
    Words words_;
    Shelf shelf_;
    Blocks blocks_;
    std::map<std::pair<std::int64_t, Day>, Customers> states_;
    std::map<std::tuple<std::int64_t, int, Day>, Customers> blocks_of_days_;
    std::map<std::pair<Fact, Day>, Rows> rows_;
    ReadAhead<Fact, Rows> rows_ahead_;
    std::map<Fact, std::function<Rows()>> lent_;
    std::map<std::pair<Fact, Day>, std::optional<Sums>> sums_;
    std::map<Day, std::vector<Booking>> refunds_;
    std::optional<std::optional<Day>> first_event_;
    std::size_t row_bytes_ = 0;
    std::map<std::tuple<Fact, std::size_t, Day>, std::shared_ptr<const std::vector<std::int64_t>>> lookups_;
    std::optional<std::vector<Relationship>> relationships_;
    std::map<std::pair<bool, Day>, std::map<std::int64_t, Customers>> members_by_;
    std::vector<std::pair<std::vector<Filter>, Moving<Spending>>> spent_;
    std::map<std::int64_t, Moving<Tally>> counted_;  // by series
    std::map<std::pair<std::int64_t, Day>, Tally> tallies_;
};

template <class Take>
void Ledger::each(Fact fact, Day first, Day last, const std::vector<Filter>& filters, Take take) {
    const auto row_tests = tests(fact, filters, last);
    const auto look = [&](const Rows& rows, const Roster* roster) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::span<const std::int64_t> row = rows[i];
            if ((!roster || roster->holds(row, last)) && passes(row, row_tests)) take(row);
        }
    };
    if (const Roster* roster = roster_of(fact)) return look(rows(fact), roster);
    for (Day day = first; day <= last; ++day) look(rows(fact, day), nullptr);
}

template <class Take>
void Ledger::each_begun(Fact fact, Day first, Day last, const std::vector<Filter>& filters, Take take) {
    const Roster* roster = roster_of(fact);
    if (!roster) return;
    const auto row_tests = tests(fact, filters, last);
    const Rows& all = rows(fact);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::span<const std::int64_t> row = all[i];
        if (!roster->begins(row) || roster->first_day(row) < first || roster->first_day(row) > last) continue;
        if (passes(row, row_tests)) take(row);
    }
}

template <class Take>
void Ledger::each_arrival(Day first, Day last, const std::vector<Filter>& filters, Take take) {
    const FactKind& kind = kind_of(Fact::joins);
    const auto row_tests = tests(Fact::joins, filters, last);
    std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
    const auto cell = [&](std::string_view column) -> std::int64_t& { return row[kind.place(column)]; };
    std::int64_t &at = cell("joined_at"), &customer = cell("customer_id"), &guide = cell("guide_id"),
                 &group = cell("group_id"), &channel = cell("channel"), &inviter = cell("inviter_id"),
                 &post = cell("post_id");
    for (const Arrival& arrival : arrivals(first, last)) {
        at = arrival.at;
        customer = arrival.customer;
        guide = arrival.guide;
        group = arrival.group;
        channel = arrival.channel;
        inviter = arrival.inviter;
        post = arrival.post;
        if (passes(row, row_tests)) take(std::span<const std::int64_t>(row));
    }
}

}  // namespace siyu
