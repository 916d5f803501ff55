// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/period.hpp"
#include "core/facts/fact.hpp"

// A small brand that never was: every kind of fact over some forty days, the same each time.
namespace siyu {

enum class Names { plain, hostile };

// What a hostile name begins with: HTML, quotes and a template's key.
inline constexpr std::string_view hostile_name = "<script>alert(\"&{{gmv}}\")</script>";

Day first_generated_day();
// The week over the turn of the year, its last day, the month before.
Period generated_period(Rhythm rhythm);

// A canonical CSV file for each fact, in an order in which they can be taken in. The agency's are for the tenant `t`.
std::vector<std::pair<Fact, std::string>> generated_facts(Names names);

}  // namespace siyu
