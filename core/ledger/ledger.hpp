// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "core/base/zone.hpp"
#include "core/blueprint/blueprint.hpp"
#include "core/ledger/bookings.hpp"
#include "core/ledger/sums.hpp"
#include "core/ledger/tally.hpp"
#include "core/store/blocks.hpp"
#include "core/store/words.hpp"

namespace siyu {

// The earliest join in a period of a customer who is new in it (kpis.md, New). The texts are word numbers.
struct Arrival {
    std::uint32_t customer = 0;
    std::int64_t at = 0, channel = 0, guide = 0, group = 0, inviter = 0, post = 0;
};

// Keeps a row when a column's word passes the test.
struct RowTest {
    std::size_t column = 0;
    Filter::Test test = Filter::Test::equals;
    std::int64_t word = 0;
};

// Answers “how much” and “who” for any run of days of one tenant, exactly, from one set and sum for each day. Reads
// only. What it read stays in memory as long as it lives, within a bound.
class Ledger {
  public:
    Ledger(Database& database, std::int64_t tenant, const Zone& zone);

    const Zone& zone() const { return zone_; }
    Words& words() { return words_; }

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

    // Number of rows (column "") or sum of a count or money column.
    Fraction total(Fact fact, std::string_view column, Day first, Day last, const std::vector<Filter>& filters = {});
    std::int64_t distinct(Fact fact, std::string_view column, Day first, Day last,
                          const std::vector<Filter>& filters = {});
    // Booked in first..last, as far as a report that ends with `seen_until` sees them.
    std::vector<Booking> refunds(Day first, Day last, Day seen_until);
    Fraction refunded(Day first, Day last, Day seen_until);

    // The rows of a day, or of a roster or plan (undated), in the order of the key.
    const Rows& rows(Fact fact, Day day = undated);
    std::optional<std::pair<Day, Day>> span(Fact fact) { return blocks_.span(fact); }
    // The first day with an event of any kind.
    std::optional<Day> first_event();

    std::vector<RowTest> tests(Fact fact, const std::vector<Filter>& filters);
    static bool passes(std::span<const std::int64_t> row, const std::vector<RowTest>& tests);

  private:
    const Customers& state(std::int64_t series, Day day);
    const Customers& day_set(std::int64_t series, Day day);

    Zone zone_;
    Words words_;
    Shelf shelf_;
    Blocks blocks_;
    std::map<std::pair<std::int64_t, Day>, Customers> states_, sets_;
    std::map<std::pair<Fact, Day>, Rows> rows_;
    std::map<std::pair<Fact, Day>, std::optional<Sums>> sums_;
    std::map<Day, std::vector<Booking>> refunds_;
    std::size_t row_bytes_ = 0;
};

}  // namespace siyu
