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
