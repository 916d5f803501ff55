// SPDX-License-Identifier: Apache-2.0
#include "core/engine/staff.hpp"

#include <set>

namespace siyu {

Staff::Staff(Ledger& agency, const std::string& tenant) {
    Words& words = agency.words();
    const auto day = [](std::int64_t cell, Day open) {
        return cell == absent ? open : Day{static_cast<std::int32_t>(cell)};
    };
    const FactKind& allocation = kind_of(Fact::allocations);
    const Rows& allocations = agency.rows(Fact::allocations);
    for (std::size_t i = 0; i < allocations.size(); ++i) {
        const auto row = allocations[i];
        Allocation found{words.text(Space::word, row[allocation.place("guide_id")]),
                         words.text(Space::word, row[allocation.place("tenant")]),
                         *Fraction::parse_exact(words.text(Space::word, row[allocation.place("share")])),
                         day(row[allocation.place("from")], earliest_day),
                         day(row[allocation.place("to")], latest_day)};
        (found.tenant == tenant ? allocations_ : others_).push_back(std::move(found));
    }
    const FactKind& guide = kind_of(Fact::guides);
    const Rows& guides = agency.rows(Fact::guides);
    for (std::size_t i = 0; i < guides.size(); ++i) {
        const auto row = guides[i];
        roster_.push_back({words.text(Space::word, row[guide.place("guide_id")]),
                           words.text(Space::word, row[guide.place("name")]),
                           words.text(Space::word, row[guide.place("type")]), row[guide.place("monthly_cost")],
                           day(row[guide.place("from")], earliest_day), day(row[guide.place("to")], latest_day)});
    }
}

Fraction Staff::full_time(Day day) const {
    Fraction sum;
    for (const Allocation& allocation : allocations_)
        if (allocation.covers(day)) sum += allocation.share;
    return sum;
}

Value Staff::cost(Day day) const {
    Fraction sum;
    for (const std::string& guide : guides(day)) {
        Value of_guide = cost(day, guide);
        if (!of_guide) return of_guide;
        sum += *of_guide;
    }
    return sum;
}

Value Staff::cost(Day day, const std::string& guide) const {
    const RosterRow* row = roster(guide, day);
    if (!row) return Gap::no_value;
    return share(day, guide) * Fraction(row->monthly_cost, days_in_month(day));
}

std::vector<std::string> Staff::guides(Day day) const {
    std::set<std::string> found;
    for (const Allocation& allocation : allocations_)
        if (allocation.covers(day)) found.insert(allocation.guide);
    return {found.begin(), found.end()};
}

Fraction Staff::share(Day day, const std::string& guide) const {
    Fraction sum;
    for (const Allocation& allocation : allocations_)
        if (allocation.guide == guide && allocation.covers(day)) sum += allocation.share;
    return sum;
}

// Of several rows that cover the day the one with the latest `from`.
const RosterRow* Staff::roster(const std::string& guide, Day day) const {
    const RosterRow* found = nullptr;
    for (const RosterRow& row : roster_)
        if (row.guide == guide && row.covers(day) && (!found || row.from > found->from)) found = &row;
    return found;
}

Fraction Staff::total_share(const std::string& guide, Day day) const {
    Fraction sum = share(day, guide);
    for (const Allocation& allocation : others_)
        if (allocation.guide == guide && allocation.covers(day)) sum += allocation.share;
    return sum;
}

}  // namespace siyu
