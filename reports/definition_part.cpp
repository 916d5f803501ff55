// SPDX-License-Identifier: Apache-2.0
#include "reports/explain.hpp"
#include "reports/parts.hpp"

namespace siyu {

PagePart definition_part(const View& view) {
    PagePart part{"definitions", view.say("report.part.definitions"), {}};
    part.blocks.push_back(Paragraph{view.say("report.definition.intro")});
    Terms terms;
    for (const View::Entry& entry : view.entries()) {
        const Kpi& kpi = *entry.kpi;
        // Only the version of the brand's own plugin is known here.
        const std::string by =
            kpi.declared_by == view.card.plugin ? kpi.declared_by + " " + view.card.plugin_version : kpi.declared_by;
        const std::string better = view.say(kpi.better == Better::higher  ? "report.definition.higher"
                                            : kpi.better == Better::lower ? "report.definition.lower"
                                                                          : "report.definition.neither");
        terms.terms.push_back(
            {view.title(kpi), explain(kpi, view.card.blueprint, view.say),
             view.say("report.definition.source", {{"better", better}, {"id", kpi.id}, {"plugin", by}})});
    }
    if (terms.terms.empty())
        part.blocks.push_back(Paragraph{view.say("report.empty.kpis")});
    else
        part.blocks.push_back(std::move(terms));
    return part;
}

}  // namespace siyu
