// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/evaluator.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// Looks the data of the report over and notes in the card what the reader should know: days without data, refunds
// without a date, totals taken as data, two sources that differ, rows set aside (facts.md).
void look_over(Scorecard& card, Evaluator& evaluator, const Agreement& agreement, Batches& batches);

}  // namespace siyu
