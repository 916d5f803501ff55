// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"

namespace siyu {

namespace {

// Where a line lies on the scale on which what is due is 1, turned round where lower is better.
void add_mark(Chart::Item& item, const View& view, const View::Entry& entry, const std::optional<Fraction>& line,
              const char* word) {
    const Value due = entry.figure->standing->due;
    if (!line || !due || due->sign() <= 0 || line->sign() <= 0) return;
    const Fraction at = entry.kpi->better == Better::lower ? *due / *line : *line / *due;
    item.marks.push_back({at, view.say(word)});
}

Chart::Item bullet(const View& view, const View::Entry& entry) {
    const Standing& standing = *entry.figure->standing;
    const PageCell line = view.line_cell(entry);
    Chart::Item item{.label = view.title(*entry.kpi),
                     .value = standing.attainment,
                     .text = view.words.figure(standing.attainment, Unit::ratio),
                     .tone = standing.floor_breached ? Tone::bad : line.tone};
    if (line.chip) item.text += " " + line.text;
    add_mark(item, view, entry, standing.normal, "report.line.normal");
    add_mark(item, view, entry, standing.good, "report.line.good");
    add_mark(item, view, entry, standing.excess, "report.line.excess");
    if (item.marks.empty()) item.marks.push_back({Fraction(1), view.say("report.forecast.due_mark")});
    return item;
}

PageCell gap_cell(const View& view, const Value& gap, Unit unit) {
    const bool shortfall = gap && gap->sign() > 0;
    return {.text = view.words.gap(gap, unit),
            .tone = shortfall ? Tone::bad : Tone::plain,
            .note = shortfall ? view.say("report.forecast.shortfall") : "",
            .amount = Amount{gap, unit}};
}

}  // namespace

PagePart forecast_part(const View& view) {
    PagePart part{"forecast", view.say("report.part.forecast"), {}};
    PageTable table{.caption = {},
                    .columns = {{view.say("report.column_title.kpi"), false},
                                {view.say("report.column_title.forecast"), true, false},
                                {view.say("report.column_title.adjusted"), true, false},
                                {view.say("report.column_title.due"), true, false},
                                {view.say("report.column_title.actual"), true},
                                {view.say("report.column_title.attainment"), true},
                                {view.say("report.column_title.line"), false},
                                {view.say("report.column_title.client_gap"), true, false},
                                {view.say("report.column_title.agency_gap"), true, false},
                                {view.say("report.column_title.projection"), true, false},
                                {view.say("report.column_title.projected_part"), true, false}},
                    .cards = true};
    Chart chart{.kind = Chart::Kind::bullets, .title = view.say("report.forecast.chart"), .brief = true};
    for (const View::Entry& entry : view.entries()) {
        if (!entry.figure->standing || !entry.figure->standing->in_table) continue;
        const Standing& standing = *entry.figure->standing;
        const Unit unit = entry.kpi->unit;
        if (table.rows.empty())
            table.caption = view.say("report.forecast.caption", {{"month", view.words.month(standing.month)},
                                                                 {"last", view.words.day(view.card.period.last)}});
        const auto figure = [&](const Value& value) { return view.figure_cell(value, unit); };
        table.rows.push_back({.cells = {{view.title(*entry.kpi)},
                                        figure(standing.forecast),
                                        figure(standing.adjusted),
                                        figure(standing.due),
                                        figure(standing.actual),
                                        view.attainment_cell(entry),
                                        view.line_cell(entry),
                                        gap_cell(view, standing.client_gap, unit),
                                        gap_cell(view, standing.agency_gap, unit),
                                        figure(standing.projection),
                                        view.figure_cell(ratio(standing.projection, standing.forecast), Unit::ratio)}});
        Chart::Item item = bullet(view, entry);
        if (!chart.summary.empty()) chart.summary += view.say("report.semicolon");
        chart.summary += item.label + " " + item.text;
        chart.items.push_back(std::move(item));
    }
    if (table.rows.empty()) {
        part.blocks.push_back(
            Paragraph{view.say("report.empty.forecast", {{"month", view.words.month(view.card.period.last)}})});
        return part;
    }
    part.blocks.push_back(Paragraph{view.say("report.forecast.intro")});
    part.blocks.push_back(std::move(chart));
    part.blocks.push_back(std::move(table));
    return part;
}

}  // namespace siyu
