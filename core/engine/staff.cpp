// SPDX-License-Identifier: Apache-2.0
#include "core/engine/staff.hpp"

#include <algorithm>
#include <ranges>
#include <set>

#include "tenants/tenants.hpp"

namespace siyu {

namespace {

// A brand may have ten thousand guides.
template <class Row>
auto of_guide(const std::vector<Row>& rows, const std::string& guide) {
    struct ByGuide {
        bool operator()(const Row& row, const std::string& id) const { return row.guide < id; }
        bool operator()(const std::string& id, const Row& row) const { return id < row.guide; }
    };
    const auto [first, last] = std::equal_range(rows.begin(), rows.end(), guide, ByGuide{});
    return std::ranges::subrange(first, last);
}

template <class Row>
void sort_by_guide(std::vector<Row>& rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.guide < b.guide; });
}

}  // namespace

Staff staff_of(Database& database, const std::string& tenant) {
    // Dates alone: the zone does not matter.
    Ledger ledger(database, agency, Zone("UTC"));
    Words& words = ledger.words();
    const auto day = [](std::int64_t cell, Day open) {
        return cell == absent ? open : Day{static_cast<std::int32_t>(cell)};
    };
    Staff staff;
    const FactKind& allocation = kind_of(Fact::allocations);
    const Rows& allocations = ledger.rows(Fact::allocations);
    for (std::size_t i = 0; i < allocations.size(); ++i) {
        const auto row = allocations[i];
        Allocation found{words.text(Space::word, row[allocation.place("guide_id")]),
                         words.text(Space::word, row[allocation.place("tenant")]),
                         *Fraction::parse_exact(words.text(Space::word, row[allocation.place("share")])),
                         day(row[allocation.place("from")], earliest_day),
                         day(row[allocation.place("to")], latest_day)};
        if (found.tenant == tenant) {
            staff.allocations.push_back(std::move(found));
        } else {
            found.tenant.clear();
            staff.elsewhere.push_back(std::move(found));
        }
    }
    std::set<std::string> ours;
    for (const Allocation& found : staff.allocations) ours.insert(found.guide);
    std::erase_if(staff.elsewhere, [&ours](const Allocation& found) { return !ours.contains(found.guide); });
    const FactKind& guide = kind_of(Fact::guides);
    const Rows& guides = ledger.rows(Fact::guides);
    for (std::size_t i = 0; i < guides.size(); ++i) {
        const auto row = guides[i];
        const std::string& id = words.text(Space::word, row[guide.place("guide_id")]);
        if (!ours.contains(id)) continue;
        staff.roster.push_back({id, words.text(Space::word, row[guide.place("name")]),
                                words.text(Space::word, row[guide.place("type")]), row[guide.place("monthly_cost")],
                                day(row[guide.place("from")], earliest_day), day(row[guide.place("to")], latest_day)});
    }
    sort_by_guide(staff.allocations);
    sort_by_guide(staff.elsewhere);
    sort_by_guide(staff.roster);
    return staff;
}

Fraction Staff::full_time(Day day) const {
    Fraction sum;
    for (const Allocation& allocation : allocations)
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
    const RosterRow* row = row_of(guide, day);
    if (!row) return Gap::no_value;
    return share(day, guide) * Fraction(row->monthly_cost, days_in_month(day));
}

std::vector<std::string> Staff::guides(Day day) const {
    std::vector<std::string> found;
    for (const Allocation& allocation : allocations)
        if (allocation.covers(day) && (found.empty() || found.back() != allocation.guide))
            found.push_back(allocation.guide);
    return found;
}

Fraction Staff::share(Day day, const std::string& guide) const {
    Fraction sum;
    for (const Allocation& allocation : of_guide(allocations, guide))
        if (allocation.covers(day)) sum += allocation.share;
    return sum;
}

// Of several rows that cover the day the one with the latest `from`.
const RosterRow* Staff::row_of(const std::string& guide, Day day) const {
    const RosterRow* found = nullptr;
    for (const RosterRow& row : of_guide(roster, guide))
        if (row.covers(day) && (!found || row.from > found->from)) found = &row;
    return found;
}

Fraction Staff::total_share(const std::string& guide, Day day) const {
    Fraction sum = share(day, guide);
    for (const Allocation& allocation : of_guide(elsewhere, guide))
        if (allocation.covers(day)) sum += allocation.share;
    return sum;
}

// Allocations that overlap or follow each other day by day are one stretch.
Rows Staff::rows(Words& words) const {
    const FactKind& kind = kind_of(Fact::guides);
    Rows found(kind);
    for (const RosterRow& known : roster) {
        std::vector<std::pair<Day, Day>> stretches;
        for (const Allocation& allocation : of_guide(allocations, known.guide))
            stretches.emplace_back(allocation.from, allocation.to);
        std::sort(stretches.begin(), stretches.end());
        for (std::size_t i = 0; i < stretches.size();) {
            auto [from, to] = stretches[i];
            for (++i; i < stretches.size() && stretches[i].first <= to + 1; ++i) to = std::max(to, stretches[i].second);
            from = std::max(from, known.from);
            to = std::min(to, known.to);
            if (from > to) continue;
            const auto row = found.add();
            row[kind.place("guide_id")] = words.lend(Space::word, known.guide);
            row[kind.place("name")] = words.lend(Space::word, known.name);
            row[kind.place("type")] = words.lend(Space::word, known.type);
            row[kind.place("monthly_cost")] = known.monthly_cost;
            row[kind.place("from")] = from == earliest_day ? absent : from.number;
            row[kind.place("to")] = to == latest_day ? absent : to.number;
        }
    }
    found.settle(kind);
    return found;
}

}  // namespace siyu
