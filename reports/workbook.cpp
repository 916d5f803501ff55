// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/flat.hpp"
#include "reports/mail.hpp"
#include "reports/markup.hpp"
#include "reports/section_blocks.hpp"

namespace siyu {

namespace {

// Everything in front of the parts that is no table.
std::vector<std::string> opening(const Document& document, const Catalogue& say) {
    std::vector<std::string> lines;
    for (const std::string& line : {document.title, document.comparison, document.as_of, document.audience})
        if (!line.empty()) lines.push_back(cleaned(line));
    if (document.held) lines.push_back(say("report.word.held"));
    for (const std::string& mark : document.marks) lines.push_back(cleaned(mark));
    lines.push_back(cleaned(document.happened));
    for (const std::string& decision : document.decisions)
        lines.push_back(cleaned(say("report.word.decide") + " · " + decision));
    return lines;
}

Workbook::Cell sheet_cell(const PageCell& cell, bool strong) {
    using Kind = Workbook::Kind;
    Workbook::Cell made{.text = flat(cell), .strong = strong};
    if (!cell.amount || !cell.amount->value) return made;
    const Fraction& amount = *cell.amount->value;
    switch (cell.amount->unit) {
        case Unit::count: made.kind = amount.whole() ? Kind::count : Kind::decimal; break;
        case Unit::ratio: made.kind = Kind::ratio; break;
        case Unit::money: made.kind = Kind::yuan; break;
        case Unit::multiple: made.kind = Kind::multiple; break;
    }
    made.number = (made.kind == Kind::yuan ? amount / Fraction(100) : amount).approximate();
    return made;
}

Workbook::Sheet sheet_of(const PageTable& whole, const Catalogue& say) {
    const PageTable table = flat(whole);
    Workbook::Sheet sheet{
        .name = cleaned(table.caption), .before = {cleaned(table.caption)}, .columns = {}, .rows = {}};
    const auto rows = static_cast<std::size_t>(
        std::count_if(table.rows.begin(), table.rows.end(), [](const PageTable::Row& row) { return !row.total; }));
    if (table.all > rows)
        sheet.before.push_back(
            say("mail.sheet.cut", {{"all", std::to_string(table.all)}, {"shown", std::to_string(rows)}}));
    for (const auto& column : table.columns) sheet.columns.push_back(cleaned(column.title));
    for (const PageTable::Row& row : table.rows) {
        if (!row.band.empty()) {
            auto& band = sheet.rows.emplace_back(table.columns.size());
            band.at(0) = {.text = cleaned(row.band), .strong = true};
        }
        auto& cells = sheet.rows.emplace_back();
        for (const PageCell& cell : row.cells) cells.push_back(sheet_cell(cell, row.total));
    }
    return sheet;
}

PageTable terms_of(const std::string& title, const Terms& terms, const Catalogue& say) {
    PageTable table{
        .caption = title,
        .columns = {
            {say("mail.sheet.name"), false}, {say("mail.sheet.meaning"), false}, {say("mail.sheet.source"), false}}};
    for (const auto& term : terms.terms) table.rows.push_back({.cells = {{term.name}, {term.meaning}, {term.source}}});
    return table;
}

}  // namespace

Workbook workbook_of(const Document& document, std::int64_t made_at, const Catalogue& say) {
    Workbook book{.title = cleaned(document.title), .author = "siyu", .made_at = made_at, .sheets = {}};
    Workbook::Sheet summary = sheet_of(flat(document.tiles, say), say);
    summary.name = say("mail.sheet.summary");
    summary.before = opening(document, say);
    book.sheets.push_back(std::move(summary));
    const Document told = with_section_blocks(document);
    for (const PagePart& part : told.parts) {
        std::vector<std::string>
            sentences;  // they stand above the table that comes after them, else on the first sheet
        for (const Block& block : part.blocks) {
            if (const auto* paragraph = std::get_if<Paragraph>(&block)) sentences.push_back(cleaned(paragraph->text));
            std::optional<Workbook::Sheet> sheet;
            if (const auto* terms = std::get_if<Terms>(&block))
                sheet = sheet_of(terms_of(part.title, *terms, say), say);
            if (const auto* table = std::get_if<PageTable>(&block)) sheet = sheet_of(*table, say);
            if (!sheet) continue;
            sheet->before.insert(sheet->before.end(), sentences.begin(), sentences.end());
            sentences.clear();
            book.sheets.push_back(*std::move(sheet));
        }
        for (const std::string& sentence : sentences)
            book.sheets[0].before.push_back(cleaned(part.title) + " · " + sentence);
    }
    return book;
}

}  // namespace siyu
