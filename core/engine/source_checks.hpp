// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/review.hpp"
#include "tenants/agreement.hpp"

namespace siyu {

// Where two sources say the same thing, or one of them more than the other can hold, they are compared (kpis.md;
// docs/quality.md). Gives whether a difference is beyond what the contract lets a report go out with.
bool compare_sources(Review& review, const Agreement& agreement);

}  // namespace siyu
