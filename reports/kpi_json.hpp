// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// The figures of one period in the form of cli.md: every number an exact fraction, money in fen, no value null.
// Without what the audience may not see.
std::string kpi_json(const Scorecard& card, Audience audience, const Catalogue& say);

}  // namespace siyu
