// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/evaluator.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// Every guide with an allocation in the window, in order of id.
std::vector<GuideRow> guide_rows(Evaluator& evaluator, const Breakdowns& breakdowns, const Window& window);

// Every KOC with a post in the window or new users through one, most posts first.
std::vector<KocRow> koc_rows(Ledger& ledger, const Window& window);

}  // namespace siyu
