// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ledger/bookings.hpp"
#include "core/ledger/timeline.hpp"

namespace siyu {

// How the rows of a day differ from what they were.
struct Difference {
    std::int64_t added = 0, replaced = 0, removed = 0;
    bool none() const { return added + replaced + removed == 0; }
};

// Keeps the ledger true: told, inside the transaction that changes the rows, what a day's rows were and are.
class Recorder {
  public:
    Recorder(Database& database, std::int64_t tenant, const Zone& zone, Words& words, Blocks& blocks);

    Difference day_changed(Fact fact, Day day, const Rows& old, const Rows& now);
    void finish();

  private:
    void write_cells(const FactKind& kind, Day day, const Rows& old, const Rows& rows);

    Words& words_;
    Shelf shelf_;
    Timelines timelines_;
    Bookings bookings_;
};

}  // namespace siyu
