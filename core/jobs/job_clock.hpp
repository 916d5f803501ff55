// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace siyu {

// The times that jobs go by; tests have their own.
class JobClock {
  public:
    virtual ~JobClock() = default;
    // Seconds since 1970 UTC by this machine, for pauses and for people. Other machines' clocks may say otherwise.
    virtual std::int64_t seconds() {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
    // Runs on, whatever is done to the clock: for leases.
    virtual std::int64_t steady_milliseconds() {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }
};

}  // namespace siyu
