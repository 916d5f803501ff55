// SPDX-License-Identifier: Apache-2.0
#include "reports/compose.hpp"

#include "reports/finding.hpp"
#include "reports/parts.hpp"

namespace siyu {

namespace {

Tile tile_of(const View& view, const View::Entry& entry) {
    const Unit unit = entry.kpi->unit;
    return {.title = view.title(*entry.kpi),
            .value = view.words.brief(entry.figure->value, unit),
            .change = view.change_cell(entry),
            .before = view.period_word("last") + " " + view.words.brief(entry.figure->prev, unit),
            .forecast = entry.figure->standing && entry.figure->standing->in_table,
            .attainment = view.attainment_cell(entry),
            .line = view.line_cell(entry)};
}

// What to say where nobody has to decide anything: only what the figures bear out.
std::string no_decision(const View& view) {
    bool rated = false;
    for (const View::Entry& entry : view.entries()) {
        const auto& standing = entry.figure->standing;
        rated = rated || (standing && (standing->line || standing->attainment));
    }
    return view.say(rated ? "report.finding.all_well" : "report.finding.not_rated");
}

}  // namespace

Document compose(const View& view) {
    const Scorecard& card = view.card;
    Document document;
    document.language = view.say.language() == Language::zh ? "zh-CN" : "en";
    document.brand = card.tenant_name.empty() ? card.tenant : card.tenant_name;
    document.kind = view.period_word("title");
    document.period = view.words.period(card.period);
    document.title =
        view.say("report.title", {{"brand", document.brand}, {"kind", document.kind}, {"period", document.period}});
    document.comparison = view.say(
        "report.comparison", {{"before", view.period_word("last")}, {"dates", view.words.period(card.compared_with)}});
    document.as_of = view.say("report.as_of", {{"date", to_string(card.period.last)}, {"zone", card.timezone}});
    document.audience = view.say(view.for_agency() ? "report.audience.agency" : "report.audience.brand");
    document.held = card.held;
    Finding finding = find_out(view);
    document.happened = std::move(finding.happened);
    document.decisions = std::move(finding.decisions);
    document.no_decision = no_decision(view);
    for (const View::Entry& entry : view.headlines()) document.tiles.push_back(tile_of(view, entry));

    if (auto changes = change_part(view)) document.parts.push_back(*std::move(changes));
    // What this brand's own model says comes before what every brand is told.
    for (PagePart& part : section_parts(view)) document.parts.push_back(std::move(part));
    for (const auto& part :
         {kpi_part, movement_part, traffic_part, forecast_part, service_part, result_part, staffing_part})
        document.parts.push_back(part(view));
    document.parts.push_back(quality_part(view));
    document.parts.push_back(definition_part(view));
    document.footer = view.say("report.footer", {{"plugin", card.plugin}, {"version", card.plugin_version}});
    return document;
}

}  // namespace siyu
