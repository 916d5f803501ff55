// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/expression_json.hpp"

namespace siyu {

namespace {

using Json = nlohmann::json;

Json of(const std::vector<Filter>& filters) {
    Json array = Json::array();
    for (const Filter& filter : filters) array.push_back({filter.column, static_cast<int>(filter.test), filter.value});
    return array;
}
std::vector<Filter> filters_of(const Json& json) {
    std::vector<Filter> filters;
    for (const Json& one : json) filters.push_back({one.at(0), enum_of(one.at(1), Filter::Test::lacking), one.at(2)});
    return filters;
}

int place(int at, int first, std::size_t end, const Json& json) {
    if (at == none) return none;
    if (at < 0 || at >= static_cast<int>(end) - first) throw Json::out_of_range::create(401, "no such node", &json);
    return at + first;
}

}  // namespace

int ExpressionWriter::measure(MeasureId id) {
    if (id == none) return none;
    if (const auto known = measures_.find(id); known != measures_.end()) return known->second;
    const MeasureNode& node = blueprint_.measures[static_cast<std::size_t>(id)];
    Json json{{"op", static_cast<int>(node.op)}};
    if (!(node.constant == Fraction())) json["constant"] = node.constant.exact_text();
    if (!node.name.empty()) json["name"] = node.name;
    if (!node.column.empty()) json["column"] = node.column;
    if (!node.filters.empty()) json["filters"] = of(node.filters);
    if (node.trailing_days) json["trailing"] = node.trailing_days;
    if (!node.arguments.empty()) json["arguments"] = node.arguments;
    if (node.set != none) json["set"] = set(node.set);
    if (node.left != none) json["left"] = measure(node.left);
    if (node.right != none) json["right"] = measure(node.right);
    out_["measures"].push_back(std::move(json));
    return measures_[id] = static_cast<int>(measures_.size());
}

int ExpressionWriter::set(SetId id) {
    if (id == none) return none;
    if (const auto known = sets_.find(id); known != sets_.end()) return known->second;
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    Json json{{"op", static_cast<int>(node.op)}};
    if (node.at_end) json["at_end"] = true;
    if (node.trailing_days) json["trailing"] = node.trailing_days;
    if (node.at_least != 1) json["at_least"] = node.at_least;
    if (!node.filters.empty()) json["filters"] = of(node.filters);
    if (node.left != none) json["left"] = set(node.left);
    if (node.right != none) json["right"] = set(node.right);
    if (!node.name.empty()) json["name"] = node.name;
    if (node.below) json["below"] = node.below;
    if (node.within_days) json["within"] = node.within_days;
    if (node.days_ago) json["ago"] = node.days_ago;
    out_["sets"].push_back(std::move(json));
    return sets_[id] = static_cast<int>(sets_.size());
}

ExpressionReader::ExpressionReader(const Json& json, Blueprint& blueprint)
    : blueprint_(blueprint),
      sets_(static_cast<int>(blueprint.sets.size())),
      measures_(static_cast<int>(blueprint.measures.size())) {
    for (const Json& one : json.value("sets", Json::array())) blueprint_.sets.push_back(read_set(one));
    for (const Json& one : json.value("measures", Json::array())) blueprint_.measures.push_back(read_measure(one));
}

MeasureId ExpressionReader::measure(int at) const { return place(at, measures_, blueprint_.measures.size(), {}); }

SetNode ExpressionReader::read_set(const Json& json) const {
    const auto part = [&](const char* key) {
        return place(json.value(key, none), sets_, blueprint_.sets.size(), json);
    };
    SetNode node;
    node.op = enum_of(json.at("op"), SetNode::Op::followed);
    node.at_end = json.value("at_end", false);
    node.trailing_days = json.value("trailing", 0);
    node.at_least = json.value("at_least", std::int64_t{1});
    node.filters = filters_of(json.value("filters", Json::array()));
    node.left = part("left");
    node.right = part("right");
    node.name = json.value("name", "");
    node.below = json.value("below", std::int64_t{0});
    node.within_days = json.value("within", 0);
    node.days_ago = json.value("ago", 0);
    return node;
}

MeasureNode ExpressionReader::read_measure(const Json& json) const {
    MeasureNode node;
    node.op = enum_of(json.at("op"), MeasureNode::Op::begun);
    if (json.contains("constant"))
        node.constant = Fraction::parse_exact(json.at("constant").get_ref<const std::string&>()).value_or(Fraction());
    node.name = json.value("name", "");
    node.column = json.value("column", "");
    node.filters = filters_of(json.value("filters", Json::array()));
    node.trailing_days = json.value("trailing", 0);
    node.arguments = json.value("arguments", std::vector<std::int64_t>{});
    node.set = place(json.value("set", none), sets_, blueprint_.sets.size(), json);
    node.left = measure(json.value("left", none));
    node.right = measure(json.value("right", none));
    return node;
}

}  // namespace siyu
