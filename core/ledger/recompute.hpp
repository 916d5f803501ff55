// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/zone.hpp"
#include "core/ledger/shelf.hpp"

namespace siyu {

// Where the ledger does not say what the rows say.
struct LedgerFault {
    enum class Where { cell, timeline, key_day };

    Where where = Where::cell;
    std::string series;                // of a cell: what it keeps (`members`, `sums orders`, `origin 天猫`)
    Day day{};                         // of a cell
    std::int64_t first = 0, last = 0;  // the customers of timelines; the numbers of keys
};

// Makes the ledger of a tenant anew from its rows, in one transaction, and says where it had been another. It stays as
// it was unless it is to be mended. Throws Error (unreachable) where the rows themselves are damaged.
std::vector<LedgerFault> recompute(Database& database, std::int64_t tenant, const Zone& zone, bool mend);

}  // namespace siyu
