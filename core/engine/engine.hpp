// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/scorecard.hpp"
#include "core/engine/staff.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// One report's work: whose, what is wanted, what was agreed, for when, and who works on it. With the tenant's facts it
// is all that a report is made of.
struct Assignment {
    Tenant tenant;
    Blueprint blueprint;
    Agreement agreement;
    Period period;
    bool with_series = false;  // the one-day values of the last 30 days too, for charts
    Staff staff = {};
    std::map<std::string, std::string> before = {};  // formulas by KPI whose change is to be announced
};

// Blueprint and ledger become a scorecard: a pure function of the facts up to the period's end, the blueprint, the
// contract, the period and the staff. Reads only, and of the tenant alone.
Scorecard compute(Database& database, Assignment assignment);

// What a report on the days would say about the data, and nothing else: no plugin is asked.
Scorecard examine(Database& database, const Tenant& tenant, const Agreement& agreement, const Staff& staff,
                  const DaySpan& days);

}  // namespace siyu
