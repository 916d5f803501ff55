// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/due.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

int longest_way_back(Rhythm rhythm) { return rhythm == Rhythm::daily ? 31 : rhythm == Rhythm::weekly ? 8 : 3; }

// A brand's own place among the others, the same every day (FNV-1a, 32 bits).
std::uint32_t place_of(std::string_view id) {
    std::uint32_t hash = 2166136261U;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

}  // namespace

std::int64_t grace_seconds(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::daily: return 12 * 3600;
        case Rhythm::weekly: return 3 * 86'400;
        case Rhythm::monthly: break;
    }
    return 7 * 86'400;
}

std::int64_t moment(const Zone& zone, Day day, int minute) {
    return zone.from_local(day.number * micros_per_day + minute * micros_per_minute).micros / micros_per_second;
}

std::int64_t nearest(const Zone& zone, std::int64_t to, int minute) {
    constexpr std::int64_t half_a_day = 43'200;
    const Day day = zone.day_of({to * micros_per_second});
    const std::int64_t that_day = moment(zone, day, minute);
    if (that_day > to + half_a_day) return moment(zone, day - 1, minute);
    return that_day > to - half_a_day ? that_day : moment(zone, day + 1, minute);
}

std::int64_t by_day(const Zone& zone, std::int64_t at) {
    constexpr int morning = 8 * 60, evening = 21 * 60;
    const Day day = zone.day_of({at * micros_per_second});
    if (at < moment(zone, day, morning)) return moment(zone, day, morning);
    return at < moment(zone, day, evening) ? at : moment(zone, day + 1, morning);
}

std::int64_t out_at(const Zone& zone, std::int64_t wanted, std::int64_t at) {
    constexpr std::int64_t hour = 3600;
    return at <= wanted + hour ? at : by_day(zone, at);
}

bool too_late(const Zone& zone, std::int64_t wanted, Rhythm rhythm, std::int64_t ready, std::int64_t now) {
    constexpr std::int64_t hour = 3600;
    const std::int64_t end = wanted + grace_seconds(rhythm), morning = by_day(zone, end);
    return ready > end || now > (morning == end ? end : morning + hour);
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
        if (!after && *due + grace_seconds(rhythm) < now) break;
        if (!after && !found.empty() && found.front().due_at != *due) break;
        found.push_back({period, *due});
    }
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<Slot> ahead(const Tenant& tenant, const Agreement& agreement, Rhythm rhythm, std::int64_t now,
                        std::int64_t end, const WorkCalendar& calendar, const DeliveryRules& rules) {
    const Zone zone(tenant.timezone);
    const auto due = [&](const Period& period) { return due_at(tenant, agreement, period, calendar, rules); };
    Period period = latest_complete(rhythm, zone.day_of({now * micros_per_second}));
    // Those of the rest days wait for the next workday together.
    for (int back = 0; back < longest_way_back(rhythm) && due(previous(period)).value_or(0) >= now; ++back)
        period = previous(period);
    std::vector<Slot> found;
    for (const Day last = zone.day_of({end * micros_per_second}); period.first <= last;
         period = period_of(rhythm, period.last + 1))
        if (const auto at = due(period); at && *at >= now && *at <= end) found.push_back({period, *at});
    return found;
}

}  // namespace siyu
