// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"

namespace siyu {

namespace {

bool any_value(const std::vector<Value>& series) {
    for (const Value& value : series)
        if (value) return true;
    return false;
}

// The main figure of a group: what the first large picture shows.
const View::Entry* main_of(const std::vector<View::Entry>& headlines, Group group) {
    for (const View::Entry& entry : headlines)
        if (entry.kpi->group == group && any_value(entry.figure->series)) return &entry;
    return nullptr;
}

PageCell course_cell(const View& view, const View::Entry& entry) {
    Chart chart = course_of(view, entry, Chart::Kind::sparkline);
    if (chart.items.empty()) return {.text = view.say("report.gap.no_value"), .tone = Tone::muted};
    std::string range =
        view.say("report.kpi.course_short",
                 {{"low", chart.low_text}, {"high", chart.high_text}, {"last", chart.items.back().text}});
    return {.text = std::move(range), .tone = Tone::muted, .chart = std::move(chart)};
}

}  // namespace

Chart course_of(const View& view, const View::Entry& entry, Chart::Kind kind) {
    const auto& series = entry.figure->series;
    const Unit unit = entry.kpi->unit;
    Chart chart{.kind = kind,
                .title = view.say("report.kpi.course",
                                  {{"kpi", view.title(*entry.kpi)}, {"days", std::to_string(series.size())}})};
    const Value* low = nullptr;
    const Value* high = nullptr;
    std::int64_t gaps = 0;
    for (const Value& value : series) {
        if (!value) {
            ++gaps;
            continue;
        }
        if (!low || *value < **low) low = &value;
        if (!high || *value > **high) high = &value;
    }
    if (!low || !high) return chart;
    // Of a day stands there no more than its place in the picture; a large one names the first, the middle and the
    // last.
    chart.items.reserve(series.size());
    for (const Value& value : series) chart.items.push_back({.label = {}, .value = value, .text = {}});
    if (kind == Chart::Kind::line)
        for (const std::size_t i : {std::size_t{0}, series.size() / 2, series.size() - 1})
            chart.items[i].label = view.words.day(view.card.period.last - static_cast<int>(series.size() - 1 - i));
    const std::string last = view.words.figure(series.back(), unit);
    chart.items.back().text = last;
    chart.low_text = view.words.figure(*low, unit);
    chart.high_text = view.words.figure(*high, unit);
    chart.summary =
        view.say("report.kpi.course_summary", {{"low", chart.low_text}, {"high", chart.high_text}, {"last", last}});
    if (gaps > 0) chart.summary += view.say("report.kpi.course_gaps", {{"days", std::to_string(gaps)}});
    return chart;
}

PagePart kpi_part(const View& view) {
    PagePart part{"kpis", view.say("report.part.kpis"), {}};
    if (view.entries().empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.kpis")});
        return part;
    }
    const std::vector<View::Entry> headlines = view.headlines();
    for (const Group group : {Group::traffic, Group::result})
        if (const View::Entry* entry = main_of(headlines, group)) {
            Chart chart = course_of(view, *entry, Chart::Kind::line);
            chart.brief = true;
            part.blocks.push_back(std::move(chart));
        }
    PageTable table{.caption = view.say("report.kpi.caption",
                                        {{"period", view.period_word("this")}, {"before", view.period_word("last")}}),
                    .columns = {{view.say("report.column_title.kpi"), false},
                                {view.period_word("this"), true},
                                {view.period_word("last"), true},
                                {view.period_word("change"), true},
                                {view.say("report.column_title.attainment_to_date"), true, false},
                                {view.say("report.column_title.line"), false, false},
                                {view.say("report.column_title.course"), false, false}},
                    .cards = true,
                    .brief_caption = view.say("report.kpi.brief_caption", {{"period", view.period_word("this")},
                                                                           {"before", view.period_word("last")}})};
    for (const auto& [group, key] :
         {std::pair{Group::traffic, "report.group.traffic"}, std::pair{Group::service, "report.group.service"},
          std::pair{Group::result, "report.group.result"}}) {
        std::string band = view.say(key);
        for (const View::Entry& entry : view.entries(group)) {
            const Unit unit = entry.kpi->unit;
            table.rows.push_back({.cells = {{view.title(*entry.kpi)},
                                            view.figure_cell(entry.figure->value, unit),
                                            view.figure_cell(entry.figure->prev, unit, Tone::muted),
                                            view.change_cell(entry),
                                            view.attainment_cell(entry),
                                            view.line_cell(entry)},
                                  .band = std::exchange(band, {})});
            table.rows.back().cells.push_back(course_cell(view, entry));
        }
    }
    part.blocks.push_back(std::move(table));
    return part;
}

PagePart service_part(const View& view) {
    PagePart part{"service", view.say("report.part.service"), {}};
    const std::vector<View::Entry> entries = view.entries(Group::service);
    if (entries.empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.service")});
        return part;
    }
    std::vector<std::string> better, worse;
    PageTable table{.caption = view.say("report.service.caption"),
                    .columns = {{view.say("report.column_title.kpi"), false},
                                {view.period_word("this"), true},
                                {view.period_word("change"), true},
                                {view.say("report.column_title.lowest"), true},
                                {view.say("report.column_title.highest"), true},
                                {view.say("report.column_title.line"), false, false}},
                    .cards = true};
    std::vector<Chart> pictures;
    for (const View::Entry& entry : entries) {
        const int verdict = view.change(entry).verdict(entry.kpi->better);
        if (verdict != 0) (verdict > 0 ? better : worse).push_back(view.title(*entry.kpi));
        const Chart course = course_of(view, entry, Chart::Kind::sparkline);
        // The first two that have a course.
        if (pictures.size() < 2 && !course.items.empty()) pictures.push_back(course_of(view, entry, Chart::Kind::line));
        const std::string untold = view.say("report.gap.no_value");
        table.rows.push_back({.cells = {{view.title(*entry.kpi)},
                                        view.figure_cell(entry.figure->value, entry.kpi->unit),
                                        view.change_cell(entry),
                                        {course.items.empty() ? untold : course.low_text},
                                        {course.items.empty() ? untold : course.high_text},
                                        view.line_cell(entry)}});
    }
    if (!worse.empty())
        part.blocks.push_back(Paragraph{view.say("report.service.worse", {{"kpis", view.words.list(worse)}})});
    if (!better.empty())
        part.blocks.push_back(Paragraph{view.say("report.service.better", {{"kpis", view.words.list(better)}})});
    if (worse.empty() && better.empty()) part.blocks.push_back(Paragraph{view.say("report.service.steady")});
    for (Chart& picture : pictures) part.blocks.push_back(std::move(picture));
    part.blocks.push_back(std::move(table));
    return part;
}

}  // namespace siyu
