// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/base/zone.hpp"
#include "core/engine/review.hpp"
#include "core/store/blocks.hpp"

// What the files that were taken in say about themselves (facts.md, rule 5; docs/quality.md).
namespace siyu {

// Whether the two are exports of the same thing at different times: the same profile, else names that differ in digits
// and punctuation only.
bool is_same_export(const Batch& a, const Batch& b);

// Rows that the same export had before on days that this batch covers too, and that are no more in it, not even among
// those that were set aside. `earlier`, latest first, are batches of one tenant; `days` bound what is looked at.
void look_for_fewer_rows(Review& review, Batches& batches, const Batch& batch, const BatchFact& brought,
                         std::span<const Batch> earlier, DaySpan days);
// The same of every batch that covers days of the review, each day by the latest of its kind.
void look_for_fewer_rows(Review& review, Batches& batches);

// Days that were still to come when the file was taken in: a slip in a date, or a forecast taken for a fact.
void look_for_future_days(Review& review, const Batch& batch);

}  // namespace siyu
