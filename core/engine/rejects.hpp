// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "core/engine/review.hpp"

// Rows that were set aside (docs/quality.md).
namespace siyu {

// The numbers of the orders, tickets or the like that the row may be one of; of facts that have such numbers.
std::set<std::int64_t> ids_in(Review& review, const RejectedRow& row);

// Those of batches that cover days of the review, or of which nothing was good; not those that a later file brought.
std::vector<RejectedRows> rejected_rows(Review& review, Batches& batches);

}  // namespace siyu
