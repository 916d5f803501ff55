// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace siyu {

// Who holds a lease: `host:process:place:start`. The place is this machine since it was started last, as far as
// processes see each other; the start tells a process from an earlier one of the same number.
std::string own_worker_name();

// Whether that worker was a process of this place and is no more. False where it cannot be told from here: then its
// lease has to run out.
bool surely_dead(std::string_view worker);

// `host:process`, for people.
std::string short_worker_name(std::string_view worker);

}  // namespace siyu
