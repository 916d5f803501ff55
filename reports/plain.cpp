// SPDX-License-Identifier: Apache-2.0
#include "reports/plain.hpp"

#include <algorithm>

#include "reports/markup.hpp"

namespace siyu {

namespace {

std::string blanks(int number) { return std::string(static_cast<std::size_t>(std::max(number, 0)), ' '); }

std::string text_of(const PageCell& cell) {
    return cleaned(cell.note.empty() ? cell.text : cell.text + " (" + cell.note + ")");
}

// A picture in a row is a line of its own under the table.
std::string take_pictures(PageTable& table, int page) {
    std::string out;
    for (std::size_t i = table.columns.size(); i-- > 1;) {
        const auto picture = [&](const PageTable::Row& row) { return row.cells[i].chart.has_value(); };
        if (std::none_of(table.rows.begin(), table.rows.end(), picture)) continue;
        for (const PageTable::Row& row : table.rows)
            if (picture(row))
                out += wrapped("- " + text_of(row.cells[0]) + "  " + cleaned(table.columns[i].title) + " " +
                                   text_of(row.cells[i]),
                               page, 4) +
                       "\n";
        table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
        for (PageTable::Row& row : table.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

// In columns where they fit on the page, else row by row with each value behind its column's title.
std::string text_of(PageTable table, int page) {
    std::erase_if(table.rows, [](const PageTable::Row& row) { return row.beyond; });
    const std::string pictures = take_pictures(table, page);
    std::vector<int> widths;
    for (const auto& column : table.columns) widths.push_back(columns_of(cleaned(column.title)));
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(text_of(row.cells[i])));
    int total = 2 * static_cast<int>(widths.size() - 1);
    for (const int width : widths) total += width;

    std::string out = wrapped("[" + cleaned(table.caption) + "]", page) + "\n";
    const auto padded = [&](const std::string& text, std::size_t i) {
        const std::string room = blanks(widths[i] - columns_of(text));
        return (i > 0 ? "  " : "") + (table.columns[i].number ? room + text : text + room);
    };
    const auto add_line = [&](std::string line) {
        while (line.ends_with(' ')) line.pop_back();
        out += line + "\n";
    };
    const bool fits = total <= page;
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
        out += wrapped(line, page, 4) + "\n";
    }
    if (!table.left_out.empty()) out += wrapped(cleaned(table.left_out), page) + "\n";
    return out + (pictures.empty() ? "" : "\n") + pictures;
}

std::string text_of(const Paragraph& sentence, int page) { return wrapped(cleaned(sentence.text), page) + "\n"; }

std::string text_of(const Chart& chart, int page) {
    std::string out = wrapped(cleaned("[" + chart.title + "] " + chart.summary), page, 2) + "\n";
    return out;
}

std::string text_of(const Terms& terms, int page) {
    std::string out;
    for (const auto& term : terms.terms)
        out += wrapped(cleaned(term.name + " = " + term.meaning + "  [" + term.source + "]"), page, 4) + "\n";
    return out;
}

std::string text_of(const Markup& markup, int page) {
    std::string out, line;
    for (const char c : markup.text + "\n") {
        if (c != '\n') {
            line += c;
            continue;
        }
        out += wrapped(cleaned(line), page) + "\n";
        line.clear();
    }
    return out;
}

}  // namespace

std::string plain(const Block& block, int columns) {
    return std::visit([&](const auto& what) { return text_of(what, columns); }, block);
}

std::string plain(const Tile& tile, int columns, const Catalogue& say) {
    std::string line = "* " + tile.title + "  " + tile.value + " | " + say("report.word.change") + " " +
                       text_of(tile.change) + " | " + tile.before;
    line += " | " + (tile.forecast ? say("report.word.attained") + " " : "") + text_of(tile.attainment) + " | " +
            tile.line.text;
    return wrapped(cleaned(line), columns, 4);
}

}  // namespace siyu
