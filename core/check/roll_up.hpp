// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/engine/scorecard.hpp"

// Whether a week's figures are made of those of its days, as far as that can be told.
namespace siyu {

// Made of constants and nothing else.
bool is_constant(const Blueprint& blueprint, MeasureId id);
// Adds up over days by what it is made of: totals of what happens day by day, but no sets, no numbers of different
// values, no longer windows, nothing that looks at the window's end.
bool adds_up(const Blueprint& blueprint, MeasureId id);

struct RollUp {
    std::vector<std::string> decided;   // KPIs that were compared
    std::vector<std::string> left_out;  // KPIs of which it cannot be told
    std::vector<Note> wrong;
};

// `compute` makes the card of one week, with the one-day values, for the plugin's blueprint with a probe in it.
RollUp roll_up_of(Blueprint blueprint, const std::function<Scorecard(const Blueprint&)>& compute);

}  // namespace siyu
