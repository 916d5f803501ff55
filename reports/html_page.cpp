// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/embedded.hpp"
#include "reports/compose.hpp"
#include "reports/page.hpp"
#include "reports/svg.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

const char* class_of(Tone tone) {
    switch (tone) {
        case Tone::plain: return "plain";
        case Tone::muted: return "muted";
        case Tone::good: return "good";
        case Tone::bad: return "bad";
        case Tone::excess: return "excess";
    }
    return "plain";
}

const char* align_of(const PageTable::Column& column) {
    return column.number ? "number" : column.wide ? "word wide" : "word";
}

// Turns blocks into what the template asks for, numbering the pictures. A key that is missing in an inner item would be
// looked up in the outer one, so every item gets all of its keys.
class Layout {
  public:
    Filling block(const Block& block) {
        Filling filling;
        for (const char* kind : {"is_sentence", "is_table", "is_chart", "is_terms", "is_markup"})
            filling.flags[kind] = false;
        std::visit([&](const auto& what) { fill(what, filling); }, block);
        return filling;
    }

    Filling cell(const PageCell& cell, const PageTable::Column& column) {
        Filling filling;
        filling.texts = {{"text", cell.text},         {"tone", class_of(cell.tone)},
                         {"note", cell.note},         {"label", column.title},
                         {"align", align_of(column)}, {"svg", cell.chart ? svg(*cell.chart, ++charts_) : ""}};
        filling.flags = {{"has_note", !cell.note.empty()}, {"has_svg", cell.chart.has_value()}, {"is_chip", cell.chip}};
        return filling;
    }

  private:
    void fill(const Paragraph& sentence, Filling& filling) {
        filling.flags["is_sentence"] = true;
        filling.texts = {{"text", sentence.text}, {"tone", class_of(sentence.tone)}};
    }
    void fill(const Chart& chart, Filling& filling) {
        filling.flags["is_chart"] = true;
        filling.texts = {{"text", chart.title}, {"summary", chart.summary}, {"svg", svg(chart, ++charts_)}};
    }
    void fill(const Markup& markup, Filling& filling) {
        filling.flags["is_markup"] = true;
        filling.texts = {{"html", markup.html}};
    }
    void fill(const Terms& terms, Filling& filling) {
        filling.flags["is_terms"] = true;
        for (const auto& term : terms.terms)
            filling.lists["terms"].push_back(
                {.texts = {{"name", term.name}, {"meaning", term.meaning}, {"source", term.source}}});
    }
    void fill(const PageTable& table, Filling& filling) {
        filling.flags["is_table"] = true;
        filling.flags["cards"] = table.cards;
        const bool sentences = std::any_of(table.columns.begin(), table.columns.end(),
                                           [](const PageTable::Column& column) { return column.wide; });
        filling.flags["narrow"] = table.columns.size() <= 4 && !sentences;
        filling.flags["cut"] = !table.left_out.empty();
        filling.texts = {
            {"caption", table.caption}, {"left_out", table.left_out}, {"span", std::to_string(table.columns.size())}};
        for (const auto& column : table.columns)
            filling.lists["columns"].push_back({.texts = {{"title", column.title}, {"align", align_of(column)}}});
        // A body for each band of rows.
        auto& bodies = filling.lists["bodies"];
        for (const auto& row : table.rows) {
            if (row.beyond) continue;
            if (bodies.empty() || !row.band.empty()) {
                bodies.push_back({.texts = {{"band", row.band}}, .flags = {{"banded", !row.band.empty()}}});
                bodies.back().lists["rows"];
            }
            Filling line;
            line.flags["total"] = row.total;
            line.lists["head"].push_back(cell(row.cells.at(0), table.columns.at(0)));
            for (std::size_t i = 1; i < row.cells.size(); ++i)
                line.lists["cells"].push_back(cell(row.cells[i], table.columns.at(i)));
            bodies.back().lists["rows"].push_back(std::move(line));
        }
    }

    int charts_ = 0;
};

}  // namespace

std::string html_page(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue) {
    return html_page(compose(View(scorecard, audience, catalogue)), catalogue);
}

std::string html_page(const Document& document, const Catalogue& catalogue) {
    Layout layout;
    Filling page;
    page.texts = {{"css", std::string(embedded_file("reports/templates/page.css"))},
                  {"language", document.language},
                  {"title", document.title},
                  {"brand", document.brand},
                  {"kind", document.kind},
                  {"period", document.period},
                  {"comparison", document.comparison},
                  {"as_of", document.as_of},
                  {"audience", document.audience},
                  {"happened", document.happened},
                  {"no_decision", document.no_decision},
                  {"footer", document.footer}};
    page.flags = {{"held", document.held},
                  {"to_decide", !document.decisions.empty()},
                  {"for_agency", document.for_agency},
                  {"tiled", !document.tiles.empty()}};
    for (const std::string& mark : document.marks) page.lists["marks"].push_back({.texts = {{"mark", mark}}});
    for (const std::string& decision : document.decisions)
        page.lists["decisions"].push_back({.texts = {{"decision", decision}}});
    for (const Tile& tile : document.tiles) {
        Filling filling;
        filling.texts = {{"name", tile.title}, {"value", tile.value}, {"before", tile.before}};
        const PageTable::Column untitled{};
        filling.lists = {{"change", {layout.cell(tile.change, untitled)}},
                         {"attainment", {layout.cell(tile.attainment, untitled)}},
                         {"line", {layout.cell(tile.line, untitled)}}};
        filling.flags["forecast"] = tile.forecast;
        page.lists["tiles"].push_back(std::move(filling));
    }
    for (const PagePart& part : document.parts) {
        Filling filling;
        filling.texts = {{"id", part.id}, {"heading", part.title}};
        for (const Block& block : part.blocks) filling.lists["blocks"].push_back(layout.block(block));
        page.lists["parts"].push_back(std::move(filling));
    }
    for (const char* word : {"conclusion", "decide", "figures", "attained", "held", "change"})
        page.texts[std::string("word_") + word] = catalogue(std::string("report.word.") + word);
    return render("reports/templates/page.html.mustache", embedded_file("reports/templates/page.html.mustache"), page,
                  Escape::html);
}

}  // namespace siyu
