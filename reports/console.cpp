// SPDX-License-Identifier: Apache-2.0
#include "reports/console.hpp"

#include "core/base/text_table.hpp"
#include "reports/view.hpp"

namespace siyu {

namespace {

std::string shown(const Value& value, Unit unit) {
    if (!value) return "–";
    switch (unit) {
        case Unit::count: return value->rounded(value->whole() ? 0 : 2);
        case Unit::ratio: return (*value * Fraction(100)).rounded(2) + "%";
        case Unit::money: {
            const std::string yuan = (*value / Fraction(100)).rounded(2);
            return yuan.starts_with('-') ? "-¥" + yuan.substr(1) : "¥" + yuan;
        }
        case Unit::multiple: return value->rounded(2);
    }
    return {};
}

std::string shown(const Value& value, Unit unit, const Catalogue& say) {
    return value.not_ready() ? say("kpi.not_ready") : shown(value, unit);
}

std::string title(const Kpi& kpi, const Catalogue& say) {
    return say.language() == Language::zh ? kpi.title_zh : kpi.title_en;
}

std::string line_text(const Figure& figure, const Catalogue& say) {
    if (!figure.standing || !figure.standing->line) return "";
    return say("kpi.line." + std::string(to_string(*figure.standing->line)));
}

std::string heading(const Scorecard& card) {
    return card.tenant_name + "  " + to_string(card.period.first) + ".." + to_string(card.period.last) + "\n";
}

}  // namespace

std::string console_figure(const Value& value, Unit unit) { return shown(value, unit); }

std::string kpi_table(const Scorecard& card, const Catalogue& say) {
    TextTable table({say("kpi.column.kpi"), "", say("kpi.column.value"), say("kpi.column.prev"),
                     say("kpi.column.attainment"), say("kpi.column.line")},
                    {false, false, true, true, true, false});
    for (const Figure& figure : card.figures) {
        const Kpi& kpi = *card.blueprint.kpi(figure.kpi);
        table.add({title(kpi, say), kpi.id, shown(figure.value, kpi.unit, say), shown(figure.prev, kpi.unit, say),
                   figure.standing ? shown(figure.standing->attainment, Unit::ratio) : "", line_text(figure, say)});
    }
    return heading(card) + table.text();
}

std::string forecast_table(const Scorecard& card, const Catalogue& say) {
    const std::string top =
        heading(card) + say("kpi.delivery_factor", {{"factor", shown(card.delivery_factor, Unit::ratio)}}) + "\n";
    TextTable table({say("kpi.column.kpi"), say("kpi.column.forecast"), say("kpi.column.due"), say("kpi.column.actual"),
                     say("kpi.column.attainment"), say("kpi.column.line"), say("kpi.column.client_gap"),
                     say("kpi.column.agency_gap"), say("kpi.column.projection")},
                    {false, true, true, true, true, false, true, true, true});
    bool any = false;
    for (const Figure& figure : card.figures) {
        if (!figure.standing || !figure.standing->in_table) continue;
        any = true;
        const Kpi& kpi = *card.blueprint.kpi(figure.kpi);
        const Standing& at = *figure.standing;
        table.add({title(kpi, say), shown(at.forecast, kpi.unit), shown(at.due, kpi.unit),
                   shown(at.actual, kpi.unit, say),
                   shown(at.attainment, Unit::ratio) + (at.floor_breached ? " " + say("kpi.below_floor") : ""),
                   line_text(figure, say), shown(at.client_gap, kpi.unit), shown(at.agency_gap, kpi.unit),
                   shown(at.projection, kpi.unit)});
    }
    return top + (any ? table.text() : say("kpi.no_forecast", {{"month", month_text(card.period.last)}}) + "\n");
}

std::string quality_lines(const Scorecard& card, Audience audience, const Catalogue& say) {
    const View view(card, audience, say);
    std::string lines;
    for (const Quality& found : card.quality)
        if (view.shows(found.audience)) lines += view.sentence(found.note) + "\n";
    return lines;
}

}  // namespace siyu
