// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/blueprint.hpp"

#include <algorithm>
#include <set>

#include "core/facts/roster.hpp"

namespace siyu {

namespace {

using Names = std::set<std::string>;

// Rosters that filters look columns up in.
void gather(const std::vector<Filter>& filters, Names& facts) {
    for (const Filter& filter : filters) {
        const auto [column, looked] = looked_up(filter.column);
        const Roster* roster = looked.empty() ? nullptr : roster_by(column);
        if (roster) facts.emplace(to_string(roster->fact));
    }
}

// Which facts each set and quantity is made of.
void gather_set(const Blueprint& blueprint, SetId id, Names& facts) {
    if (id == none) return;
    const SetNode& node = blueprint.sets[static_cast<std::size_t>(id)];
    gather(node.filters, facts);
    using Op = SetNode::Op;
    switch (node.op) {
        case Op::members:
        case Op::group_members: facts.insert({"joins", "leaves"}); break;
        case Op::joined: facts.insert("joins"); break;
        case Op::arrived: facts.insert({"joins", "leaves"}); break;
        case Op::left: facts.insert("leaves"); break;
        case Op::interacted: facts.insert("interactions"); break;
        case Op::bought:
        case Op::spent:
        case Op::basket: facts.insert("orders"); break;
        case Op::listed: facts.insert(node.name); break;
        case Op::both:
        case Op::either:
        case Op::without:
        case Op::followed: gather_set(blueprint, node.left, facts); gather_set(blueprint, node.right, facts);
    }
}

void gather_quantity(const std::string& name, Names& facts) {
    if (name == "refunds_booked") facts.insert({"orders", "refunds"});
    if (name.starts_with("tickets_")) facts.insert("tickets");
    if (name == "surveys_satisfied") facts.insert("surveys");
    if (name == "chats_replied" || name == "reply_minutes") facts.insert("guide_days");
    if (name == "guide_days_reaching" || name == "store_guide_days_reaching") facts.insert("guide_actions");
    if (name.starts_with("guide_days_") || name == "full_time_guides" || name == "guide_cost")
        facts.insert("allocations");
    if (name == "guide_cost") facts.insert("guides");
    if (name.starts_with("sales_")) facts.insert({"orders", "joins"});
    if (name.starts_with("memberships_")) facts.insert("memberships");
    if (name.starts_with("store_guide_days")) facts.insert("store_guides");
}

void gather_measure(const Blueprint& blueprint, MeasureId id, Names& facts) {
    if (id == none) return;
    const MeasureNode& node = blueprint.measures[static_cast<std::size_t>(id)];
    gather(node.filters, facts);
    gather_set(blueprint, node.set, facts);
    using Op = MeasureNode::Op;
    switch (node.op) {
        case Op::constant:
        case Op::size: break;
        case Op::total:
        case Op::distinct:
        case Op::begun: facts.insert(node.name); break;
        case Op::quantity: gather_quantity(node.name, facts); break;
        case Op::plus:
        case Op::minus: gather_measure(blueprint, node.left, facts); gather_measure(blueprint, node.right, facts);
    }
}

}  // namespace

const std::vector<Quantity>& quantities() {
    static const std::vector<Quantity> all{
        {"refunds_booked", 0, true},        {"tickets_answered", 1, false},    {"tickets_due", 1, false},
        {"tickets_overdue", 1, false},      {"surveys_satisfied", 0, false},   {"chats_replied", 0, false},
        {"guide_days_allocated", 0, false}, {"guide_days_reaching", 3, false}, {"full_time_guides", 0, false},
        {"guide_cost", 0, false},           {"service_fee", 0, false},         {"sales_at_origin", 0, true},
        {"sales_elsewhere", 0, true},       {"reply_minutes", 0, false},       {"memberships_due", 1, false},
        {"memberships_renewed", 1, false},  {"store_guide_days", 0, false},    {"store_guide_days_reaching", 3, false},
    };
    return all;
}

bool Blueprint::has_code() const {
    return std::any_of(kpis.begin(), kpis.end(), [](const Kpi& kpi) { return bool(kpi.compute); }) ||
           std::any_of(sections.begin(), sections.end(), [](const Section& section) { return bool(section.fill); });
}

const Kpi* Blueprint::kpi(std::string_view id) const {
    const auto found = std::find_if(kpis.begin(), kpis.end(), [&](const Kpi& kpi) { return kpi.id == id; });
    return found == kpis.end() ? nullptr : &*found;
}

const Lines* Blueprint::lines_of(std::string_view id) const {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& entry) { return entry.first == id; });
    return found == lines.end() ? nullptr : &found->second;
}

std::vector<std::string> Blueprint::facts_of(const Kpi& kpi) const {
    std::set<std::string> facts;
    gather_measure(*this, kpi.above, facts);
    gather_measure(*this, kpi.below, facts);
    return {facts.begin(), facts.end()};
}

std::vector<std::string> Blueprint::facts_of(MeasureId measure) const {
    std::set<std::string> facts;
    gather_measure(*this, measure, facts);
    return {facts.begin(), facts.end()};
}

}  // namespace siyu
