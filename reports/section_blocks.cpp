// SPDX-License-Identifier: Apache-2.0
#include "reports/section_blocks.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

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

// Of a cell: over how many columns it goes.
std::size_t span_of(std::string_view tag) {
    constexpr std::string_view attribute = "colspan=\"";
    std::size_t span = 1;
    if (const std::size_t at = tag.find(attribute); at != tag.npos)
        std::from_chars(tag.data() + at + attribute.size(), tag.data() + tag.size(), span);
    return std::clamp<std::size_t>(span, 1, 100);
}

// Reads HTML that section_markup has checked.
class Reading {
  public:
    explicit Reading(const std::string& title) : title_(title) {}

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
        say_heading();
        return std::move(blocks_);
    }

  private:
    void open(std::string_view tag) {
        const std::string_view name = tag.substr(0, tag.find(' '));
        if (name == "strong" || name == "em") return;
        if (name == "table") {
            say();
            table_ = {};
            in_table_ = true;
        } else if (name == "thead" || name == "tbody") {
            in_head_ = name == "thead";
        } else if (in_table_) {
            if (name == "br") words_ += ' ';
            span_ = span_of(tag);
        } else {
            say();
            if (name == "li") words_ = "· ";
        }
    }

    void close(std::string_view name) {
        if (name == "strong" || name == "em") return;
        if (!in_table_ && (name == "h3" || name == "h4")) {
            say_heading();
            heading_ = taken();
        } else if (!in_table_) {
            say();
        } else if (name == "caption") {
            say_heading();
            table_.caption = taken();
        } else if (name == "td" || name == "th") {
            row_.push_back({.text = taken()});
            row_.resize(row_.size() + span_ - 1);
        } else if (name == "tr") {
            end_row();
        } else if (name == "table") {
            end_table();
        }
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

    void say_heading() {
        if (!heading_.empty()) blocks_.push_back(Paragraph{std::exchange(heading_, {})});
    }

    void say() {
        std::string line = taken();
        if (line.empty() || line == "·") return;
        say_heading();
        blocks_.push_back(Paragraph{std::move(line)});
    }

    void end_row() {
        const auto told =
            std::count_if(row_.begin(), row_.end(), [](const PageCell& cell) { return !cell.text.empty(); });
        if (in_head_ && table_.columns.empty()) {
            for (PageCell& cell : row_) table_.columns.push_back({std::move(cell.text)});
        } else if (row_.size() == table_.columns.size() && (told > 1 || row_.size() == 1)) {
            table_.rows.push_back({.cells = std::move(row_)});
        } else if (told > 0) {  // a sentence over the whole width, or no row of such a table
            std::string line;
            for (const PageCell& cell : row_)
                if (!cell.text.empty()) line += (line.empty() ? "" : "  ") + cell.text;
            after_.push_back(Paragraph{std::move(line)});
        }
        row_.clear();
    }

    void end_table() {
        in_table_ = in_head_ = false;
        for (std::size_t i = 1; i < table_.columns.size(); ++i) {
            std::ptrdiff_t figures = 0, words = 0;
            for (PageTable::Row& row : table_.rows) {
                row.cells[i].amount = amount_of(row.cells[i].text);
                if (!is_gap(row.cells[i].text)) ++(row.cells[i].amount ? figures : words);
            }
            table_.columns[i].number = figures > words;
            if (figures > words) continue;
            for (PageTable::Row& row : table_.rows) row.cells[i].amount.reset();
        }
        if (!table_.columns.empty()) table_.columns[0].number = false;
        if (table_.caption.empty()) table_.caption = heading_.empty() ? title_ : std::exchange(heading_, {});
        if (!table_.rows.empty())
            blocks_.push_back(std::move(table_));
        else
            blocks_.push_back(Paragraph{std::move(table_.caption)});
        std::move(after_.begin(), after_.end(), std::back_inserter(blocks_));
        after_.clear();
    }

    const std::string& title_;
    std::vector<Block> blocks_, after_;
    std::string words_, heading_;  // not said yet
    PageTable table_;
    std::vector<PageCell> row_;
    std::size_t span_ = 1;
    bool in_table_ = false, in_head_ = false;
};

}  // namespace

std::vector<Block> section_blocks(const Markup& markup, const std::string& title) {
    return Reading(title).read(markup.html);
}

Document with_section_blocks(Document document) {
    for (PagePart& part : document.parts) {
        std::vector<Block> blocks;
        for (Block& block : part.blocks)
            if (const auto* markup = std::get_if<Markup>(&block))
                std::ranges::move(section_blocks(*markup, part.title), std::back_inserter(blocks));
            else
                blocks.push_back(std::move(block));
        part.blocks = std::move(blocks);
    }
    return document;
}

}  // namespace siyu
