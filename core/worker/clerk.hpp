// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/worker/job.hpp"
#include "core/worker/message.hpp"

namespace siyu {

// A worker that no plugin ever enters: it reads the store itself, and of what plugins only declared makes one brand's
// report after the other, until nobody is at the other end.
void be_a_clerk(Wire& wire, const StorePlace& place);

}  // namespace siyu
