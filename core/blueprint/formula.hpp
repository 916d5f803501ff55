// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/blueprint/blueprint.hpp"

// How a KPI is computed, as text that can be kept, compared and computed again: the same text is the same formula.
namespace siyu {

// What a plugin computes by its own code says so and no more.
std::string write_formula(const Blueprint& blueprint, const Kpi& kpi);

// Whether the text can be computed again: it is whole, known here, and not a plugin's own code. Then puts its
// expressions into the arenas of the blueprint and the formula into the KPI, whose other members stay.
bool read_formula(std::string_view text, Blueprint& blueprint, Kpi& kpi);

}  // namespace siyu
