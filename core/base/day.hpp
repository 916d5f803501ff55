// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace siyu {

// A calendar day of the tenant's time zone, counted from 1970-01-01. A day has no time of its own:
// which instants it holds is the Zone's business.
struct Day {
    std::int32_t number = 0;

    auto operator<=>(const Day&) const = default;
    Day& operator++() {
        ++number;
        return *this;
    }
};

constexpr Day operator+(Day day, int days) { return {day.number + days}; }
constexpr Day operator-(Day day, int days) { return {day.number - days}; }
constexpr int operator-(Day later, Day earlier) { return later.number - earlier.number; }

// The days that siyu takes: 1970-01-01 to 2199-12-31. What lies outside is a slip of the pen.
inline constexpr Day earliest_day{0};
inline constexpr Day latest_day{84005};

// A stretch of days, both ends included.
struct DaySpan {
    Day first, last;
};

struct Civil {
    int year;
    unsigned month, day;
};

Civil civil(Day day);
// Nothing where the calendar has no such day.
std::optional<Day> day_of(int year, unsigned month, unsigned day);

// Monday is 0, Sunday is 6.
int weekday(Day day);
Day first_of_month(Day day);
Day last_of_month(Day day);
int days_in_month(Day day);

// `2026-11-20`, `2026/11/20`, `2026/1/2`, `20261120` (facts.md). Nothing for anything else or out of range.
std::optional<Day> parse_day(std::string_view text);
// First day of `2026-11`, `2026/11`, `202611`, or of the month that a date lies in (facts.md).
std::optional<Day> parse_month(std::string_view text);

// `2026-11-20`
std::string to_string(Day day);
// `2026-11`
std::string month_text(Day day);

}  // namespace siyu
