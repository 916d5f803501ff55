// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "core/host/problems.hpp"

namespace siyu {

// The keys that the template of every section for that audience may use, for the KPIs of the blueprint.
std::vector<std::string> section_keys(const Blueprint& blueprint, Audience audience);

// The keys that a section fills itself: those that stand alone, and those of the rows of each list, by list.
struct OwnKeys {
    std::vector<std::string> alone;
    std::map<std::string, std::vector<std::string>> lists;

    OwnKeys() = default;
    // As declared: `guides.name` is the key `name` of the list `guides`.
    explicit OwnKeys(const std::vector<std::string>& declared);
};

// Notes what keeps a section's template from being shown: it does not parse, asks for a key that nobody gives (those
// of a list's rows are given within {{#list}} alone), shows a list like a text, or would let text through unescaped.
// `all` are the keys that the agency sees, whoever reads the section.
void check_template(const std::string& section, const std::string& text, const std::vector<std::string>& keys,
                    const std::vector<std::string>& all, const OwnKeys& own, Problems& problems);

}  // namespace siyu
