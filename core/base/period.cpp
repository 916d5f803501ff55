// SPDX-License-Identifier: Apache-2.0
#include "core/base/period.hpp"

namespace siyu {

std::string_view to_string(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::daily: return "daily";
        case Rhythm::weekly: return "weekly";
        case Rhythm::monthly: return "monthly";
    }
    return {};
}

std::optional<Rhythm> parse_rhythm(std::string_view text) {
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
        if (to_string(rhythm) == text) return rhythm;
    return std::nullopt;
}

Period period_of(Rhythm rhythm, Day day) {
    switch (rhythm) {
        case Rhythm::daily: return {rhythm, day, day};
        case Rhythm::weekly: {
            const Day monday = day - weekday(day);
            return {rhythm, monday, monday + 6};
        }
        case Rhythm::monthly: return {rhythm, first_of_month(day), last_of_month(day)};
    }
    return {};
}

Period previous(const Period& period) { return period_of(period.rhythm, period.first - 1); }

Period latest_complete(Rhythm rhythm, Day today) {
    const Period current = period_of(rhythm, today);
    return previous(current);
}

}  // namespace siyu
