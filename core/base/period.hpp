// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/base/day.hpp"

namespace siyu {

enum class Rhythm { daily, weekly, monthly };

std::string_view to_string(Rhythm rhythm);
std::optional<Rhythm> parse_rhythm(std::string_view text);

// A run of whole days, both ends included: one day, an ISO week (Monday to Sunday) or a calendar month (kpis.md, Time).
struct Period {
    Rhythm rhythm = Rhythm::daily;
    Day first, last;

    int days() const { return last - first + 1; }
    bool holds(Day day) const { return first <= day && day <= last; }
    bool operator==(const Period&) const = default;
};

// The period of that rhythm that `day` lies in.
Period period_of(Rhythm rhythm, Day day);
// The day, week or month right before.
Period previous(const Period& period);
// The latest period of that rhythm that is over when `today` begins.
Period latest_complete(Rhythm rhythm, Day today);

}  // namespace siyu
