// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <siyu/plugin.hpp>

constexpr std::size_t most_rows = 10;

// The figures of a measure by the values of a column.
inline std::map<std::string, siyu::Fraction> by_value(const siyu::Evaluation& e, siyu::Asked measure,
                                                      const char* column) {
    std::map<std::string, siyu::Fraction> figures;
    for (const siyu::Part& part : e.split(measure, column))
        if (part.figure) figures[part.value] = *part.figure;
    return figures;
}

inline siyu::Fraction at(const std::map<std::string, siyu::Fraction>& figures, const std::string& value) {
    const auto found = figures.find(value);
    return found == figures.end() ? siyu::Fraction(0) : found->second;
}

// Nothing where there is nothing to divide by.
inline std::optional<siyu::Fraction> share_of(siyu::Fraction part, siyu::Fraction whole) {
    return siyu::Fraction(0) < whole ? std::optional(part / whole) : std::nullopt;
}

// A setting of so many days: no more than a report can look back.
inline std::int32_t days_of(const siyu::Settings& settings, const char* key, std::int64_t fallback) {
    constexpr std::int64_t most = 3660;
    const std::int64_t days = settings.positive_whole(key, fallback);
    if (days > most)
        throw siyu::Failure(SIYU_BAD_CONFIG, std::string(key) + " is " + std::to_string(days) +
                                                 "; it must be a number of days up to " + std::to_string(most));
    return static_cast<std::int32_t>(days);
}
