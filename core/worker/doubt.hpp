// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/worker/job.hpp"

// A plugin shares its process with the code that speaks for it: whatever a worker says may be the plugin's own words.
// They are looked at before the program acts on them.
namespace siyu {

// Whether the CBOR is as `write` makes it, and small and flat enough to be read: a reader that calls itself for each
// level, or takes room for each value, is not handed anything else.
bool is_plain_cbor(std::string_view bytes);

// Makes what people will read one valid text without signs that steer a terminal.
void clean(Note& note);

// Cleans an outcome. Throws Error (refused, worker.bad_message) for one that is not of this job: other pages than were
// asked for, formulas of another day, a fault that is none.
void doubt(const Job& job, Outcome& outcome);

}  // namespace siyu
