// SPDX-License-Identifier: Apache-2.0
#include "reports/compose.hpp"

#include <algorithm>

#include "reports/finding.hpp"
#include "reports/markup.hpp"
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
            .line = view.line_cell(entry),
            .main = entry.kpi == main_figure(view)->kpi};
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

// A mail's subject may take 40 Chinese characters, and a later edition's says so in a few of them.
constexpr int subject_columns = 2 * 34;

// Brand, report, period and how the first headline of results moved.
std::string subject_of(const View& view, const Document& document) {
    const auto about = main_figure(view);
    const auto with_brand = [&](const std::string& brand) {
        std::vector<std::pair<std::string, std::string>> with{
            {"brand", brand}, {"kind", document.kind}, {"period", view.words.brief(view.card.period)}};
        // A figure that nobody expects is no news, one that is late is.
        if (!about || (!about->figure->value && !about->figure->value.not_ready()))
            return view.say("report.subject.alone", with);
        const Value& value = about->figure->value;
        const Change change = view.change(*about);
        const bool moved = change.kind == Change::Kind::moved;
        with.emplace_back("kpi", view.title(*about->kpi));
        with.emplace_back("figure", moved ? view.words.change(change) : view.words.brief(value, about->kpi->unit));
        with.emplace_back("against", view.period_word("against"));
        return view.say(!value ? "report.subject.late" : moved ? "report.subject.moved" : "report.subject.first", with);
    };
    const std::string subject = cleaned(with_brand(document.brand));
    const int over = columns_of(subject) - subject_columns;
    if (over <= 0) return subject;
    const int room = std::max(columns_of(document.brand) - over, 8);
    return shortened(cleaned(with_brand(shortened(document.brand, room))), subject_columns);
}

// Everything that a correction has to tell and a reader can dispute.
std::vector<ToldFigure> told_figures(const View& view) {
    std::vector<ToldFigure> told;
    for (const View::Entry& entry : view.entries()) {
        const std::string title = view.title(*entry.kpi);
        told.push_back({entry.kpi->id, title, view.words.figure(entry.figure->value, entry.kpi->unit)});
        if (const auto& standing = entry.figure->standing; standing && standing->in_table)
            told.push_back({entry.kpi->id + ".attainment", view.say("report.figure.attainment", {{"kpi", title}}),
                            view.words.figure(standing->attainment, Unit::ratio)});
    }
    return told;
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
    document.first = to_string(card.period.first);
    document.last = to_string(card.period.last);
    document.held = card.held;
    document.incomplete = !card.missing_days.empty();
    document.adds_up = card.movement.adds_up();
    document.for_agency = view.for_agency();
    document.subject = subject_of(view, document);
    document.figures = told_figures(view);
    Finding finding = find_out(view);
    document.happened = std::move(finding.happened);
    document.preheader = std::move(finding.besides);
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
