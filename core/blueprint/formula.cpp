// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/formula.hpp"

#include <map>
#include <nlohmann/json.hpp>

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
    for (const Json& one : json)
        filters.push_back({one.at(0), static_cast<Filter::Test>(one.at(1).get<int>()), one.at(2)});
    return filters;
}

// Nodes in the order in which they are met from the top, so that equal trees give equal texts wherever they stand in
// their arenas. What a node does not use is not written, so that later members change no text.
class Writing {
  public:
    explicit Writing(const Blueprint& blueprint) : blueprint_(blueprint) {}

    int measure(MeasureId id) {
        if (id == none) return none;
        if (const auto known = measures_.find(id); known != measures_.end()) return known->second;
        const MeasureNode& node = blueprint_.measures[static_cast<std::size_t>(id)];
        Json json{{"op", static_cast<int>(node.op)}};
        if (!(node.constant == Fraction())) json["constant"] = node.constant.num() + "/" + node.constant.den();
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
    Json done(int above, int below, Unit unit) {
        out_["above"] = above;
        if (below != none) out_["below"] = below;
        out_["unit"] = static_cast<int>(unit);
        return std::move(out_);
    }

  private:
    int set(SetId id) {
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

    const Blueprint& blueprint_;
    std::map<MeasureId, int> measures_;
    std::map<SetId, int> sets_;
    Json out_ = Json::object();
};

// Puts what was written behind what the arenas hold. Throws Json::exception for what is not of the form.
class Reading {
  public:
    Reading(const Json& json, Blueprint& blueprint)
        : blueprint_(blueprint),
          sets_(static_cast<int>(blueprint.sets.size())),
          measures_(static_cast<int>(blueprint.measures.size())) {
        for (const Json& one : json.value("sets", Json::array())) blueprint_.sets.push_back(set(one));
        for (const Json& one : json.at("measures")) blueprint_.measures.push_back(measure(one));
    }
    // A node that stands before, or the last one.
    MeasureId measure_at(const Json& json, const char* key) const {
        return place(json, key, measures_, static_cast<int>(blueprint_.measures.size()));
    }

  private:
    static int place(const Json& json, const char* key, int first, int end) {
        if (!json.contains(key)) return none;
        const int at = json.at(key).get<int>() + first;
        if (at < first || at >= end) throw Json::out_of_range::create(401, "formula", &json);
        return at;
    }
    template <class Op>
    static Op op(const Json& json, Op last) {
        const int number = json.at("op");
        if (number < 0 || number > static_cast<int>(last)) throw Json::out_of_range::create(401, "formula", &json);
        return static_cast<Op>(number);
    }
    SetNode set(const Json& json) const {
        SetNode node;
        const int end = static_cast<int>(blueprint_.sets.size());
        node.op = op(json, SetNode::Op::followed);
        node.at_end = json.value("at_end", false);
        node.trailing_days = json.value("trailing", 0);
        node.at_least = json.value("at_least", std::int64_t{1});
        node.filters = filters_of(json.value("filters", Json::array()));
        node.left = place(json, "left", sets_, end);
        node.right = place(json, "right", sets_, end);
        node.name = json.value("name", "");
        node.below = json.value("below", std::int64_t{0});
        node.within_days = json.value("within", 0);
        node.days_ago = json.value("ago", 0);
        return node;
    }
    MeasureNode measure(const Json& json) const {
        MeasureNode node;
        node.op = op(json, MeasureNode::Op::begun);
        if (json.contains("constant"))
            node.constant =
                Fraction::parse_exact(json.at("constant").get_ref<const std::string&>()).value_or(Fraction());
        node.name = json.value("name", "");
        node.column = json.value("column", "");
        node.filters = filters_of(json.value("filters", Json::array()));
        node.trailing_days = json.value("trailing", 0);
        node.arguments = json.value("arguments", std::vector<std::int64_t>{});
        node.set = place(json, "set", sets_, static_cast<int>(blueprint_.sets.size()));
        node.left = measure_at(json, "left");
        node.right = measure_at(json, "right");
        return node;
    }

    Blueprint& blueprint_;
    int sets_, measures_;  // where they begin
};

}  // namespace

std::string write_formula(const Blueprint& blueprint, const Kpi& kpi) {
    if (kpi.compute || kpi.above == none) return Json{{"code", kpi.declared_by}}.dump();
    Writing writing(blueprint);
    const int above = writing.measure(kpi.above), below = writing.measure(kpi.below);
    return writing.done(above, below, kpi.unit).dump();
}

bool read_formula(std::string_view text, Blueprint& blueprint, Kpi& kpi) {
    const std::size_t sets = blueprint.sets.size(), measures = blueprint.measures.size();
    try {
        const Json json = Json::parse(text);
        if (json.contains("code")) return false;
        const Reading reading(json, blueprint);
        const MeasureId above = reading.measure_at(json, "above"), below = reading.measure_at(json, "below");
        const Unit unit =
            static_cast<Unit>(std::clamp(json.at("unit").get<int>(), 0, static_cast<int>(Unit::multiple)));
        if (above == none) throw Json::out_of_range::create(401, "formula", &json);
        kpi.above = above;
        kpi.below = below;
        kpi.unit = unit;
        kpi.compute = nullptr;
        return true;
    } catch (const Json::exception&) {
        // A later siyu's formula, or a damaged one: then there is nothing to compute again.
        blueprint.sets.resize(sets);
        blueprint.measures.resize(measures);
        return false;
    }
}

}  // namespace siyu
