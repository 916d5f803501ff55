// SPDX-License-Identifier: Apache-2.0
#include "core/intake/preview.hpp"

#include <algorithm>
#include <map>

#include "core/intake/cell.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

std::string canonical(const Column& column, std::string_view raw, const Cell& cell, const Zone& zone) {
    if (column.type == Type::number) return std::string(strip(raw));  // the cell has it as a fraction
    if (column.space != Space::unused) return std::string(cell.text);
    if (cell.number == absent) return {};
    switch (column.type) {
        case Type::date: return to_string(Day{static_cast<std::int32_t>(cell.number)});
        case Type::month: return month_text(Day{static_cast<std::int32_t>(cell.number)});
        case Type::instant: return zone.text({cell.number});
        case Type::money: return money_text(cell.number);
        default: return std::to_string(cell.number);
    }
}

}  // namespace

bool is_level(const Column& column) { return column.name == "members" || column.name == "on_hand"; }

std::vector<Preview> preview(FactSource& source, const Zone& zone, const RowRules& rules, std::size_t first_rows) {
    std::vector<Preview> found;
    for (const Fact fact : source.facts()) {
        Preview& one = found.emplace_back();
        one.fact = fact;
        const auto& columns = kind_of(fact).columns;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if ((columns[i].type == Type::money || columns[i].type == Type::count) && !is_level(columns[i]))
                one.sums.emplace_back(i, 0);
    }
    std::vector<Cell> cells;
    std::vector<std::string> scratch;
    std::map<std::pair<Fact, std::string>, std::vector<std::int64_t>>
        counted;  // what a later row of the key takes back
    for (auto came = source.next(); came != FactSource::Found::end; came = source.next()) {
        if (came == FactSource::Found::bad) continue;
        const FactSource::Row& row = source.row();
        const auto& columns = kind_of(row.fact).columns;
        cells.assign(columns.size(), {});
        if (scratch.size() < columns.size()) scratch.resize(columns.size());
        bool good = true;
        for (std::size_t i = 0; i < columns.size() && good; ++i)
            good = !parse_cell(columns[i], row.cells[i], zone, scratch[i], cells[i]) &&
                   !rules.look(kind_of(row.fact), i, row.cells[i], cells[i]);
        if (!good) continue;
        Preview& one = *std::ranges::find(found, row.fact, &Preview::fact);
        std::string key;
        for (const int column : kind_of(row.fact).key)
            key += canonical(columns[static_cast<std::size_t>(column)], row.cells[static_cast<std::size_t>(column)],
                             cells[static_cast<std::size_t>(column)], zone) +
                   '\0';
        if (row.fact == Fact::surveys && cells[kind_of(row.fact).place("response_id")].text.empty())
            key += std::to_string(row.line);
        const auto [before, fresh] = counted.try_emplace({row.fact, std::move(key)}, one.sums.size());
        one.rows += fresh;
        if (const int when = kind_of(row.fact).when; when >= 0) {
            const auto at = static_cast<std::size_t>(when);
            const std::int64_t number = cells[at].number;
            const Day day =
                columns[at].type == Type::instant ? zone.day_of({number}) : Day{static_cast<std::int32_t>(number)};
            one.days = {std::min(one.days.first, day), std::max(one.days.last, day)};
        }
        for (std::size_t i = 0; i < one.sums.size(); ++i) {
            auto& [column, sum] = one.sums[i];
            const std::int64_t number = cells[column].number == absent ? 0 : cells[column].number;
            // An overflow takes more than the money of the world.
            sum = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) +
                                            static_cast<std::uint64_t>(number - before->second[i]));
            before->second[i] = number;
        }
        if (one.first.size() == first_rows) continue;
        std::vector<std::string>& shown = one.first.emplace_back();
        for (std::size_t i = 0; i < columns.size(); ++i)
            shown.push_back(canonical(columns[i], row.cells[i], cells[i], zone));
    }
    return found;
}

}  // namespace siyu
