// SPDX-License-Identifier: Apache-2.0
#include "reports/explain.hpp"
#include "reports/parts.hpp"

namespace siyu {

std::optional<PagePart> change_part(const View& view) {
    PagePart part{"changes", view.say("report.part.changes"), {}};
    PageTable table{view.say("report.formula_change.caption"),
                    {{view.say("report.column_title.kpi"), false},
                     {view.say("report.formula_change.now")},
                     {view.say("report.formula_change.before")}}};
    table.cards = true;
    Terms terms;
    for (const FormulaChange& change : view.card.changes) {
        const View::Entry* now = view.entry(change.before.id);
        if (!now) continue;  // not for this audience
        const bool known = change.before.above != none;
        const std::string title = view.title(*now->kpi);
        table.rows.push_back({{{title},
                               view.figure_cell(now->figure->value, now->kpi->unit),
                               known ? view.figure_cell(change.value, change.before.unit)
                                     : PageCell{view.say("report.formula_change.unknown")}}});
        terms.terms.push_back({title, explain(*now->kpi, view.card.blueprint, view.say),
                               view.say("report.formula_change.was",
                                        {{"formula", explain(change.before, view.card.blueprint, view.say)}})});
    }
    if (table.rows.empty()) return std::nullopt;
    part.blocks.push_back(Paragraph{view.say("report.formula_change.intro")});
    part.blocks.push_back(std::move(table));
    part.blocks.push_back(std::move(terms));
    return part;
}

}  // namespace siyu
