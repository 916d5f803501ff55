// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/fraction.hpp"
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

// Who works for one tenant, how much, and at what cost (kpis.md, Staffing): a plain value, so that a report can be
// computed where nothing of the agency can be read. Of the other tenants nothing but shares is in it.
struct Staff {
    // Each in the order of the guides.
    std::vector<Allocation> allocations;  // of the tenant
    std::vector<Allocation> elsewhere;    // of the same guides to others; to whom is not said
    std::vector<RosterRow> roster;        // of those guides alone

    // The roster as a tenant may see it: its rows of `guides`, cut to the days of the guides' allocations to it.
    Rows rows(Words& words) const;
};

// Reads the agency's allocations and roster.
Staff staff_of(Database& database, const std::string& tenant);

}  // namespace siyu
