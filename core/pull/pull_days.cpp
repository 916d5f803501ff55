// SPDX-License-Identifier: Apache-2.0
#include "core/pull/pull_days.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr int days_kept = 180, ready_hour = 6, believed_hour = 12;

}  // namespace

PullDays pull_days(Instant now) {
    const Zone zone(wecom_zone);
    const Day today = zone.day_of(now);
    const auto hour = (now.micros - zone.start_of(today).micros) / micros_per_hour;
    const bool waits = hour < ready_hour;
    return {today - days_kept, today - (waits ? 2 : 1), waits, hour < believed_hour};
}

std::vector<DaySpan> pieces_of(DaySpan days, int most) {
    std::vector<DaySpan> pieces;
    for (Day first = days.first; first <= days.last; first = first + most)
        pieces.push_back({first, std::min(days.last, first + (most - 1))});
    return pieces;
}

Day next_pull(std::vector<DaySpan> covered, const PullDays& days) {
    std::sort(covered.begin(), covered.end(), [](DaySpan a, DaySpan b) { return a.first < b.first; });
    Day next = days.earliest;
    for (const DaySpan& span : covered) {
        if (span.first > next) break;
        next = std::max(next, span.last + 1);
    }
    return std::max(days.earliest, std::min(next, days.latest + 1) - days_pulled_again);
}

}  // namespace siyu
