// SPDX-License-Identifier: Apache-2.0
#include "reports/flat.hpp"
#include "reports/mail.hpp"
#include "reports/markup.hpp"
#include "reports/palette.hpp"
#include "reports/section_blocks.hpp"
#include "reports/svg.hpp"

namespace siyu {

namespace {

constexpr double paper_part = 0.7;  // of the width: words in pictures are about as large as the others

// The blocks of a document for print.
class Paper {
  public:
    using Kind = Print::Block::Kind;

    Paper(const Palette& colours, const Catalogue& say) : colours_(colours), say_(say) {}

    void line(Kind kind, const std::string& text) { blocks_.push_back({.kind = kind, .text = cleaned(text)}); }
    void add(const Paragraph& paragraph) { line(Kind::text, paragraph.text); }
    void add(const Chart& chart) {
        line(Kind::note, chart.title);
        blocks_.push_back({.kind = Kind::picture, .svg = picture(chart, colours_, paper_part)});
        line(Kind::note, chart.summary);
    }
    void add(const Terms& terms) {
        for (const auto& term : terms.terms) {
            line(Kind::text, say_("report.term", {{"name", term.name}, {"meaning", term.meaning}}));
            line(Kind::note, term.source);
        }
    }
    void add(const Markup&) {}  // with_section_blocks made others of them
    void add(const PageTable& whole) {
        const PageTable table = flat(whole);
        line(Kind::note, table.caption);
        Print::Block block{.kind = Kind::table};
        for (const auto& column : table.columns) {
            block.columns.push_back(cleaned(column.title));
            block.numbers.push_back(column.number);
        }
        for (const PageTable::Row& row : table.rows) {
            if (row.beyond) continue;
            if (!row.band.empty()) {
                auto& band = block.rows.emplace_back(table.columns.size());
                band.at(0) = {.text = cleaned(row.band), .colour = colours_.main, .strong = true};
            }
            auto& cells = block.rows.emplace_back();
            for (const PageCell& cell : row.cells)
                cells.push_back(
                    {.text = flat(cell), .colour = colours_.of(cell.tone), .strong = row.total || cell.chip});
        }
        blocks_.push_back(std::move(block));
        if (!table.left_out.empty()) line(Kind::note, table.left_out);
    }

    std::vector<Print::Block> take() { return std::move(blocks_); }

  private:
    const Palette& colours_;
    const Catalogue& say_;
    std::vector<Print::Block> blocks_;
};

}  // namespace

Print print_of(const Document& document, const Stationery& stationery, std::int64_t made_at, const Catalogue& say) {
    const Palette colours = palette(stationery.colour, stationery.red_is_good);
    Paper paper(colours, say);
    using Kind = Print::Block::Kind;
    if (document.for_agency) paper.line(Kind::note, document.audience);
    if (document.held) paper.line(Kind::note, say("report.word.held"));
    for (const std::string& mark : document.marks) paper.line(Kind::note, mark);
    paper.line(Kind::heading, say("report.word.conclusion"));
    paper.line(Kind::text, document.happened);
    paper.line(Kind::heading, say("report.word.decide"));
    for (const std::string& decision : document.decisions) paper.line(Kind::text, "· " + decision);
    if (document.decisions.empty()) paper.line(Kind::text, document.no_decision);
    paper.line(Kind::heading, say("report.word.figures"));
    paper.add(flat(document.tiles, say));
    const Document told = with_section_blocks(document);
    for (const PagePart& part : told.parts) {
        paper.line(Kind::heading, part.title);
        for (const Block& block : part.blocks) std::visit([&](const auto& what) { paper.add(what); }, block);
    }
    return {.title = cleaned(document.brand + " · " + document.kind),
            .subtitle = cleaned(document.period + " · " + document.comparison),
            .author = "siyu",
            .colour = colours.main,
            .footer = cleaned(document.as_of + "  " + document.footer),
            .language = document.language,
            .made_at = made_at,
            .blocks = paper.take()};
}

}  // namespace siyu
