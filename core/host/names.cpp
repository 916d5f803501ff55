// SPDX-License-Identifier: Apache-2.0
#include "core/host/names.hpp"

#include "core/host/wire.hpp"

namespace siyu {

namespace {

std::vector<std::string> column_names(const FactKind& kind) {
    std::vector<std::string> names;
    for (const Column& column : kind.columns) names.emplace_back(column.name);
    return names;
}

// A column of the fact's own; null where there is none.
const Column* own(const FactKind& kind, std::string_view name) {
    const int found = kind.column(name);
    return found < 0 ? nullptr : &kind.columns[static_cast<std::size_t>(found)];
}

const Column* own_or_noted(const FactKind& kind, const std::string& name, Problems& problems) {
    const Column* found = own(kind, name);
    if (!found)
        problems.add_unknown("plugin.unknown_column", {{"fact", std::string(kind.name)}, {"column", name}},
                             nearest(name, column_names(kind)));
    return found;
}

// What stands after the dot, in the roster that the column looks up.
const Column* attribute(const Column& by, const std::string& wanted, std::string& name, Problems& problems) {
    const Roster* roster = roster_by(by.name);
    if (!roster) {
        problems.add("plugin.no_lookup", {{"column", std::string(by.name)}, {"wanted", name}});
        return nullptr;
    }
    const Column* found = own_or_noted(kind_of(roster->fact), wanted, problems);
    if (found) name = std::string(by.name) + "." + std::string(found->name);
    return found;
}

}  // namespace

const FactKind* find_fact(std::string& name, Problems& problems) {
    if (const std::optional<Fact> fact = parse_fact(name)) {
        name = kind_of(*fact).name;
        return &kind_of(*fact);
    }
    std::vector<std::string> names;
    for (const FactKind& kind : fact_kinds()) names.emplace_back(kind.name);
    problems.add_unknown("plugin.unknown_fact", {{"fact", name}}, nearest(name, names));
    return nullptr;
}

const Roster* find_roster(std::string& name, Problems& problems) {
    const std::optional<Fact> fact = parse_fact(name);
    if (const Roster* roster = fact ? roster_of(*fact) : nullptr) {
        name = kind_of(*fact).name;
        return roster;
    }
    std::vector<std::string> names;
    for (const Roster& roster : rosters()) names.emplace_back(kind_of(roster.fact).name);
    problems.add_unknown("plugin.unknown_roster", {{"roster", name}}, nearest(name, names));
    return nullptr;
}

const Column* find_column(const FactKind& kind, std::string& name, Problems& problems) {
    const auto [base, wanted] = looked_up(name);
    const Column* column = own_or_noted(kind, std::string(base), problems);
    if (!column) return nullptr;
    if (name.find('.') != std::string::npos) return attribute(*column, std::string(wanted), name, problems);
    name = column->name;
    return column;
}

const Column* find_column(std::string& name, Problems& problems) {
    const auto [base, wanted] = looked_up(name);
    std::vector<std::string> names;
    for (const FactKind& kind : fact_kinds()) {
        const Column* column = own(kind, base);
        if (!column) {
            for (std::string& known : column_names(kind)) names.push_back(std::move(known));
            continue;
        }
        if (name.find('.') != std::string::npos) return attribute(*column, std::string(wanted), name, problems);
        name = column->name;
        return column;
    }
    problems.add_unknown("plugin.no_such_column", {{"column", std::string(base)}}, nearest(base, names));
    return nullptr;
}

}  // namespace siyu
