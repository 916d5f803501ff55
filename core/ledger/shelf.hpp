// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/day.hpp"
#include "core/store/database.hpp"
#include "core/store/read_ahead.hpp"

namespace siyu {

// A set of customers, by their numbers.
using Customers = Roaring;

// Those of the few who are not among the many: takes as long as there are few.
inline Customers beside(const Customers& few, const Customers& many) { return few ^ (few & many); }

// What the ledger keeps for each day. The numbers stand in the store: only append.
enum class Series : std::int64_t {
    joined = 1,               // set: customers with a join
    left = 2,                 // set: customers with a leave
    interacted = 3,           // set: customers with an interaction
    bought = 4,               // set: customers with a paid order
    joined_by_post = 5,       // set: customers whose earliest join of the day has a post_id
    joined_by_invite = 6,     // set: the same, an inviter_id
    interactions_tally = 7,   // tally of interactions by customer, see tally.hpp
    orders_tally = 8,         // tally of orders by customer
    refunds = 9,              // rows: refunds booked on the day, with what their orders say, see bookings.hpp
    members = 10,             // state: M, see state.hpp
    group_members = 11,       // state: G
    sums = 100,               // + fact: number of rows and sum of each count and money column, see sums.hpp
    kinds = 1'000'000,        // + number of the word: customers with an interaction of that kind
    origins = 1'000'000'000,  // + number of the word: state: customers who first came through that channel
};

inline std::int64_t operator+(Series series, std::int64_t word) { return static_cast<std::int64_t>(series) + word; }

// The ledger's cells of one tenant: bytes by series and day, each with a checksum, because a damaged set would take
// the program down.
class Shelf {
  public:
    Shelf(Database& database, std::int64_t tenant);

    std::optional<std::string> load(std::int64_t series, Day day);
    void expect(Day first, Day last) { ahead_.expect(first, last, 0); }
    // An empty cell is taken away. Seen here from now on, and by others once it was carried into the store.
    void save(std::int64_t series, Day day, std::string_view data);
    void flush();
    // Every cell of the days first to last, in their order.
    void each(std::int64_t series, Day first, Day last, const std::function<void(Day, std::string_view)>& take);
    // The same of all days, as they lie in the store: none for a damaged cell.
    void each_as_it_is(std::int64_t series, const std::function<void(Day, std::optional<std::string_view>)>& take);
    // The latest set up to `day`, and its day.
    std::optional<std::pair<Day, Customers>> latest_set(std::int64_t series, Day day);
    std::vector<Day> days_from(std::int64_t series, Day first);
    // The first day with a cell of the series from..to.
    std::optional<Day> first_day(std::int64_t from, std::int64_t to);
    // The series from..to that have cells.
    std::vector<std::int64_t> series_between(std::int64_t from, std::int64_t to);
    // Takes all cells of the tenant away.
    void clear();

    Customers load_set(std::int64_t series, Day day);
    void save_set(std::int64_t series, Day day, Customers set);

  private:
    std::optional<std::string> load_one(std::int64_t series, Day day);

    std::int64_t tenant_;
    ReadAhead<std::int64_t, std::optional<std::string>> ahead_;
    std::map<std::pair<std::int64_t, Day>, std::string> saved_;  // and not carried into the store yet
    std::size_t saved_bytes_ = 0;
    std::unique_ptr<Bulk> save_;
    std::unique_ptr<Statement> load_, run_, erase_, each_, latest_, days_, first_, series_, clear_;
};

Customers read_set(std::string_view bytes);
std::string write_set(const Customers& set);

}  // namespace siyu
