// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/error.hpp"

namespace siyu {

// The runtime of AddressSanitizer, where the process was begun with it (Crew's `preload`).
class Sanitizer {
  public:
    static bool there();
    // From now on tells what it sees, before it ends the process: check.memory_fault.
    static void listen(const std::filesystem::path& plugin, std::function<void(const Note&)> tell);
    // What it says of memory that nobody holds any more; empty where there is none.
    static std::string leaks();
    // The first place of a report that lies in the file; empty where none does. Places are lines that begin with # and
    // end with the file, as the nursery asks for.
    static std::string place_in(const std::string& report, const std::filesystem::path& file);
};

}  // namespace siyu
