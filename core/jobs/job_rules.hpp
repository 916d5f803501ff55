// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace siyu {

// [jobs] of siyu.toml.
struct JobRules {
    int attempts = 10;       // then a job is given up
    int pause_seconds = 60;  // after the first failure; doubled after each further one
    int longest_pause_seconds = 3600;
    int lease_seconds = 60;  // of a worker that is not heard of
    int keep_days = 14;      // jobs that are done, and their pages
};

// How long a job waits after so many failures in a row, in seconds. `chance` in [0, 1) keeps those that failed together
// from coming back together: up to a fifth more. What cannot get better by itself (a plugin that is missing) waits as
// if it had failed four times more.
inline std::int64_t pause_after(std::int64_t failures, bool hopeless, const JobRules& rules, double chance) {
    std::int64_t pause = rules.pause_seconds;
    for (std::int64_t i = 1; i < failures + (hopeless ? 4 : 0) && pause < rules.longest_pause_seconds; ++i) pause *= 2;
    if (pause > rules.longest_pause_seconds) pause = rules.longest_pause_seconds;
    return pause + static_cast<std::int64_t>(static_cast<double>(pause) / 5 * chance);
}

}  // namespace siyu
