// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/mail.hpp"
#include "reports/markup.hpp"
#include "reports/palette.hpp"
#include "reports/svg.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_name_bytes = 120;

std::string text_of(const PageCell& cell) {
    return cleaned(cell.note.empty() ? cell.text : cell.text + " (" + cell.note + ")");
}

bool has_charts(const PageTable& table, std::size_t column) {
    return std::any_of(table.rows.begin(), table.rows.end(),
                       [&](const PageTable::Row& row) { return row.cells[column].chart.has_value(); });
}

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

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(cleaned(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return lines;
}

Workbook::Cell sheet_cell(const PageCell& cell, bool strong) {
    using Kind = Workbook::Kind;
    Workbook::Cell made{.text = text_of(cell), .strong = strong};
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

Workbook::Sheet sheet_of(const PageTable& table, const Catalogue& say) {
    Workbook::Sheet sheet{
        .name = cleaned(table.caption), .before = {cleaned(table.caption)}, .columns = {}, .rows = {}};
    const auto rows = static_cast<std::size_t>(
        std::count_if(table.rows.begin(), table.rows.end(), [](const PageTable::Row& row) { return !row.total; }));
    if (table.all > rows)
        sheet.before.push_back(
            say("mail.sheet.cut", {{"all", std::to_string(table.all)}, {"shown", std::to_string(rows)}}));
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (!has_charts(table, i)) columns.push_back(i);
    for (const std::size_t i : columns) sheet.columns.push_back(cleaned(table.columns[i].title));
    for (const PageTable::Row& row : table.rows) {
        if (!row.band.empty()) {
            auto& band = sheet.rows.emplace_back(columns.size());
            band.at(0) = {.text = cleaned(row.band), .strong = true};
        }
        auto& cells = sheet.rows.emplace_back();
        for (const std::size_t i : columns) cells.push_back(sheet_cell(row.cells[i], row.total));
    }
    return sheet;
}

PageTable tiles_of(const Document& document, const Catalogue& say) {
    PageTable table{.caption = say("mail.sheet.tiles"),
                    .columns = {{say("mail.sheet.name"), false},
                                {say("mail.sheet.value")},
                                {say("mail.sheet.change")},
                                {say("mail.sheet.before")},
                                {say("mail.sheet.attained")},
                                {say("mail.sheet.line"), false}}};
    for (const Tile& tile : document.tiles)
        table.rows.push_back(
            {.cells = {{tile.title}, {tile.value}, tile.change, {tile.before}, tile.attainment, tile.line}});
    return table;
}

PageTable terms_of(const std::string& title, const Terms& terms, const Catalogue& say) {
    PageTable table{
        .caption = title,
        .columns = {
            {say("mail.sheet.name"), false}, {say("mail.sheet.meaning"), false}, {say("mail.sheet.source"), false}}};
    for (const auto& term : terms.terms) table.rows.push_back({.cells = {{term.name}, {term.meaning}, {term.source}}});
    return table;
}

// The blocks of a document for print.
class Paper {
  public:
    using Kind = Print::Block::Kind;

    Paper(const Palette& colours, const Catalogue& say) : colours_(colours), say_(say) {}

    void line(Kind kind, const std::string& text) { blocks_.push_back({.kind = kind, .text = cleaned(text)}); }
    void add(const Paragraph& paragraph) { line(Kind::text, paragraph.text); }
    void add(const Chart& chart) {
        line(Kind::note, chart.title);
        blocks_.push_back({.kind = Kind::picture, .svg = picture(chart, colours_)});
        line(Kind::note, chart.summary);
    }
    void add(const Terms& terms) {
        for (const auto& term : terms.terms) {
            line(Kind::text, say_("report.term", {{"name", term.name}, {"meaning", term.meaning}}));
            line(Kind::note, term.source);
        }
    }
    void add(const Markup& markup) {
        for (const std::string& words : lines_of(markup.text)) line(Kind::text, words);
    }
    void add(const PageTable& table) {
        line(Kind::note, table.caption);
        Print::Block block{.kind = Kind::table};
        std::vector<std::size_t> columns;
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (!has_charts(table, i)) columns.push_back(i);
        for (const std::size_t i : columns) {
            block.columns.push_back(cleaned(table.columns[i].title));
            block.numbers.push_back(table.columns[i].number);
        }
        for (const PageTable::Row& row : table.rows) {
            if (row.beyond) continue;
            if (!row.band.empty()) {
                auto& band = block.rows.emplace_back(columns.size());
                band.at(0) = {.text = cleaned(row.band), .colour = colours_.main, .strong = true};
            }
            auto& cells = block.rows.emplace_back();
            for (const std::size_t i : columns)
                cells.push_back({.text = text_of(row.cells[i]),
                                 .colour = colours_.of(row.cells[i].tone),
                                 .strong = row.total || row.cells[i].chip});
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

// Without what some file system does not take, and no longer than so many bytes.
std::string file_name_part(const std::string& text, std::size_t most) {
    std::string out;
    for (const char c : cleaned(text))
        out += std::string_view("\\/:*?\"<>|").find(c) == std::string_view::npos ? c : '-';
    while (!out.empty() && (out.front() == '.' || out.front() == ' ')) out.erase(0, 1);
    while (out.size() > most) {
        while ((static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
        out.pop_back();
    }
    while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
    return out;
}

}  // namespace

Workbook workbook_of(const Document& document, std::int64_t made_at, const Catalogue& say) {
    Workbook book{.title = cleaned(document.title), .author = "siyu", .made_at = made_at, .sheets = {}};
    Workbook::Sheet summary = sheet_of(tiles_of(document, say), say);
    summary.name = say("mail.sheet.summary");
    summary.before = opening(document, say);
    book.sheets.push_back(std::move(summary));
    for (const PagePart& part : document.parts) {
        std::vector<std::string>
            sentences;  // they stand above the table that comes after them, else on the first sheet
        for (const Block& block : part.blocks) {
            if (const auto* paragraph = std::get_if<Paragraph>(&block)) sentences.push_back(cleaned(paragraph->text));
            if (const auto* markup = std::get_if<Markup>(&block))
                for (std::string& line : lines_of(markup->text)) sentences.push_back(std::move(line));
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
    paper.add(tiles_of(document, say));
    for (const PagePart& part : document.parts) {
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

std::string attachment_name(const Document& document, std::string_view ending) {
    const Catalogue& say = catalogue(document.language == "en" ? Language::en : Language::zh);
    const auto name = [&](std::size_t room) {
        std::string whole = say(document.first == document.last ? "mail.file_name_day" : "mail.file_name",
                                {{"brand", file_name_part(document.brand, room)},
                                 {"kind", document.kind},
                                 {"first", document.first},
                                 {"last", document.last}});
        if (document.for_agency) whole = say("mail.file_name_agency", {{"name", whole}});
        return file_name_part(whole, most_name_bytes - ending.size() - 1);
    };
    const std::size_t rest = name(0).size() + ending.size() + 2;
    return name(rest < most_name_bytes ? most_name_bytes - rest : 0) + "." + std::string(ending);
}

}  // namespace siyu
