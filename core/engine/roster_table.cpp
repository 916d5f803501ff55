// SPDX-License-Identifier: Apache-2.0
#include "core/engine/roster_table.hpp"

#include "core/base/error.hpp"

namespace siyu {

namespace {

using Cells = std::vector<std::string>;

// A row, behind what it is sorted by.
using Keyed = std::pair<Cells, Cells>;

std::string text_of(const Column& column, std::int64_t cell, Ledger& ledger) {
    if (cell == absent) return {};
    switch (column.type) {
        case Type::date: return to_string(Day{static_cast<std::int32_t>(cell)});
        case Type::month: return month_text(Day{static_cast<std::int32_t>(cell)});
        case Type::instant: return ledger.zone().text({cell});
        case Type::money:
        case Type::count: return std::to_string(cell);
        default: return ledger.words().text(column.space, cell);
    }
}

std::vector<Keyed> rows_of(Ledger& ledger, const Roster& roster, const Cells& columns, Day day) {
    const FactKind& kind = kind_of(roster.fact);
    std::vector<Attribute> attributes;
    for (const std::string& column : columns) {
        auto found = ledger.attribute(roster.fact, column, day);
        if (!found)
            throw Error(Error::refused, "kpi.unknown_column", {{"fact", std::string(kind.name)}, {"column", column}});
        attributes.push_back(std::move(*found));
    }
    std::vector<Keyed> found;
    ledger.each(roster.fact, day, day, {}, [&](std::span<const std::int64_t> row) {
        const auto cell = [&](std::size_t column) { return text_of(kind.columns[column], row[column], ledger); };
        Keyed& made = found.emplace_back();
        for (const int key : kind.key) made.first.push_back(cell(static_cast<std::size_t>(key)));
        for (const Attribute& attribute : attributes) {
            const std::int64_t value = attribute.of(row);
            made.second.push_back(!attribute.lookup          ? cell(attribute.column)
                                  : value == attribute.empty ? std::string()
                                                             : ledger.words().text(attribute.space, value));
        }
    });
    return found;
}

}  // namespace

Evaluation::Table roster_table(Ledger& ledger, const std::string& name, const Cells& columns, Day day) {
    const auto fact = parse_fact(name);
    const Roster* roster = fact ? roster_of(*fact) : nullptr;
    if (!roster) throw Error(Error::refused, "kpi.no_roster", {{"roster", name}});
    auto rows = rows_of(ledger, *roster, columns, day);
    std::stable_sort(rows.begin(), rows.end(), [](const Keyed& a, const Keyed& b) { return a.first < b.first; });
    Evaluation::Table table;
    table.reserve(rows.size());
    for (Keyed& row : rows) table.push_back(std::move(row.second));
    return table;
}

}  // namespace siyu
