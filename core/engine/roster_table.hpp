// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ledger/ledger.hpp"

namespace siyu {

// The rows of a roster that hold on the day, in the order of their key, as texts: dates as 2026-11-20, numbers as
// digits (money in fen), "" for what is empty. Columns may be looked up. Throws Error (refused) for a name that is no
// roster and for an unknown column.
Evaluation::Table roster_table(Ledger& ledger, const std::string& name, const std::vector<std::string>& columns,
                               Day day);

}  // namespace siyu
