// SPDX-License-Identifier: Apache-2.0
#include "core/base/day.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace siyu {

namespace {

std::chrono::year_month_day ymd(Day day) { return std::chrono::sys_days{std::chrono::days{day.number}}; }

Day from(std::chrono::year_month_day date) {
    return {static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

// The digits at the front of `text`, at least `least` and at most `most` of them, taken off it.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < most && text[n] >= '0' && text[n] <= '9') value = value * 10 + (text[n++] - '0');
    if (n < least) return std::nullopt;
    text.remove_prefix(n);
    return value;
}

bool take_separator(std::string_view& text, char& separator) {
    if (text.empty() || (text[0] != '-' && text[0] != '/')) return false;
    if (separator && text[0] != separator) return false;
    separator = text[0];
    text.remove_prefix(1);
    return true;
}

}  // namespace

Civil civil(Day day) {
    const auto date = ymd(day);
    return {int{date.year()}, unsigned{date.month()}, unsigned{date.day()}};
}

std::optional<Day> day_of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) return std::nullopt;
    return from(date);
}

int weekday(Day day) { return ((day.number + 3) % 7 + 7) % 7; }

Day first_of_month(Day day) {
    const auto date = ymd(day);
    return from(date.year() / date.month() / 1);
}

Day last_of_month(Day day) {
    const auto date = ymd(day);
    return from(date.year() / date.month() / std::chrono::last);
}

int days_in_month(Day day) { return last_of_month(day) - first_of_month(day) + 1; }

std::optional<Day> parse_day(std::string_view text) {
    const auto year = take_number(text, 4, 4);
    if (!year) return std::nullopt;
    char separator = 0;
    const bool separated = take_separator(text, separator);
    const std::size_t least = separated ? 1 : 2;
    const auto month = take_number(text, least, 2);
    if (!month || (separated && !take_separator(text, separator))) return std::nullopt;
    const auto day = take_number(text, least, 2);
    if (!day || !text.empty()) return std::nullopt;
    const auto found = day_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    if (!found || *found < earliest_day || *found > latest_day) return std::nullopt;
    return found;
}

std::optional<Day> parse_month(std::string_view text) {
    if (const auto day = parse_day(text)) return first_of_month(*day);
    const auto year = take_number(text, 4, 4);
    if (!year) return std::nullopt;
    char separator = 0;
    const bool separated = take_separator(text, separator);
    const auto month = take_number(text, separated ? 1 : 2, 2);
    if (!month || !text.empty()) return std::nullopt;
    const auto found = day_of(*year, static_cast<unsigned>(*month), 1);
    if (!found || *found < earliest_day || *found > latest_day) return std::nullopt;
    return found;
}

std::string to_string(Day day) {
    const Civil date = civil(day);
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", date.year, date.month, date.day);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string month_text(Day day) { return to_string(day).substr(0, 7); }

}  // namespace siyu
