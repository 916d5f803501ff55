// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "../number.hpp"

// Settings as a tenant writes them.
namespace siyu {
inline namespace contract_v1 {
namespace testing {
namespace detail {

// `12`, `-0.5`, `12.5%`; nothing for other texts.
inline std::optional<Fraction> number_of(std::string text) {
    const bool percent = !text.empty() && text.back() == '%', negative = !text.empty() && text.front() == '-';
    if (percent) text.pop_back();
    std::int64_t digits = 0, below = percent ? 100 : 1;
    bool point = false, any = false;
    for (std::size_t i = negative ? 1 : 0; i < text.size(); ++i) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || digits > 10'000'000'000'000) return std::nullopt;
        digits = digits * 10 + (text[i] - '0'), any = true;
        if (point) below *= 10;
    }
    return any ? std::optional(Fraction(negative ? -digits : digits, below)) : std::nullopt;
}

inline std::optional<Fraction> yes_or_no(const std::string& text) {
    for (const char* yes : {"yes", "true", "1", "是"})
        if (text == yes) return Fraction(1);
    for (const char* no : {"no", "false", "0", "否"})
        if (text == no) return Fraction(0);
    return std::nullopt;
}

// Nothing where the text is not of the form (SIYU_WHOLE and its like).
inline std::optional<Fraction> setting_of(const std::string& text, std::uint32_t form) {
    if (form == SIYU_YES_NO) return yes_or_no(text);
    const std::optional<Fraction> number = number_of(text);
    if (!number) return std::nullopt;
    const bool whole = form == SIYU_WHOLE || form == SIYU_POSITIVE_WHOLE;
    const bool positive = form == SIYU_POSITIVE || form == SIYU_POSITIVE_WHOLE;
    if ((whole && (number->den != 1 || number->num < 0)) || (positive && number->num <= 0)) return std::nullopt;
    return number;
}

}  // namespace detail
}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
