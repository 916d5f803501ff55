// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/value.hpp"
#include "core/ledger/ledger.hpp"

namespace siyu {

// A part of a guide's time given to a tenant, from..to inclusive.
struct Allocation {
    std::string guide, tenant;
    Fraction share;
    Day from = earliest_day, to = latest_day;
    bool covers(Day day) const { return from <= day && day <= to; }
};

struct RosterRow {
    std::string guide, name, type;
    std::int64_t monthly_cost = 0;  // fen
    Day from = earliest_day, to = latest_day;
    bool covers(Day day) const { return from <= day && day <= to; }
};

// Who works for one tenant, how much, and at what cost (kpis.md, Staffing). The agency's roster is read through its own
// ledger; of the other tenants' allocations nothing but the sum of a guide's shares is looked at.
class Staff {
  public:
    Staff(Ledger& agency, const std::string& tenant);

    // Full-time guides: the sum of shares that cover the day.
    Fraction full_time(Day day) const;
    // Their cost on the day in fen; no value when one of them is in no roster row of that day.
    Value cost(Day day) const;
    Value cost(Day day, const std::string& guide) const;
    // Guides with an allocation that covers the day, each once, in order of id.
    std::vector<std::string> guides(Day day) const;
    Fraction share(Day day, const std::string& guide) const;
    const RosterRow* roster(const std::string& guide, Day day) const;
    // The sum of the guide's shares over all tenants.
    Fraction total_share(const std::string& guide, Day day) const;

  private:
    std::vector<Allocation> allocations_, others_;
    std::vector<RosterRow> roster_;
};

}  // namespace siyu
