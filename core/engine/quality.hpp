// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/engine/evaluator.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// Looks the data of the report over and notes in the card what the reader should know (facts.md, rule 5 and Ready or
// not; docs/quality.md), what holds the report up first.
void look_over(Scorecard& card, Evaluator& evaluator, const Agreement& agreement, Batches& batches, Blocks& blocks);

// A check by its name (`quality.check.NAME` in the catalogue) and the notes that it may make, without `quality.`.
struct QualityCheck {
    std::string_view name;
    std::vector<std::string_view> notes;
};
std::span<const QualityCheck> quality_checks();

}  // namespace siyu
