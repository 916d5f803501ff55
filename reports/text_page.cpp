// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/embedded.hpp"
#include "reports/compose.hpp"
#include "reports/markup.hpp"
#include "reports/page.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr int page_columns = 100;

std::string blanks(int number) { return std::string(static_cast<std::size_t>(std::max(number, 0)), ' '); }

std::string text_of(const PageCell& cell) {
    return cleaned(cell.note.empty() ? cell.text : cell.text + " (" + cell.note + ")");
}

// A picture in a row is a line of its own under the table.
std::string take_pictures(PageTable& table) {
    std::string out;
    for (std::size_t i = table.columns.size(); i-- > 1;) {
        const auto picture = [&](const PageTable::Row& row) { return row.cells[i].chart.has_value(); };
        if (std::none_of(table.rows.begin(), table.rows.end(), picture)) continue;
        for (const PageTable::Row& row : table.rows)
            if (picture(row))
                out += wrapped("- " + text_of(row.cells[0]) + "  " + cleaned(table.columns[i].title) + " " +
                                   text_of(row.cells[i]),
                               page_columns, 4) +
                       "\n";
        table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
        for (PageTable::Row& row : table.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

// In columns where they fit on the page, else row by row with each value behind its column's title.
std::string text_of(PageTable table) {
    const std::string pictures = take_pictures(table);
    std::vector<int> widths;
    for (const auto& column : table.columns) widths.push_back(columns_of(cleaned(column.title)));
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(text_of(row.cells[i])));
    int total = 2 * static_cast<int>(widths.size() - 1);
    for (const int width : widths) total += width;

    std::string out = wrapped("[" + cleaned(table.caption) + "]", page_columns) + "\n";
    const auto padded = [&](const std::string& text, std::size_t i) {
        const std::string room = blanks(widths[i] - columns_of(text));
        return (i > 0 ? "  " : "") + (table.columns[i].number ? room + text : text + room);
    };
    const auto add_line = [&](std::string line) {
        while (line.ends_with(' ')) line.pop_back();
        out += line + "\n";
    };
    const bool fits = total <= page_columns;
    if (fits) {
        std::string line;
        for (std::size_t i = 0; i < table.columns.size(); ++i) line += padded(cleaned(table.columns[i].title), i);
        add_line(line);
        out += std::string(static_cast<std::size_t>(total), '-') + "\n";
    }
    for (const PageTable::Row& row : table.rows) {
        if (!row.band.empty()) add_line("· " + cleaned(row.band));
        if (fits) {
            std::string line;
            for (std::size_t i = 0; i < row.cells.size(); ++i) line += padded(text_of(row.cells[i]), i);
            add_line(line);
            continue;
        }
        std::string line = "- " + text_of(row.cells[0]) + ":  ";
        for (std::size_t i = 1; i < row.cells.size(); ++i)
            line += (i > 1 ? " | " : "") + cleaned(table.columns[i].title) + " " + text_of(row.cells[i]);
        out += wrapped(line, page_columns, 4) + "\n";
    }
    if (!table.left_out.empty()) out += wrapped(cleaned(table.left_out), page_columns) + "\n";
    return out + (pictures.empty() ? "" : "\n") + pictures;
}

std::string text_of(const Paragraph& sentence) { return wrapped(cleaned(sentence.text), page_columns) + "\n"; }

std::string text_of(const Chart& chart) {
    std::string out = wrapped(cleaned("[" + chart.title + "] " + chart.summary), page_columns, 2) + "\n";
    return out;
}

std::string text_of(const Terms& terms) {
    std::string out;
    for (const auto& term : terms.terms)
        out += wrapped(cleaned(term.name + " = " + term.meaning + "  [" + term.source + "]"), page_columns, 4) + "\n";
    return out;
}

std::string text_of(const Markup& markup) {
    std::string out, line;
    for (const char c : markup.text + "\n") {
        if (c != '\n') {
            line += c;
            continue;
        }
        out += wrapped(cleaned(line), page_columns) + "\n";
        line.clear();
    }
    return out;
}

std::string text_of(const Tile& tile, const std::string& change_word, const std::string& attained) {
    std::string line =
        "* " + tile.title + "  " + tile.value + " | " + change_word + " " + text_of(tile.change) + " | " + tile.before;
    line += " | " + (tile.forecast ? attained + " " : "") + text_of(tile.attainment) + " | " + tile.line.text;
    return wrapped(cleaned(line), page_columns, 4);
}

}  // namespace

std::string text_page(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue) {
    const View view(scorecard, audience, catalogue);
    const Document document = compose(view);
    const auto one = [](const std::string& key, const std::string& text) { return Filling{.texts = {{key, text}}}; };
    Filling page;
    const auto put = [&](const char* key, const std::string& text) {
        page.texts[key] = wrapped(cleaned(text), page_columns);
    };
    put("title", document.title);
    put("comparison", document.comparison);
    put("as_of", document.as_of + "  " + document.audience);
    put("happened", document.happened);
    put("no_decision", document.no_decision);
    put("footer", document.footer);
    put("word_conclusion", catalogue("report.word.conclusion"));
    put("word_decide", catalogue("report.word.decide"));
    put("word_figures", catalogue("report.word.figures"));
    put("word_held", catalogue("report.word.held"));
    page.texts["rule"] = std::string(page_columns, '=');
    page.flags = {{"held", document.held}, {"to_decide", !document.decisions.empty()}};
    for (const std::string& decision : document.decisions)
        page.lists["decisions"].push_back(one("decision", wrapped(cleaned("- " + decision), page_columns, 2)));
    for (const Tile& tile : document.tiles)
        page.lists["tiles"].push_back(
            one("tile", text_of(tile, catalogue("report.word.change"), catalogue("report.word.attained"))));
    for (const PagePart& part : document.parts) {
        Filling filling = one("heading", cleaned(part.title));
        filling.texts["underline"] = std::string(static_cast<std::size_t>(columns_of(cleaned(part.title))), '-');
        for (const Block& block : part.blocks)
            filling.lists["blocks"].push_back(
                one("block", std::visit([](const auto& what) { return text_of(what); }, block)));
        page.lists["parts"].push_back(std::move(filling));
    }
    return render("reports/templates/page.txt.mustache", embedded_file("reports/templates/page.txt.mustache"), page,
                  Escape::off);
}

}  // namespace siyu
