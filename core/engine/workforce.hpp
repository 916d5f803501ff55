// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/staff.hpp"

namespace siyu {

// Who works for a tenant on each day and at what cost (kpis.md, Staffing), worked out once for each run of days on
// which nothing of that changes: a brand may have ten thousand guides.
class Workforce {
  public:
    // A guide with an allocation that covers these days.
    struct Guide {
        const std::string* id;
        Fraction share;        // of full time
        Fraction total_share;  // over all tenants
        const RosterRow* row;  // nothing where no row covers the days
    };
    struct Run {
        Day first, last;
        std::vector<Guide> guides;  // in the order of the ids
        Fraction full_time;         // the sum of the shares
        Value monthly_cost;         // fen; no value when one of the guides is in no row
    };

    // The staff must outlive it.
    explicit Workforce(const Staff& staff);

    const Run& run(Day day);
    std::vector<const Run*> runs(Day first, Day last);
    // Of all guides on the day, in fen.
    Value cost(Day day);
    // The place in `run(day).guides` by the number of the id.
    const std::unordered_map<std::int64_t, std::size_t>& places(Day day, Words& words);

  private:
    const Staff& staff_;
    std::set<Day> changes_;  // the first days of runs
    std::map<Day, Run> runs_;
    std::map<Day, std::unordered_map<std::int64_t, std::size_t>> places_;
};

}  // namespace siyu
