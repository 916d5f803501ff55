// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/engine/review.hpp"

// What the days bring, against what days of this tenant usually bring (facts.md, rule 5; docs/quality.md).
namespace siyu {

// Days without a fact that usually comes; `told` are days of a fact of which that was said otherwise.
void look_for_missing_days(Review& review, const std::function<bool(Fact fact, Day day)>& told);
// Ten times the usual GMV: always said, learnt or not. Only orders.
void look_for_spikes(Review& review);
// Far too much; and, unless the rest is still to come, far too little and rows that say nothing but 0. Of all facts, or
// of those given.
void look_for_unusual_days(Review& review, const std::vector<Fact>& facts = {}, bool low_too = true);
// The last rows of a day came long before its end, when usually more come later: was the file exported then?
void look_for_partial_days(Review& review, const std::vector<Fact>& facts = {});
void look_for_joins_without_touches(Review& review);

}  // namespace siyu
