// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/due.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

// After so long nobody takes the mail for this morning's.
std::int64_t grace_seconds(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::daily: return 12 * 3600;
        case Rhythm::weekly: return 3 * 86'400;
        case Rhythm::monthly: break;
    }
    return 7 * 86'400;
}

int longest_way_back(Rhythm rhythm) { return rhythm == Rhythm::daily ? 31 : rhythm == Rhythm::weekly ? 8 : 3; }

// A brand's own place among the others, the same every day (FNV-1a, 32 bits).
std::uint32_t place_of(std::string_view id) {
    std::uint32_t hash = 2166136261U;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

}  // namespace

std::int64_t moment(const Zone& zone, Day day, int minute) {
    return zone.from_local(day.number * micros_per_day + minute * micros_per_minute).micros / micros_per_second;
}

std::optional<std::int64_t> due_at(const Tenant& tenant, const Agreement& agreement, const Period& period,
                                   const WorkCalendar& calendar, const DeliveryRules& rules) {
    const auto time = delivery_terms(agreement, period.last + 1).at(period.rhythm);
    if (!time) return std::nullopt;
    Day day = time->day_after(period);
    if (time->workdays) day = calendar.next_workday(day);
    const std::int64_t spread = rules.spread_minutes > 0 ? place_of(tenant.id) % (rules.spread_minutes * 60) : 0;
    return moment(Zone(tenant.timezone), day, time->minute) + spread;
}

std::vector<Slot> slots(const Tenant& tenant, const Agreement& agreement, Rhythm rhythm, std::optional<Day> after,
                        std::int64_t now, const WorkCalendar& calendar, const DeliveryRules& rules) {
    const Day today = Zone(tenant.timezone).day_of({now * micros_per_second});
    std::vector<Slot> found;
    Period period = latest_complete(rhythm, today);
    for (int back = 0; back < longest_way_back(rhythm); ++back, period = previous(period)) {
        if (after && period.last <= *after) break;
        const auto due = due_at(tenant, agreement, period, calendar, rules);
        if (!due || *due - rules.prepare_minutes * 60 > now) continue;
        const bool late = *due + grace_seconds(rhythm) < now;
        if (after || !late) found.push_back({period, *due, late});
        if (!after) break;
    }
    std::reverse(found.begin(), found.end());
    return found;
}

}  // namespace siyu
