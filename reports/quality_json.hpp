// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "reports/view.hpp"

namespace siyu {

// What the audience may see of what was found, one entry each: cli.md's data_quality.
nlohmann::ordered_json found_json(const View& view);

}  // namespace siyu
