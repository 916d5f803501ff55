// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/view.hpp"

namespace siyu {

// What happened, in one sentence, and what has to be decided: read off the figures, so that it cannot contradict them.
struct Finding {
    std::string happened;
    std::string besides;                 // the one of the clauses that is not about the main figure
    std::vector<std::string> decisions;  // most urgent first
};

// The figure that matters most: the first headline of results, else the first one. Nothing where there are no KPIs.
std::optional<View::Entry> main_figure(const View& view);

Finding find_out(const View& view);

}  // namespace siyu
