// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/scorecard.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// One report's work: whose, what is wanted, what was agreed, for when.
struct Assignment {
    Tenant tenant;
    Blueprint blueprint;
    Agreement agreement;
    Period period;
    bool with_series = false;  // the one-day values of the last 30 days too, for charts
};

// Blueprint and ledger become a scorecard: a pure function of the facts up to the period's end, the blueprint, the
// contract and the period. Reads only.
Scorecard compute(Database& database, Assignment assignment);

}  // namespace siyu
