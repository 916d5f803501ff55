// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/base/period.hpp"

namespace siyu {

// When a brand's report of one rhythm is sent after its period, by the brand's clock: `09:00`, `mon 09:30` (weekly;
// Monday where no day is named), `1 10:00` (monthly; the first), each with ` workdays`: then on the first legal workday
// from that day on.
struct SendTime {
    int minute = 0;   // of the day
    int weekday = 0;  // weekly: Monday is 0
    int day = 1;      // monthly: of the month after the period; beyond its end, its last
    bool workdays = false;

    // Nothing for what is no such text.
    static std::optional<SendTime> parse(Rhythm rhythm, std::string_view text);
    // The day that it falls on, before it is moved to a workday.
    Day day_after(const Period& period) const;
};

// Minutes of `09:30`.
std::optional<int> parse_time_of_day(std::string_view text);

}  // namespace siyu
