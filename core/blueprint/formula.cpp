// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/formula.hpp"

#include "core/blueprint/expression_json.hpp"

namespace siyu {

using Json = nlohmann::json;

std::string write_formula(const Blueprint& blueprint, const Kpi& kpi) {
    if (kpi.compute || kpi.above == none) return Json{{"code", kpi.declared_by}}.dump();
    ExpressionWriter writer(blueprint);
    const int above = writer.measure(kpi.above), below = writer.measure(kpi.below);
    Json json = writer.done();
    json["above"] = above;
    if (below != none) json["below"] = below;
    json["unit"] = static_cast<int>(kpi.unit);
    return json.dump();
}

bool read_formula(std::string_view text, Blueprint& blueprint, Kpi& kpi) {
    const std::size_t sets = blueprint.sets.size(), measures = blueprint.measures.size();
    try {
        const Json json = Json::parse(text);
        if (json.contains("code")) return false;
        const ExpressionReader reader(json, blueprint);
        const MeasureId above = reader.measure(json.at("above").get<int>()),
                        below = reader.measure(json.value("below", none));
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
