// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Days as the contract counts them, from 1970-01-01, and as people write them.
namespace siyu {
inline namespace contract_v1 {

// A date of the calendar; month and day count from 1.
struct Date {
    std::int32_t year = 1970;
    std::uint32_t month = 1, day = 1;
};

// For days from 1970-01-01 on, the only ones that siyu takes.
inline Date date_of(std::int32_t day) {
    // Years that begin in March have their odd day at the end; eras of 400 of them are all the same.
    const auto since = static_cast<std::uint32_t>(day + 719'468), era = since / 146'097, in_era = since % 146'097;
    const std::uint32_t year = (in_era - in_era / 1'460 + in_era / 36'524 - in_era / 146'096) / 365;
    const std::uint32_t in_year = in_era - (365 * year + year / 4 - year / 100), month = (5 * in_year + 2) / 153;
    Date date;
    date.day = in_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = static_cast<std::int32_t>(year + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

// Of a date that the calendar has, from 1970 on.
inline std::int32_t day_of(const Date& date) {
    const auto year = static_cast<std::uint32_t>(date.year) - (date.month <= 2 ? 1 : 0), in_era = year % 400;
    const std::uint32_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::uint32_t in_year = (153 * month + 2) / 5 + date.day - 1;
    const std::uint32_t days = year / 400 * 146'097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year;
    return static_cast<std::int32_t>(days) - 719'468;
}

inline std::int32_t first_of_month(std::int32_t day) {
    const Date date = date_of(day);
    return day_of({date.year, date.month, 1});
}
inline std::int32_t last_of_month(std::int32_t day) { return first_of_month(first_of_month(day) + 31) - 1; }
// Monday is 0, Sunday is 6.
inline std::int32_t weekday(std::int32_t day) { return (day + 3) % 7; }

// `2026-11-20`, as the host writes dates too.
inline std::string day_text(std::int32_t day) {
    const Date date = date_of(day);
    const auto padded = [](std::uint32_t number, std::size_t width) {
        std::string text = std::to_string(number);
        return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
    };
    return padded(static_cast<std::uint32_t>(date.year), 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

// Nothing for a text that is no `2026-11-20`, or a day that the calendar does not have.
inline std::optional<std::int32_t> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [text](std::size_t from, std::size_t to) {
        std::uint32_t value = 0;
        for (std::size_t i = from; i < to; ++i) {
            if (text[i] < '0' || text[i] > '9') return ~0u;
            value = value * 10 + static_cast<std::uint32_t>(text[i] - '0');
        }
        return value;
    };
    const std::uint32_t year = number(0, 4), month = number(5, 7), day = number(8, 10);
    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::int32_t found = day_of({static_cast<std::int32_t>(year), month, day});
    return date_of(found).month == month ? std::optional(found) : std::nullopt;
}

}  // namespace contract_v1
}  // namespace siyu
