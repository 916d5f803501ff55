// SPDX-License-Identifier: Apache-2.0
#include "core/engine/staff.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

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
    Ledger ledger(database, agency_tenant, Zone("UTC"));
    Words& words = ledger.words();
    const auto day = [](std::int64_t cell, Day open) {
        return cell == absent ? open : Day{static_cast<std::int32_t>(cell)};
    };
    Staff staff;
    const FactKind& allocation = kind_of(Fact::allocations);
    const std::size_t whose = allocation.place("guide_id"), given_to = allocation.place("tenant"),
                      part = allocation.place("share"), from = allocation.place("from"), to = allocation.place("to");
    const Rows& allocations = ledger.rows(Fact::allocations);
    const std::int64_t tenant_word = words.find(Space::word, tenant);
    std::unordered_set<std::int64_t> ours;  // guides
    for (std::size_t i = 0; i < allocations.size(); ++i)
        if (allocations[i][given_to] == tenant_word) ours.insert(allocations[i][whose]);
    std::unordered_map<std::int64_t, Fraction> shares;  // by word: there are few
    for (std::size_t i = 0; i < allocations.size(); ++i) {
        const auto row = allocations[i];
        if (!ours.contains(row[whose])) continue;
        const auto [share, fresh] = shares.try_emplace(row[part]);
        if (fresh) share->second = *Fraction::parse_exact(words.text(Space::word, row[part]));
        const bool own = row[given_to] == tenant_word;
        (own ? staff.allocations : staff.elsewhere)
            .push_back({words.text(Space::word, row[whose]), own ? tenant : std::string(), share->second,
                        day(row[from], earliest_day), day(row[to], latest_day)});
    }
    const FactKind& guide = kind_of(Fact::guides);
    const std::size_t id = guide.place("guide_id"), name = guide.place("name"), type = guide.place("type"),
                      cost = guide.place("monthly_cost"), since = guide.place("from"), until = guide.place("to");
    const Rows& guides = ledger.rows(Fact::guides);
    for (std::size_t i = 0; i < guides.size(); ++i) {
        const auto row = guides[i];
        if (!ours.contains(row[id])) continue;
        staff.roster.push_back({words.text(Space::word, row[id]), words.text(Space::word, row[name]),
                                words.text(Space::word, row[type]), row[cost], day(row[since], earliest_day),
                                day(row[until], latest_day)});
    }
    sort_by_guide(staff.allocations);
    sort_by_guide(staff.elsewhere);
    sort_by_guide(staff.roster);
    return staff;
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
