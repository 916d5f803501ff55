// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "core/host/problems.hpp"

namespace siyu {

// The keys that the template of every section for that audience may use, for the KPIs of the blueprint.
std::vector<std::string> section_keys(const Blueprint& blueprint, Audience audience);

// Notes what keeps a section's template from being shown: it does not parse, asks for a key that nobody gives, or
// would let text through unescaped.
void check_template(const std::string& section, const std::string& text, const std::vector<std::string>& keys,
                    Problems& problems);

}  // namespace siyu
