// SPDX-License-Identifier: Apache-2.0
#include "core/engine/usual.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/ledger/sums.hpp"

namespace siyu {

namespace {

constexpr int week = 7;
// Half of the usual at most is far too little, three times as much far too much; and more than so many times what days
// stray by anyway.
constexpr std::int64_t thousand = 1000, little = 500, much = 3000, strays_below = 6, strays_above = 10;
// (value - m)² against 16 m: four standard deviations of a count around m.
constexpr Wide chance = 16;

// 0 for none.
std::int64_t twice_the_middle(std::vector<std::int64_t> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? 2 * values[half] : values[half - 1] + values[half];
}

bool beyond_chance(Wide twice_value, Wide twice_median, int bunch) {
    return (twice_value - twice_median) * (twice_value - twice_median) >= 2 * chance * bunch * twice_median;
}

}  // namespace

std::optional<Usual> Usual::learn(std::span<const std::int64_t> before) {
    before = before.first(std::min(before.size(), std::size_t{days_looked_at}));
    while (!before.empty() && before.back() == 0) before = before.first(before.size() - 1);
    if (before.size() < days_needed) return std::nullopt;
    Usual usual;
    usual.days = static_cast<int>(before.size());
    // By how many days after the same weekday they come.
    std::array<std::vector<std::int64_t>, week> weekdays;
    for (std::size_t i = 0; i < before.size(); ++i) weekdays[(i + 1) % week].push_back(before[i]);
    std::array<std::int64_t, week> medians{};
    std::transform(weekdays.begin(), weekdays.end(), medians.begin(), twice_the_middle);
    std::vector<std::int64_t> strayed;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const Wide median = medians[(i + 1) % week];
        if (median == 0) continue;
        const Wide away = Wide{2} * before[i] - median;
        strayed.push_back(static_cast<std::int64_t>(
            std::min((away < 0 ? -away : away) * thousand / median, Wide{thousand} * thousand)));
    }
    usual.straying = twice_the_middle(std::move(strayed)) / 2;
    usual.twice_median = medians[0];
    usual.same = static_cast<int>(weekdays[0].size());
    usual.same_with = static_cast<int>(
        std::count_if(weekdays[0].begin(), weekdays[0].end(), [](std::int64_t value) { return value != 0; }));
    return usual;
}

bool Usual::far_below(std::int64_t value, int bunch) const {
    const std::int64_t bound = std::min(little, thousand - strays_below * straying);
    if (bound <= 0 || Wide{2} * value * thousand > Wide{twice_median} * bound) return false;
    return twice_median > 0 && beyond_chance(Wide{2} * value, twice_median, bunch);
}

bool Usual::far_above(std::int64_t value, int bunch) const {
    const std::int64_t bound = std::max(much, thousand + strays_above * straying);
    if (twice_median == 0 || Wide{2} * value * thousand < Wide{twice_median} * bound) return false;
    return beyond_chance(Wide{2} * value, twice_median, bunch);
}

}  // namespace siyu
