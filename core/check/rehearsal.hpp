// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/blueprint/blueprint.hpp"

// A plugin at work on figures that are made up: quick, and the same each time.
namespace siyu {

// Everything that a blueprint says, a line for each statement; equal blueprints have equal lines.
std::vector<std::string> lines_of(const Blueprint& blueprint);

// What the callbacks of the plugin's KPIs and sections came to, a line each: also where they failed.
std::vector<std::string> rehearse(const Blueprint& blueprint);

// The first line that is not in both at its place, as `A | B`; empty where there is none.
std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace siyu
