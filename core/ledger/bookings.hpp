// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/base/zone.hpp"
#include "core/ledger/shelf.hpp"
#include "core/store/blocks.hpp"
#include "core/store/words.hpp"

namespace siyu {

// Money given back, with what its order says. The texts are word numbers; customer is `absent` when not known.
struct Booking {
    std::int64_t order = 0, refund = 0;  // numbers; refund is `absent` when it came in the order's own columns
    std::int64_t amount = 0;             // fen
    std::int64_t customer = absent;
    std::int64_t channel = 0, guide = 0, path = 0, category = 0;
    // A booking before its order was paid is not seen by reports that end before that day.
    std::int64_t seen_from = 0;  // number of a day
    // Until its order is paid, nothing is known of what the order says. 0 where there is no order.
    std::int64_t order_day = 0;
};

std::vector<Booking> read_bookings(std::string_view cell);

// The refunds by the day on which they are booked. Rows of `refunds` replace the two columns of their order, whatever
// their dates (facts.md).
class Bookings {
  public:
    Bookings(const Zone& zone, Words& words, Blocks& blocks, Shelf& shelf);

    void order_changed(std::span<const std::int64_t> row);
    void refund_changed(std::span<const std::int64_t> row);
    // Makes the bookings of every order noted anew; all rows are in the store before the first is told.
    void finish();

  private:
    // The refund rows of a day, by their order.
    using RefundRows = std::multimap<std::int64_t, std::vector<std::int64_t>>;
    const RefundRows& refund_rows(Day day);

    const Zone& zone_;
    Words& words_;
    Blocks& blocks_;
    Shelf& shelf_;
    bool any_refunds_ = false;
    std::map<std::int64_t, std::set<Day>> changed_;  // order -> days on which it had bookings
    std::map<Day, RefundRows> refund_rows_;          // of the days that finish() looks at
};

}  // namespace siyu
