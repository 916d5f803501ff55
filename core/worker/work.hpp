// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/worker/job.hpp"
#include "core/worker/message.hpp"

namespace siyu {

// Everything that a worker process does, from reading its job off the line to saying what came of it. Seals the process
// before anything of a plugin is looked at. One that is told of a store instead becomes a clerk.
void work(Wire& wire);

// Says what came of the work on a job: what it throws is the outcome's fault.
void tell_outcome(Wire& wire, const Job& job, const std::function<void(Outcome&)>& work);

}  // namespace siyu
