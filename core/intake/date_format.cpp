// SPDX-License-Identifier: Apache-2.0
#include "core/intake/date_format.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

#include "core/base/day.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// `+08:00` in minutes.
bool offset_of(std::string_view text, int& minutes) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    int parts[2] = {};
    for (int i = 0; i < 2; ++i)
        for (int k = 0; k < 2; ++k) {
            const char c = text[static_cast<std::size_t>(1 + 3 * i + k)];
            if (c < '0' || c > '9') return false;
            parts[i] = parts[i] * 10 + (c - '0');
        }
    minutes = (parts[0] * 60 + parts[1]) * (text[0] == '-' ? -1 : 1);
    return parts[0] < 24 && parts[1] < 60;
}

}  // namespace

std::optional<std::string> reformed(std::string_view text, std::string_view format) {
    text = strip(text);
    int year = -1, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    bool clock = false;
    const auto take = [&text](std::size_t most, int& value) {
        std::size_t n = 0;
        value = 0;
        while (n < text.size() && n < most && text[n] >= '0' && text[n] <= '9') value = value * 10 + (text[n++] - '0');
        text.remove_prefix(n);
        return n > 0;
    };
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == ' ') {
            if (text.empty() || text[0] != ' ') return std::nullopt;
            while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
            continue;
        }
        if (format[i] != '%' || i + 1 == format.size()) {
            if (text.empty() || text[0] != format[i]) return std::nullopt;
            text.remove_prefix(1);
            continue;
        }
        bool good = false;
        switch (format[++i]) {
            case 'Y': {
                const std::size_t before = text.size();
                good = take(4, year) && before - text.size() == 4;
                break;
            }
            case 'm': good = take(2, month); break;
            case 'd': good = take(2, day); break;
            case 'H': good = clock = take(2, hour) && hour < 24; break;
            case 'M': good = clock = take(2, minute) && minute < 60; break;
            case 'S': good = clock = take(2, second) && second < 60; break;
            case 's': {
                // Ten digits reach from 2001 to 2286.
                const std::size_t before = text.size();
                int high = 0, low = 0;
                if (!take(5, high) || !take(5, low) || before - text.size() != 10) return std::nullopt;
                if (!text.empty()) return std::nullopt;
                const std::string_view offset = format.substr(i + 1);
                int minutes = 0;
                if (!offset.empty() && !offset_of(offset, minutes)) return std::nullopt;
                const std::int64_t seconds = std::int64_t{high} * 100000 + low + minutes * 60;
                const Civil date = civil(Day{static_cast<std::int32_t>(seconds / 86400)});
                const auto rest = static_cast<int>(seconds % 86400);
                std::array<char, 80> made{};
                std::snprintf(made.data(), made.size(), "%04d-%02u-%02u %02d:%02d:%02d%s", date.year, date.month,
                              date.day, rest / 3600, rest / 60 % 60, rest % 60,
                              offset.empty() ? "Z" : std::string(offset).c_str());
                return std::string(made.data());
            }
            default: break;
        }
        if (!good) return std::nullopt;
    }
    if (!text.empty() || year < 0) return std::nullopt;
    if (!day_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt;
    std::array<char, 80> made{};
    if (clock)
        std::snprintf(made.data(), made.size(), "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, hour, minute,
                      second);
    else
        std::snprintf(made.data(), made.size(), "%04d-%02d-%02d", year, month, day);
    return std::string(made.data());
}

}  // namespace siyu
