// SPDX-License-Identifier: Apache-2.0
#include "team.hpp"

#include <algorithm>
#include <set>

using namespace siyu;

namespace {

ByValue by_agent(const Evaluation& e, Asked measure, std::int32_t first, std::int32_t last) {
    ByValue found;
    for (const Part& part : e.split(measure, "agent_id", first, last))
        if (part.figure) found[part.value] = *part.figure;
    return found;
}

}  // namespace

Movement movement(const Evaluation& e, const Stock& stock, std::int32_t first, std::int32_t last) {
    return {by_agent(e, stock.stocked, first, last), by_agent(e, stock.sold, first, last)};
}

Fraction at(const ByValue& figures, const std::string& value) {
    const auto found = figures.find(value);
    return found == figures.end() ? Fraction(0) : found->second;
}

Fraction whole(std::size_t number) { return static_cast<std::int64_t>(number); }

void put_left(const Texts& texts, const char* list, std::size_t found) {
    if (found > most_rows) texts.row(list, {{"left", whole(found - most_rows), Unit::count}});
}

Team::Team(const Evaluation& e) {
    for (const RosterRow& row : e.roster("agents", {"agent_id", "name", "level", "upline_id", "since"})) {
        places_[row["agent_id"]] = agents_.size();
        agents_.push_back({row["agent_id"], row["name"].empty() ? row["agent_id"] : row["name"], row["level"],
                           row["upline_id"], row.day("since").value_or(0)});
    }
}

const Agent* Team::find(const std::string& id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : &agents_[place->second];
}

std::string Team::name(const std::string& id) const {
    const Agent* agent = find(id);
    return agent ? agent->name : id;
}

std::string Team::head(const std::string& id) const {
    std::set<std::string> seen{id};
    std::string top = id;
    for (const Agent* agent = find(id); agent && !agent->upline.empty(); agent = find(top)) {
        if (!seen.insert(agent->upline).second) break;
        top = agent->upline;
    }
    return top;
}

std::vector<std::string> Team::levels(const std::vector<std::string>& told) const {
    std::map<std::string, std::size_t> sizes;
    for (const Agent& agent : agents_) ++sizes[agent.level];
    std::vector<std::string> order;
    for (const auto& [level, size] : sizes) order.push_back(level);
    const auto rank = [&](const std::string& level) {
        return std::find(told.begin(), told.end(), level) - told.begin();
    };
    std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
        return rank(a) == rank(b) ? sizes[a] < sizes[b] : rank(a) < rank(b);
    });
    return order;
}
