// SPDX-License-Identifier: Apache-2.0
#include "reports/kpi_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/explain.hpp"
#include "reports/quality_json.hpp"
#include "reports/view.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

// JSON numbers of any size: what does not fit 64 bits is written by hand into the place that a marker holds.
class Numbers {
  public:
    Json of(const Fraction& fraction) { return {{"num", whole(fraction.num())}, {"den", whole(fraction.den())}}; }
    Json of(const Value& value) { return value ? of(*value) : Json(nullptr); }
    std::string dump(const Json& json) const {
        std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
        for (std::size_t i = 0; i < large_.size(); ++i) {
            const std::string mark = Json(marker(i)).dump();
            if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), large_[i]);
        }
        return text;
    }

  private:
    static std::string marker(std::size_t i) { return "\x01large number " + std::to_string(i); }
    Json whole(const std::string& digits) {
        if (digits.size() < 19) return std::stoll(digits);
        large_.push_back(digits);
        return marker(large_.size() - 1);
    }
    std::vector<std::string> large_;
};

const char* text(Group group) {
    switch (group) {
        case Group::traffic: return "traffic";
        case Group::service: return "service";
        case Group::result: return "result";
    }
    return "";
}

const char* text(Unit unit) {
    switch (unit) {
        case Unit::count: return "count";
        case Unit::ratio: return "ratio";
        case Unit::money: return "money";
        case Unit::multiple: return "multiple";
    }
    return "";
}

const char* text(Better better) {
    switch (better) {
        case Better::higher: return "higher";
        case Better::lower: return "lower";
        case Better::neither: return "neither";
    }
    return "";
}

Json forecast(const Figure& figure, Numbers& numbers) {
    if (!figure.standing || !figure.standing->in_table) return nullptr;
    const Standing& standing = *figure.standing;
    Json json{{"month", month_text(standing.month)},
              {"forecast", numbers.of(standing.forecast)},
              {"adjusted", numbers.of(standing.adjusted)},
              {"due", numbers.of(standing.due)},
              {"actual", numbers.of(standing.actual)},
              {"attainment", numbers.of(standing.attainment)},
              {"floor_breached", standing.floor_breached},
              {"client_gap", numbers.of(standing.client_gap)},
              {"agency_gap", numbers.of(standing.agency_gap)},
              {"line", standing.line ? Json(std::string(to_string(*standing.line))) : Json(nullptr)},
              {"projection", numbers.of(standing.projection)}};
    if (standing.actual.not_ready()) json["not_ready"] = true;
    return json;
}

// What a section put: texts as they are, figures as fractions.
Json row(const SectionContent::Row& cells, Numbers& numbers) {
    Json json = Json::object();
    for (const auto& [key, shown] : cells)
        json[key] = shown.figure ? numbers.of(shown.figure->first) : Json(shown.text);
    return json;
}

}  // namespace

std::string kpi_json(const Scorecard& card, Audience audience, const Catalogue& say) {
    const View view(card, audience, say);
    Numbers numbers;
    Json json{{"tenant", card.tenant},
              {"plugin", {{"id", card.plugin}, {"version", card.plugin_version}}},
              {"period",
               {{"kind", std::string(to_string(card.period.rhythm))},
                {"first", to_string(card.period.first)},
                {"last", to_string(card.period.last)},
                {"timezone", card.timezone}}}};
    Json& kpis = json["kpis"] = Json::object();
    for (const View::Entry& shown : view.entries()) {
        const Kpi& kpi = *shown.kpi;
        const Figure& figure = *shown.figure;
        Json& entry = kpis[figure.kpi] = {{"group", text(kpi.group)},
                                          {"unit", text(kpi.unit)},
                                          {"better", text(kpi.better)},
                                          {"value", numbers.of(figure.value)}};
        if (figure.value.not_ready()) entry["not_ready"] = true;
        entry["prev"] = numbers.of(figure.prev);
        if (figure.prev.not_ready()) entry["prev_not_ready"] = true;
        entry["forecast"] = forecast(figure, numbers);
    }
    if (!card.changes.empty()) json["formula_changes"] = Json::object();
    for (const FormulaChange& change : card.changes)
        if (view.entry(change.before.id))
            json["formula_changes"][change.before.id] = {
                {"before", numbers.of(change.value)}, {"formula_before", explain(change.before, card.blueprint, say)}};
    json["delivery_factor"] = numbers.of(card.delivery_factor);
    json["staffing"] = {{"members", card.staffing.members},
                        {"required_guides", card.staffing.required_guides},
                        {"allocated", numbers.of(card.staffing.allocated)},
                        {"operators", card.staffing.operators},
                        {"content_editors", card.staffing.content_editors}};
    Json& breakdowns = json["breakdowns"] = Json::object();
    for (const auto& [kpi, dimensions] : card.breakdowns)
        for (const auto& [dimension, values] : dimensions) {
            Json& into = breakdowns[kpi][dimension] = Json::object();
            for (const auto& [value, figure] : values) into[value] = numbers.of(figure);
        }
    Json sections = Json::object();
    for (const Section& section : card.blueprint.sections) {
        const auto filled = card.sections.find(section.id);
        if (filled == card.sections.end() || !view.shows(section.audience)) continue;
        Json& into = sections[section.id] = row(filled->second.keys, numbers);
        for (const auto& [list, rows] : filled->second.lists) {
            Json& all = into[list] = Json::array();
            for (const SectionContent::Row& one : rows) all.push_back(row(one, numbers));
        }
    }
    if (!sections.empty()) json["sections"] = std::move(sections);
    json["data_quality"] = found_json(view);
    return numbers.dump(json);
}

}  // namespace siyu
