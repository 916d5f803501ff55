// SPDX-License-Identifier: Apache-2.0
#include "reports/section_blocks.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "reports/section_markup.hpp"

namespace siyu {

namespace {

// A figure as Wording writes it. A number of four digits and more without a comma is a name of something.
std::optional<Amount> amount_of(std::string text) {
    constexpr std::string_view minus = "−";
    if (text.starts_with(minus)) text.replace(0, minus.size(), "-");
    const auto number = Fraction::parse(text);
    if (!number) return std::nullopt;
    if (text.ends_with('%')) return Amount{*number, Unit::ratio};
    if (text.find("¥") != std::string::npos) return Amount{*number * Fraction(100), Unit::money};
    const std::size_t digits = std::min(text.find('.'), text.size());
    if ((digits > 4 && text.find(',') == std::string::npos) || (digits > 1 && text[0] == '0')) return std::nullopt;
    return Amount{*number, Unit::count};
}

bool is_gap(const std::string& text) { return text.empty() || text == "–" || text == "-"; }

// Reads HTML that section_markup has checked.
class Reading {
  public:
    std::vector<Block> read(std::string_view html) {
        while (!html.empty()) {
            const std::size_t end = html[0] == '<' ? html.find('>') + 1 : std::min(html.find('<'), html.size());
            const std::string_view piece = html.substr(0, end);
            html.remove_prefix(end);
            if (piece[0] != '<')
                words_ += piece;
            else if (piece[1] == '/')
                close(piece.substr(2, piece.size() - 3));
            else
                open(piece.substr(1, piece.size() - 2));
        }
        say();
        return std::move(blocks_);
    }

  private:
    void open(std::string_view tag) {
        const std::string_view name = tag.substr(0, tag.find(' '));
        if (name == "strong" || name == "em") return;
        if (name == "table") {
            say();
            table_ = {};
            after_.clear();
            in_table_ = true;
        } else if (name == "tr") {
            row_.clear();
            spans_ = false;
        } else if (name == "thead" || name == "tbody") {
            in_head_ = name == "thead";
        } else if (in_table_) {
            if (name == "br") words_ += ' ';
            if (tag.find("span=") != tag.npos) spans_ = true;
        } else {
            say();
            if (name == "li") words_ = "· ";
        }
    }

    void close(std::string_view name) {
        if (name == "strong" || name == "em") return;
        if (!in_table_) return say();
        if (name == "caption") table_.caption = taken();
        if (name == "td" || name == "th") row_.push_back({.text = taken()});
        if (name == "tr") end_row();
        if (name == "table") end_table();
    }

    std::string taken() {
        std::string line;
        for (const char c : std::exchange(words_, {}))
            if (c != ' ' && c != '\n')
                line += c;
            else if (!line.empty() && line.back() != ' ')
                line += ' ';
        while (line.ends_with(' ')) line.pop_back();
        return without_entities(line);
    }

    void say() {
        if (std::string line = taken(); !line.empty() && line != "·") blocks_.push_back(Paragraph{std::move(line)});
    }

    void end_row() {
        if (in_head_ && table_.columns.empty() && !spans_) {
            for (PageCell& cell : row_) table_.columns.push_back({std::move(cell.text)});
        } else if (row_.size() == table_.columns.size() && !spans_) {
            table_.rows.push_back({.cells = std::move(row_)});
        } else {  // a sentence over the whole width, or no row of such a table
            std::string line;
            for (const PageCell& cell : row_) line += (line.empty() ? "" : "  ") + cell.text;
            if (!line.empty()) after_.push_back(Paragraph{std::move(line)});
        }
        row_.clear();
    }

    void end_table() {
        in_table_ = in_head_ = false;
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            for (PageTable::Row& row : table_.rows) row.cells[i].amount = amount_of(row.cells[i].text);
            table_.columns[i].number =
                i > 0 && std::all_of(table_.rows.begin(), table_.rows.end(),
                                     [&](const auto& row) { return row.cells[i].amount || is_gap(row.cells[i].text); });
            if (table_.columns[i].number) continue;
            for (PageTable::Row& row : table_.rows) row.cells[i].amount.reset();
        }
        if (!table_.rows.empty())
            blocks_.push_back(std::move(table_));
        else if (!table_.caption.empty())
            blocks_.push_back(Paragraph{std::move(table_.caption)});
        std::move(after_.begin(), after_.end(), std::back_inserter(blocks_));
    }

    std::vector<Block> blocks_, after_;
    std::string words_;
    PageTable table_;
    std::vector<PageCell> row_;
    bool in_table_ = false, in_head_ = false, spans_ = false;
};

}  // namespace

std::vector<Block> section_blocks(const Markup& markup) { return Reading().read(markup.html); }

Document with_section_blocks(Document document) {
    for (PagePart& part : document.parts) {
        std::vector<Block> blocks;
        for (Block& block : part.blocks)
            if (const auto* markup = std::get_if<Markup>(&block))
                std::ranges::move(section_blocks(*markup), std::back_inserter(blocks));
            else
                blocks.push_back(std::move(block));
        part.blocks = std::move(blocks);
    }
    return document;
}

}  // namespace siyu
