// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/base/day.hpp"
#include "core/base/zone.hpp"

namespace siyu {

// WeCom's days are those of Beijing, whatever the tenant's are.
inline constexpr const char* wecom_zone = "Asia/Shanghai";

// The days that WeCom's statistics can be asked for. Today's are never there; yesterday's are not before six o'clock,
// and before noon nothing but zeros is not believed either (exports.md 1.1 A and F, facts.md, Ready or not).
struct PullDays {
    Day earliest, latest;  // 180 days are kept, yesterday among them
    bool yesterday_waits;  // it is not six yet: `latest` is the day before
    bool zeros_wait;       // it is not noon yet
    Day yesterday() const { return yesterday_waits ? latest + 1 : latest; }
};
PullDays pull_days(Instant now);

// No longer span is answered.
inline constexpr int longest_pull_span = 30;
// Days that are asked for again although they are covered: late figures change them.
inline constexpr int days_pulled_again = 3;

// The span in pieces that can be asked for.
std::vector<DaySpan> pieces_of(DaySpan days, int most = longest_pull_span);
// Where a pull goes on: at the first day since the earliest that no pull has covered, less the days that are pulled
// again.
Day next_pull(std::vector<DaySpan> covered, const PullDays& days);

}  // namespace siyu
