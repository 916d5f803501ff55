// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "core/ledger/shelf.hpp"

namespace siyu {

// A set of customers that lasts from day to day, such as M: for each day who changed sides, and every 32 days the whole
// set, so that any day is a handful of small steps away.
class State {
  public:
    State(Shelf& shelf, std::int64_t series) : shelf_(shelf), series_(series) {}

    // The set at the end of the day.
    Customers at(Day day);
    // Who changes sides on which day, on top of what is there: who is named twice stays.
    void toggle(const std::map<Day, Customers>& changes);

  private:
    Shelf& shelf_;
    std::int64_t series_;
};

// The whole sets of a state stand in a series of their own.
inline constexpr std::int64_t whole_sets = std::int64_t{1} << 40;

}  // namespace siyu
