// SPDX-License-Identifier: Apache-2.0
#include "tenants/send_time.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>
#include <vector>

namespace siyu {

namespace {

std::optional<int> number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
    return value;
}

}  // namespace

std::optional<int> parse_time_of_day(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
    const auto hour = number(text.substr(0, colon), 0, 23), minute = number(text.substr(colon + 1), 0, 59);
    if (!hour || !minute) return std::nullopt;
    return *hour * 60 + *minute;
}

std::optional<SendTime> SendTime::parse(Rhythm rhythm, std::string_view text) {
    std::istringstream stream{std::string(text)};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    SendTime time;
    if (!words.empty() && words.back() == "workdays") {
        time.workdays = true;
        words.pop_back();
    }
    if (words.size() == 2 && rhythm == Rhythm::weekly) {
        constexpr std::string_view days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        const auto* day = std::find(std::begin(days), std::end(days), words[0]);
        if (day == std::end(days)) return std::nullopt;
        time.weekday = static_cast<int>(day - std::begin(days));
    } else if (words.size() == 2 && rhythm == Rhythm::monthly) {
        const auto day = number(words[0], 1, 31);
        if (!day) return std::nullopt;
        time.day = *day;
    } else if (words.size() != 1) {
        return std::nullopt;
    }
    const auto minute = parse_time_of_day(words.back());
    if (!minute) return std::nullopt;
    time.minute = *minute;
    return time;
}

Day SendTime::day_after(const Period& period) const {
    const Day next = period.last + 1;
    switch (period.rhythm) {
        case Rhythm::daily: return next;
        case Rhythm::weekly: return next + weekday;
        case Rhythm::monthly: break;
    }
    return next + (std::min(day, days_in_month(next)) - 1);
}

}  // namespace siyu
