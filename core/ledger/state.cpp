// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/state.hpp"

#include <set>
#include <vector>

namespace siyu {

namespace {

constexpr int days_between_whole_sets = 32;

// The first day from `day` on at which a whole set may stand.
Day whole_set_after(Day day) {
    const int over = day.number % days_between_whole_sets;
    return over == 0 ? day : day + (days_between_whole_sets - over);
}

}  // namespace

Customers State::at(Day day) {
    std::vector<Customers> steps(1);
    Day first = earliest_day;
    if (auto whole = shelf_.latest_set(series_ + whole_sets, day)) {
        steps[0] = std::move(whole->second);
        first = whole->first + 1;
    }
    shelf_.each(series_, first, day, [&steps](Day, std::string_view cell) { steps.push_back(read_set(cell)); });
    // The changes come together two by two, so that the whole set is gone through once and not for each day.
    for (std::size_t apart = 1; apart < steps.size(); apart *= 2)
        for (std::size_t i = 1; i + apart < steps.size(); i += 2 * apart) steps[i] ^= steps[i + apart];
    if (steps.size() > 1) steps[0] ^= steps[1];
    return std::move(steps[0]);
}

void State::toggle(const std::map<Day, Customers>& changes) {
    if (changes.empty()) return;
    for (const auto& [day, who] : changes) shelf_.save_set(series_, day, shelf_.load_set(series_, day) ^ who);

    // The whole sets that are there take over what changed before them.
    Customers gathered;
    auto change = changes.begin();
    std::set<Day> there;
    for (const Day day : shelf_.days_from(series_ + whole_sets, changes.begin()->first)) {
        there.insert(day);
        for (; change != changes.end() && change->first <= day; ++change) gathered ^= change->second;
        // Saved even when empty: a whole set that vanished would bring back what was before it.
        Customers set = shelf_.load_set(series_ + whole_sets, day) ^ gathered;
        set.runOptimize();
        shelf_.save(series_ + whole_sets, day, write_set(set));
    }
    // And where days were added, those still missing are made, as far as there are later days to use them.
    const auto days = shelf_.days_from(series_, changes.begin()->first);
    const Day last = days.empty() ? changes.rbegin()->first : days.back();
    std::set<Day> wanted;
    if (const Day whole = whole_set_after(last) - days_between_whole_sets; whole < last && !there.contains(whole))
        if (whole >= earliest_day && !shelf_.load(series_ + whole_sets, whole)) wanted.insert(whole);
    for (const auto& [day, who] : changes)
        if (const Day whole = whole_set_after(day); whole < last && !there.contains(whole)) wanted.insert(whole);
    for (const Day day : wanted) {
        Customers set = at(day);
        set.runOptimize();
        shelf_.save(series_ + whole_sets, day, write_set(set));
    }
}

}  // namespace siyu
