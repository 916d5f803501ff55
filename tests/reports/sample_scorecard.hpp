// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/scorecard.hpp"

namespace siyu {

// A brand's week, made by hand: a KPI under the floor, one over its excess line, a day without orders, names with HTML
// in them, and figures that only the agency may see.
Scorecard sample_scorecard();

// The figure of a KPI, to change it in a test.
Figure& figure_of(Scorecard& card, std::string_view kpi);

}  // namespace siyu
