// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/worker/job.hpp"
#include "core/worker/message.hpp"

namespace siyu {

// Everything that a worker process does, from reading its job off the line to saying what came of it. Seals the process
// before anything of a plugin is looked at.
void work(Wire& wire);

}  // namespace siyu
