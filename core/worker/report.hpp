// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.hpp"
#include "core/worker/job.hpp"

namespace siyu {

// Computes what the job assigns, of facts from this store, and renders its pages. The formulas are compared with those
// that the brand knows. Throws Error (refused, plugin.changed_silently) where they changed and the version did not.
void make_report(Job& job, Blueprint blueprint, Database& facts, Outcome& outcome);

}  // namespace siyu
