// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace siyu {

// What a day usually brings of something, learnt from the eight weeks before it: the median of the same weekday, and
// how far days stray from theirs. Whole numbers only, and medians, so that a festival among the days changes little
// (docs/quality.md).
struct Usual {
    static constexpr int days_looked_at = 56, days_needed = 28;

    std::int64_t twice_median = 0;  // of the same weekday
    std::int64_t straying = 0;      // median over all days of |value - median of its weekday| / that median, in 1/1000
    int days = 0;                   // since the first one with anything
    int same = 0, same_with = 0;    // of the same weekday: how many days, how many with anything

    // From the values of the days before, the day before first; of no day that anybody saw anything of: none. Nothing
    // where there are too few days to tell.
    static std::optional<Usual> learn(std::span<const std::int64_t> before);

    // Of events, which come so many together (1: singly), a few more or less are chance; 0: no events are counted.
    bool far_below(std::int64_t value, int bunch) const;
    bool far_above(std::int64_t value, int bunch) const;
};

}  // namespace siyu
