// SPDX-License-Identifier: Apache-2.0
#include "reports/flat.hpp"

#include <algorithm>

#include "reports/markup.hpp"

namespace siyu {

std::string flat(const PageCell& cell) {
    return cleaned(cell.note.empty() ? cell.text : cell.text + " (" + cell.note + ")");
}

PageTable flat(const PageTable& table) {
    PageTable made = table;
    for (std::size_t i = made.columns.size(); i-- > 1;) {
        const auto drawn = [&](const PageTable::Row& row) { return row.cells[i].chart.has_value(); };
        if (std::none_of(made.rows.begin(), made.rows.end(), drawn)) continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        made.columns.erase(made.columns.begin() + at);
        for (PageTable::Row& row : made.rows) row.cells.erase(row.cells.begin() + at);
    }
    return made;
}

PageTable flat(const std::vector<Tile>& tiles, const Catalogue& say) {
    PageTable table{.caption = say("mail.sheet.tiles"),
                    .columns = {{say("mail.sheet.name"), false},
                                {say("mail.sheet.value")},
                                {say("mail.sheet.change")},
                                {say("mail.sheet.before")},
                                {say("mail.sheet.attained")},
                                {say("mail.sheet.line"), false}}};
    for (const Tile& tile : tiles)
        table.rows.push_back(
            {.cells = {{tile.title}, {tile.value}, tile.change, {tile.before}, tile.attainment, tile.line}});
    return table;
}

}  // namespace siyu
