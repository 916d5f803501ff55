// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/evaluator.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// New users by channel, guide and group; money by channel, guide, origin, path and category; touches and cost by
// channel (kpis.md, below the catalogue).
Breakdowns break_down(Ledger& ledger, const Window& window);

}  // namespace siyu
