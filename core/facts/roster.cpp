// SPDX-License-Identifier: Apache-2.0
#include "core/facts/roster.hpp"

namespace siyu {

namespace {

std::vector<Roster> all_rosters() {
    std::vector<Roster> found;
    const auto add = [&found](Fact fact, std::string_view by, std::string_view first, std::string_view last) {
        const FactKind& kind = kind_of(fact);
        const auto column = [&kind](std::string_view name) { return name.empty() ? -1 : kind.column(name); };
        found.push_back({fact, column(by), column(first), column(last)});
    };
    add(Fact::kocs, "koc_id", "since", "");
    add(Fact::groups, "group_id", "opened_on", "");
    add(Fact::guides, "", "from", "to");  // the agency's: a tenant's rows are looked up among its own
    add(Fact::stores, "store_id", "opened_on", "");
    add(Fact::store_guides, "guide_id", "from", "to");
    add(Fact::memberships, "customer_id", "from", "to");
    add(Fact::agents, "agent_id", "since", "to");
    return found;
}

Day day_or(std::span<const std::int64_t> row, int column, Day open) {
    if (column < 0) return open;
    const std::int64_t cell = row[static_cast<std::size_t>(column)];
    return cell == absent ? open : Day{static_cast<std::int32_t>(cell)};
}

}  // namespace

Day Roster::first_day(std::span<const std::int64_t> row) const { return day_or(row, first, earliest_day); }
Day Roster::last_day(std::span<const std::int64_t> row) const { return day_or(row, last, latest_day); }

std::span<const Roster> rosters() {
    static const std::vector<Roster> all = all_rosters();
    return all;
}

const Roster* roster_of(Fact fact) {
    for (const Roster& roster : rosters())
        if (roster.fact == fact) return &roster;
    return nullptr;
}

const Roster* roster_by(std::string_view column) {
    for (const Roster& roster : rosters())
        if (roster.by >= 0 && kind_of(roster.fact).columns[static_cast<std::size_t>(roster.by)].name == column)
            return &roster;
    return nullptr;
}

std::pair<std::string_view, std::string_view> looked_up(std::string_view column) {
    const std::size_t dot = column.find('.');
    if (dot == std::string_view::npos) return {column, {}};
    return {column.substr(0, dot), column.substr(dot + 1)};
}

}  // namespace siyu
