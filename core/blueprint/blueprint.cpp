// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/blueprint.hpp"

#include <algorithm>
#include <set>

namespace siyu {

namespace {

// Which facts each set and quantity is made of.
void gather(const Blueprint& blueprint, SetId id, std::set<std::string>& facts) {
    if (id == none) return;
    const SetNode& node = blueprint.sets[static_cast<std::size_t>(id)];
    using Op = SetNode::Op;
    switch (node.op) {
        case Op::members:
        case Op::group_members: facts.insert({"joins", "leaves"}); break;
        case Op::joined: facts.insert("joins"); break;
        case Op::arrived: facts.insert({"joins", "leaves"}); break;
        case Op::left: facts.insert("leaves"); break;
        case Op::interacted: facts.insert("interactions"); break;
        case Op::bought: facts.insert("orders"); break;
        case Op::both:
        case Op::either:
        case Op::without: gather(blueprint, node.left, facts); gather(blueprint, node.right, facts);
    }
}

void gather_quantity(const std::string& name, std::set<std::string>& facts) {
    if (name == "refunds_booked") facts.insert({"orders", "refunds"});
    if (name.starts_with("tickets_")) facts.insert("tickets");
    if (name == "surveys_satisfied") facts.insert("surveys");
    if (name == "chats_replied") facts.insert("guide_days");
    if (name == "guide_days_reaching") facts.insert("guide_actions");
    if (name.starts_with("guide_days_") || name == "full_time_guides" || name == "guide_cost")
        facts.insert("allocations");
    if (name == "guide_cost") facts.insert("guides");
}

void gather_measure(const Blueprint& blueprint, MeasureId id, std::set<std::string>& facts) {
    if (id == none) return;
    const MeasureNode& node = blueprint.measures[static_cast<std::size_t>(id)];
    using Op = MeasureNode::Op;
    switch (node.op) {
        case Op::constant: break;
        case Op::total:
        case Op::distinct: facts.insert(node.name); break;
        case Op::size: gather(blueprint, node.set, facts); break;
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
        {"guide_cost", 0, false},           {"service_fee", 0, false},
    };
    return all;
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

}  // namespace siyu
