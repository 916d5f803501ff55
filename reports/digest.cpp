// SPDX-License-Identifier: Apache-2.0
#include "reports/digest.hpp"

#include <algorithm>

#include "reports/markup.hpp"
#include "reports/section_blocks.hpp"
#include "reports/wording.hpp"

namespace siyu {

namespace {

constexpr std::ptrdiff_t most_tiles = 4;
constexpr std::size_t most_columns = 5, most_pictures = 3, most_bullets = 8;
// What a cell can take on a phone beside four others, and anywhere.
constexpr int amount_columns = 8, cell_columns = 400, paragraph_columns = 3000;

class Digest {
  public:
    Digest(std::size_t rows, const std::string& where, const Catalogue& say)
        : rows_(rows), where_(where), say_(say), words_(say) {}

    void cut(PageTable& table) const {
        keep_columns(table);
        const auto total = [](const PageTable::Row& row) { return row.total; };
        const auto totals = static_cast<std::size_t>(std::count_if(table.rows.begin(), table.rows.end(), total));
        const std::size_t all = std::max(table.all, table.rows.size() - totals);
        std::size_t kept = 0;
        std::erase_if(table.rows, [&](const PageTable::Row& row) { return !row.total && ++kept > rows_; });
        for (PageTable::Row& row : table.rows) row.beyond = false;
        table.left_out.clear();
        if (all > rows_)
            table.left_out =
                say_("report.left_out", {{"all", words_.number(static_cast<std::int64_t>(all), 0)},
                                         {"shown", std::to_string(rows_)},
                                         {"rest", words_.number(static_cast<std::int64_t>(all - rows_), 0)},
                                         {"where", where_}});
    }

    // The figures of a picture that is left out stand in the tables.
    bool keep(Block& block) {
        if (auto* chart = std::get_if<Chart>(&block)) {
            if (!chart->brief || pictures_ == most_pictures) return false;
            if (chart->kind == Chart::Kind::bullets && chart->items.size() > most_bullets)
                chart->items.resize(most_bullets);
            ++pictures_;
        }
        if (auto* table = std::get_if<PageTable>(&block)) cut(*table);
        if (auto* paragraph = std::get_if<Paragraph>(&block))
            paragraph->text = shortened(paragraph->text, paragraph_columns);
        return true;
    }

  private:
    void keep_columns(PageTable& table) const {
        std::vector<std::size_t> kept{0};
        for (std::size_t i = 1; i < table.columns.size() && kept.size() < most_columns; ++i)
            if (table.columns[i].brief) kept.push_back(i);
        const auto keep = [&](auto& all) {
            for (std::size_t i = 0; i < kept.size(); ++i)
                if (i != kept[i]) all[i] = std::move(all[kept[i]]);
            all.resize(kept.size());
        };
        if (kept.size() < table.columns.size() && !table.brief_caption.empty()) table.caption = table.brief_caption;
        keep(table.columns);
        for (PageTable::Row& row : table.rows) {
            keep(row.cells);
            for (PageCell& cell : row.cells) shorten(cell);
        }
    }

    void shorten(PageCell& cell) const {
        cell.chart.reset();
        if (cell.amount && cell.amount->value && cell.amount->unit == Unit::money &&
            columns_of(cell.text) > amount_columns)
            cell.text = brief(*cell.amount->value);
        cell.text = shortened(cell.text, cell_columns);
    }

    // Chinese has 万 and 亿 for it.
    std::string brief(const Fraction& fen) const {
        const Fraction millions = fen / Fraction(100'000'000);
        if (say_.language() == Language::zh || (millions < Fraction(1) && Fraction(-1) < millions))
            return words_.brief(fen, Unit::money);
        return say_("mail.millions", {{"number", words_.number(millions, 2)}});
    }

    const std::size_t rows_;
    const std::string& where_;
    const Catalogue& say_;
    const Wording words_;
    std::size_t pictures_ = 0;
};

// Two by two, with the one that matters most among them.
void keep_tiles(std::vector<Tile>& tiles) {
    if (std::ssize(tiles) <= most_tiles) return;
    const auto main =
        std::find_if(tiles.begin() + most_tiles - 1, tiles.end(), [](const Tile& tile) { return tile.main; });
    if (main != tiles.end()) std::iter_swap(tiles.begin() + most_tiles - 1, main);
    tiles.resize(most_tiles);
}

}  // namespace

Document digest(Document document, std::size_t rows, const std::string& where, const Catalogue& say) {
    document = with_section_blocks(std::move(document));
    Digest digest(rows, where, say);
    keep_tiles(document.tiles);
    std::erase_if(document.parts, [](const PagePart& part) { return part.id == "definitions"; });
    for (PagePart& part : document.parts) {
        std::vector<Block> kept;
        for (Block& block : part.blocks)
            if (digest.keep(block)) kept.push_back(std::move(block));
        part.blocks = std::move(kept);
    }
    std::erase_if(document.parts, [](const PagePart& part) { return part.blocks.empty(); });
    return document;
}

}  // namespace siyu
