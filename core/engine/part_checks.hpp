// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/review.hpp"
#include "core/engine/workforce.hpp"

namespace siyu {

// Channels of orders, touches and the brand's sales, and statistics of allocated guides, that usually come and are not
// there on days on which others are: a file of several is missing (facts.md, rule 5; docs/quality.md).
void look_for_missing_parts(Review& review, Workforce& workforce);

}  // namespace siyu
