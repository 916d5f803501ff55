// SPDX-License-Identifier: Apache-2.0
#include "core/intake/sheet_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/base/day.hpp"

namespace siyu {

namespace {

constexpr int exact_digits = 15;
constexpr int seconds_per_day = 86400;

// Moves the point of a plain decimal two places to the right: 0.125 is 12.5.
std::string times_hundred(std::string number) {
    std::size_t point = number.find('.');
    if (point == std::string::npos) return number == "0" ? number : number + "00";
    number.erase(point, 1);
    while (number.size() < point + 2) number += '0';
    number.insert(point + 2, ".");
    while (number.ends_with('0')) number.pop_back();
    if (number.ends_with('.')) number.pop_back();
    const std::size_t digits = number.starts_with('-') ? 1 : 0;
    while (number.size() > digits + 1 && number[digits] == '0' && number[digits + 1] != '.') number.erase(digits, 1);
    return number;
}

}  // namespace

std::string plain_number(std::string_view stored) {
    std::size_t digits = 0;
    bool point = false, exponent = false;
    for (const char c : stored) {
        if (c >= '0' && c <= '9' && !exponent && (digits > 0 || c != '0')) ++digits;
        point = point || c == '.';
        exponent = exponent || c == 'E' || c == 'e';
    }
    if (!exponent && (!point || digits <= exact_digits)) return std::string(stored);
    double value = 0;
    const auto [end, wrong] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
    if (wrong != std::errc{} || end != stored.data() + stored.size() || !std::isfinite(value))
        return std::string(stored);
    std::array<char, 400> text{};
    if (std::abs(value) >= 1e15) {
        if (!exponent) return std::string(stored);
        std::snprintf(text.data(), text.size(), "%.*E", exact_digits - 1, value);
        std::string mantissa(text.data());
        const std::size_t e = mantissa.find('E');
        std::string power = mantissa.substr(e);
        mantissa.resize(e);
        while (mantissa.ends_with('0')) mantissa.pop_back();
        if (mantissa.ends_with('.')) mantissa.pop_back();
        return mantissa + power;
    }
    if (value == 0) return "0";
    // So many places that 15 digits are shown in all.
    const int whole = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    std::snprintf(text.data(), text.size(), "%.*f", std::clamp(exact_digits - whole, 0, 330), value);
    std::string plain(text.data());
    if (plain.find('.') != std::string::npos) {
        while (plain.ends_with('0')) plain.pop_back();
        if (plain.ends_with('.')) plain.pop_back();
    }
    return plain;
}

std::string serial_text(double serial, bool from_1904) {
    constexpr double last = 2958466;  // the year 10000
    if (!(serial >= 0 && serial < last)) return {};
    auto days = static_cast<std::int64_t>(std::floor(serial));
    auto millis = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * seconds_per_day * 1000.0));
    if (millis >= std::int64_t{seconds_per_day} * 1000) {
        ++days;
        millis = 0;
    }
    const Day first = from_1904 ? *day_of(1904, 1, 1) : *day_of(1899, 12, 30);
    // The 1900 epoch counts a 29 February 1900 that never was.
    const Day day = first + static_cast<int>(days) + (!from_1904 && days < 60 ? 1 : 0);
    std::string text = to_string(day);
    if (millis == 0) return text;
    std::array<char, 32> clock{};
    const auto seconds = static_cast<int>(millis / 1000);
    std::snprintf(clock.data(), clock.size(), " %02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    text += clock.data();
    if (millis % 1000 != 0) {
        std::snprintf(clock.data(), clock.size(), ".%03d", static_cast<int>(millis % 1000));
        text += clock.data();
    }
    return text;
}

bool is_date_format(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
        switch (format[i]) {
            case '"': i = std::min(format.find('"', i + 1), format.size()); break;
            case '\\':
            case '_':
            case '*': ++i; break;
            case '[': {
                // [h] and [mm] measure how long something took; [Red], [$-804] say nothing of it.
                const std::size_t end = std::min(format.find(']', i), format.size());
                const char c = i + 1 < end ? static_cast<char>(format[i + 1] | 0x20) : ' ';
                if (format.find_first_not_of("hHmMsS", i + 1) == end && (c == 'h' || c == 'm' || c == 's'))
                    return false;
                i = end;
                break;
            }
            case ';': return false;
            case 'G':
            case 'g':
                if (format.substr(i).starts_with("General")) return false;
                break;
            default:
                if (std::string_view("yYmMdDhHsS").find(format[i]) != std::string_view::npos) return true;
        }
    }
    return false;
}

std::string percent_text(std::string_view plain) { return times_hundred(std::string(plain)) + "%"; }

}  // namespace siyu
