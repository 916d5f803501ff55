// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/review.hpp"

// What imports did to orders that were there before them (docs/quality.md).
namespace siyu {

// Orders that the batch moved to another day or gave another amount, where they are many: a later export of an order
// changes its refund, and makes a cancelled one 0. So these are another shop's numbers, or another kind of export.
void look_for_changed_orders(Review& review, const Batch& batch);
// The same of every batch that did so to orders on days of the review.
void look_for_changed_orders(Review& review);

}  // namespace siyu
