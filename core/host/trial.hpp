// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace siyu {

// Does the work once in a process of its own, which may crash, hang or end there and takes nothing with it. Nothing
// where it came to its end (a thrown exception is one too), else how it went: `signal 11`, `exit 3`, `time`.
// Not for a program with several threads.
std::optional<std::string> try_out(const std::function<void()>& work);

}  // namespace siyu
