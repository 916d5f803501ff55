// SPDX-License-Identifier: Apache-2.0
#include "core/worker/report.hpp"

#include "core/blueprint/formula.hpp"
#include "reports/compose.hpp"
#include "reports/console.hpp"
#include "reports/document_bytes.hpp"
#include "reports/kpi_json.hpp"
#include "reports/page.hpp"

namespace siyu {

namespace {

// What an audience is told, put together once for all of its pages.
class Told {
  public:
    Told(const Scorecard& card, const Catalogue& say) : card_(card), say_(say) {}
    const Document& to(Audience audience) {
        auto& document = audience == Audience::brand ? brand_ : agency_;
        if (!document) document = compose(View(card_, audience, say_));
        return *document;
    }

  private:
    const Scorecard& card_;
    const Catalogue& say_;
    std::optional<Document> brand_, agency_;
};

std::string rendered(const Page& page, const Scorecard& card, Told& told, const Catalogue& say) {
    switch (page.format) {
        case Page::Format::html: return html_page(told.to(page.audience), say);
        case Page::Format::text: return text_page(told.to(page.audience), say);
        case Page::Format::json: return kpi_json(card, page.audience, say) + "\n";
        case Page::Format::kpi_table: return kpi_table(card, say);
        case Page::Format::forecast_table: return forecast_table(card, say);
        case Page::Format::document: return write_document(told.to(page.audience));
        case Page::Format::quality: return quality_lines(card, page.audience, say);
    }
    return {};
}

// Whether the formulas are those that the brand knows, and which changes this report has to tell.
void look_at_formulas(Job& job, const Blueprint& blueprint, Outcome& outcome) {
    Assignment& work = *job.assignment;
    Formulas now{work.period.last, blueprint.versions, job.settings, {}};
    for (const Kpi& kpi : blueprint.kpis) now.kpis[kpi.id] = write_formula(blueprint, kpi);
    FormulaCheck check = check_formulas(job.history, work.period, now);
    if (!check.changed_silently.empty()) {
        std::string kpis;
        for (const std::string& kpi : check.changed_silently) kpis += (kpis.empty() ? "" : ", ") + kpi;
        throw Error(Error::refused, "plugin.changed_silently",
                    {{"plugin", blueprint.plugin}, {"version", blueprint.version}, {"kpis", kpis}});
    }
    work.before = std::move(check.announced);
    if (check.keep) outcome.formulas = std::move(now);
}

}  // namespace

void make_report(Job& job, Blueprint blueprint, Database& facts, Outcome& outcome) {
    look_at_formulas(job, blueprint, outcome);
    job.assignment->blueprint = std::move(blueprint);
    const Scorecard card = compute(facts, *std::move(job.assignment));
    outcome.held = card.held;
    outcome.incomplete = !card.missing_days.empty();
    for (const Figure& figure : card.figures) outcome.not_ready = outcome.not_ready || figure.value.not_ready();
    const Catalogue& say = catalogue(job.language);
    Told told(card, say);
    for (Page& page : job.pages) {
        page.bytes = rendered(page, card, told, say);
        outcome.pages.push_back(std::move(page));
    }
}

}  // namespace siyu
