// SPDX-License-Identifier: Apache-2.0
#include "core/blueprint/blueprint_bytes.hpp"

#include "core/blueprint/expression_json.hpp"

namespace siyu {

namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const Json& json) { throw Json::out_of_range::create(401, "blueprint", &json); }

Fraction fraction_of(const Json& json) {
    const auto value = Fraction::parse_exact(json.get_ref<const std::string&>());
    if (!value) refuse(json);
    return *value;
}
Fraction positive(const Json& json) {
    Fraction value = fraction_of(json);
    if (value.sign() <= 0) refuse(json);
    return value;
}

Json of(const std::optional<Fraction>& line) { return line ? Json(line->exact_text()) : Json(); }
std::optional<Fraction> line_of(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(fraction_of(json));
}

Json of(const Kpi& kpi, ExpressionWriter& writer) {
    return {kpi.id,
            kpi.title_zh,
            kpi.title_en,
            static_cast<int>(kpi.group),
            static_cast<int>(kpi.unit),
            static_cast<int>(kpi.better),
            static_cast<int>(kpi.audience),
            writer.measure(kpi.above),
            writer.measure(kpi.below),
            kpi.adding,
            kpi.scales_with_traffic,
            kpi.projected,
            kpi.headline,
            kpi.declared_by};
}
Kpi kpi_of(const Json& json, const ExpressionReader& reader) {
    Kpi kpi;
    kpi.id = json.at(0), kpi.title_zh = json.at(1), kpi.title_en = json.at(2);
    kpi.group = enum_of(json.at(3), Group::result);
    kpi.unit = enum_of(json.at(4), Unit::multiple);
    kpi.better = enum_of(json.at(5), Better::neither);
    kpi.audience = enum_of(json.at(6), Audience::agency);
    kpi.above = reader.measure(json.at(7));
    kpi.below = reader.measure(json.at(8));
    if (kpi.above == none) refuse(json);
    kpi.adding = json.at(9), kpi.scales_with_traffic = json.at(10);
    kpi.projected = json.at(11), kpi.headline = json.at(12);
    kpi.declared_by = json.at(13);
    return kpi;
}

Json of(const Staffing::Role& role, ExpressionWriter& writer) {
    return {role.id,      role.title_zh, role.title_en, writer.measure(role.driver), role.per_person.exact_text(),
            role.at_least};
}
Staffing::Role role_of(const Json& json, const ExpressionReader& reader) {
    Staffing::Role role{json.at(0),           json.at(1),
                        json.at(2),           reader.measure(json.at(3)),
                        positive(json.at(4)), json.at(5).get<std::int64_t>()};
    if (role.driver == none || role.at_least < 0) refuse(json);
    return role;
}

Json of(const Section& section) {
    return {section.id,          section.title_zh,    section.title_en,
            section.template_zh, section.template_en, section.daily,
            section.weekly,      section.monthly,     static_cast<int>(section.audience)};
}
Section section_of(const Json& json) {
    Section section;
    section.id = json.at(0), section.title_zh = json.at(1), section.title_en = json.at(2);
    section.template_zh = json.at(3), section.template_en = json.at(4);
    section.daily = json.at(5), section.weekly = json.at(6), section.monthly = json.at(7);
    section.audience = enum_of(json.at(8), Audience::agency);
    return section;
}

}  // namespace

std::string write_blueprint(const Blueprint& blueprint) {
    ExpressionWriter writer(blueprint);
    // In the order of the arenas, so that they are read as they were.
    for (SetId id = 0; id < static_cast<SetId>(blueprint.sets.size()); ++id) writer.set(id);
    for (MeasureId id = 0; id < static_cast<MeasureId>(blueprint.measures.size()); ++id) writer.measure(id);
    Json kpis = Json::array(), lines = Json::array(), roles = Json::array(), sections = Json::array();
    for (const Kpi& kpi : blueprint.kpis) kpis.push_back(of(kpi, writer));
    for (const auto& [id, line] : blueprint.lines)
        lines.push_back({id, of(line.normal), of(line.good), of(line.excess)});
    for (const Staffing::Role& role : blueprint.staffing.roles) roles.push_back(of(role, writer));
    for (const Section& section : blueprint.sections) sections.push_back(of(section));
    Json json = writer.done();
    json["plugin"] = blueprint.plugin;
    json["version"] = blueprint.version;
    json["versions"] = blueprint.versions;
    json["kpis"] = std::move(kpis);
    json["lines"] = std::move(lines);
    json["members_per_guide"] = blueprint.staffing.members_per_guide.exact_text();
    json["guides_per_operator"] = blueprint.staffing.guides_per_operator.exact_text();
    json["roles"] = std::move(roles);
    json["sections"] = std::move(sections);
    std::string bytes;
    Json::to_cbor(json, bytes);
    return bytes;
}

Blueprint read_blueprint(std::string_view bytes) {
    const Json json = Json::from_cbor(bytes);
    Blueprint blueprint;
    const ExpressionReader reader(json, blueprint);
    blueprint.plugin = json.at("plugin");
    blueprint.version = json.at("version");
    blueprint.versions = json.at("versions").get<std::map<std::string, std::string>>();
    for (const Json& kpi : json.at("kpis")) blueprint.kpis.push_back(kpi_of(kpi, reader));
    for (const Json& lines : json.at("lines"))
        blueprint.lines.emplace_back(lines.at(0),
                                     Lines{line_of(lines.at(1)), line_of(lines.at(2)), line_of(lines.at(3))});
    blueprint.staffing.members_per_guide = positive(json.at("members_per_guide"));
    blueprint.staffing.guides_per_operator = positive(json.at("guides_per_operator"));
    for (const Json& role : json.at("roles")) blueprint.staffing.roles.push_back(role_of(role, reader));
    for (const Json& section : json.at("sections")) blueprint.sections.push_back(section_of(section));
    return blueprint;
}

}  // namespace siyu
