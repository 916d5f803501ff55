// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reports/view.hpp"

namespace siyu {

// What happened, in one sentence, and what has to be decided: read off the figures, so that it cannot contradict them.
struct Finding {
    std::string happened;
    std::vector<std::string> decisions;  // most urgent first
};

Finding find_out(const View& view);

}  // namespace siyu
