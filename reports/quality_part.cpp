// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

PageCell weight_cell(const View& view, Quality::Weight weight) {
    switch (weight) {
        case Quality::Weight::note: break;
        case Quality::Weight::warning:
            return {.text = view.say("report.weight.warning"), .tone = Tone::excess, .chip = true};
        case Quality::Weight::hold: return {.text = view.say("report.weight.hold"), .tone = Tone::bad, .chip = true};
    }
    return {.text = view.say("report.weight.note"), .tone = Tone::plain, .chip = true};
}

// The first rows, without the file, which stands above them.
std::string lines_of(const RejectedRows& rows, const View& view) {
    std::vector<DataPlace> lines = rows.first;
    for (DataPlace& line : lines) line.file.clear();
    return told(lines, view.say);
}

}  // namespace

PagePart quality_part(const View& view) {
    PagePart part{"quality", view.say("report.part.quality"), {}};
    if (!view.card.missing_days.empty()) {
        std::vector<std::string> days;
        for (const Day day : view.card.missing_days) days.push_back(view.words.day(day));
        part.blocks.push_back(
            Paragraph{view.say("report.quality.missing", {{"days", view.words.list(days)}}), Tone::bad});
    }
    PageTable notes{
        .caption = view.say("report.quality.notes"),
        .columns = {{view.say("report.column_title.weight"), false}, {view.say("report.column_title.note"), false}}};
    // Where it lies and how it is mended is the agency's work, not the brand's.
    if (view.for_agency()) {
        notes.columns[1].wide = true;
        for (const char* title : {"report.column_title.place", "report.column_title.todo"})
            notes.columns.push_back({.title = view.say(title), .number = false, .brief = false, .wide = true});
        notes.cards = true;
    }
    for (const Quality& quality : view.card.quality) {
        if (!view.shows(quality.audience)) continue;
        PageTable::Row row{.cells = {weight_cell(view, quality.weight), {view.sentence(quality.note)}}};
        if (view.for_agency()) {
            const std::string place = told(quality.places, view.say);
            row.cells.push_back({place.empty() ? "–" : place, Tone::muted});
            row.cells.push_back({to_do(quality, view.card.tenant, view.say)});
        }
        notes.rows.push_back(std::move(row));
    }
    cut(notes, view, "quality");
    if (!notes.rows.empty()) part.blocks.push_back(std::move(notes));

    PageTable rejected{.caption = view.say("report.quality.rejected"),
                       .columns = {{view.say("report.column_title.file"), false},
                                   {view.say("report.column_title.fact"), false},
                                   {view.say("report.column_title.batch"), false},
                                   {view.say("report.column_title.rows"), true}}};
    for (const RejectedRows& rows : view.card.rejected) {
        // The agency's own rosters name other brands.
        if (!view.for_agency() && (rows.fact == "guides" || rows.fact == "allocations")) continue;
        rejected.rows.push_back(
            {.cells = {{.text = rows.file, .note = view.for_agency() ? lines_of(rows, view) : ""},
                       {view.say.has("report.fact." + rows.fact) ? view.say("report.fact." + rows.fact) : rows.fact},
                       {rows.batch},
                       view.figure_cell(rows.rows, Unit::count)}});
    }
    cut(rejected, view, "rejected");
    if (!rejected.rows.empty()) {
        part.blocks.push_back(Paragraph{
            view.say(view.for_agency() ? "report.quality.rejected_where" : "report.quality.rejected_where_brand")});
        part.blocks.push_back(std::move(rejected));
    }
    if (part.blocks.empty()) part.blocks.push_back(Paragraph{view.say("report.empty.quality")});
    return part;
}

}  // namespace siyu
