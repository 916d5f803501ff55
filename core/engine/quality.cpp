// SPDX-License-Identifier: Apache-2.0
#include "core/engine/quality.hpp"

#include <algorithm>
#include <set>

#include "core/base/grouped.hpp"
#include "core/engine/day_checks.hpp"
#include "core/engine/file_checks.hpp"
#include "core/engine/order_checks.hpp"
#include "core/engine/part_checks.hpp"
#include "core/engine/rejects.hpp"
#include "core/engine/source_checks.hpp"

namespace siyu {

namespace {

// A row without a channel beside rows with one may be a total taken as data.
void look_for_totals(Review& review, const Scorecard& card) {
    Ledger& ledger = review.ledger;
    const std::int64_t unknown = ledger.words().find(Space::word, "");
    const FactKind& sales = kind_of(Fact::brand_sales);
    std::vector<Day> totals;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        bool with = false, without = false;
        const Rows& rows = ledger.rows(Fact::brand_sales, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            (rows[i][sales.place("channel")] == unknown ? without : with) = true;
        if (with || without) review.look("totals");
        if (with && without) totals.push_back(day);
    }
    if (!totals.empty()) {
        Quality& quality = review.add(Quality::Weight::warning, "quality.total_row", Fact::brand_sales, totals.front(),
                                      {{"date", days_text(totals)}});
        for (DataPlace& place : quality.places) place.column = sales.columns[sales.place("channel")].alias;
    }
    std::map<std::string, std::pair<bool, bool>> resources;
    for (const Commitment& commitment : card.commitments) {
        auto& [with, without] = resources[commitment.resource];
        (commitment.channel.empty() ? without : with) = true;
    }
    for (const auto& [resource, seen] : resources)
        if (seen.first && seen.second)
            review
                .add(Quality::Weight::warning, "quality.total_row",
                     {{"fact", std::string(kind_of(Fact::commitments).name)}, {"date", month_text(card.period.last)}})
                .fact = kind_of(Fact::commitments).name;
}

void look_at_guides(Review& review, Workforce& workforce) {
    std::set<std::string> named;
    for (const Workforce::Run* run : workforce.runs(review.days.first, review.days.last)) {
        const Day day = std::max(run->first, review.days.first);
        if (!run->guides.empty()) review.look("guides");
        for (const Workforce::Guide& guide : run->guides) {
            if (!guide.row && named.insert("unknown " + *guide.id).second)
                review.add(Quality::Weight::warning, "quality.guide_unknown", {{"guide", *guide.id}}, Audience::agency);
            if (guide.total_share > Fraction(1) && named.insert("over " + *guide.id).second)
                review.add(Quality::Weight::warning, "quality.guide_over_one",
                           {{"guide", *guide.id}, {"sum", guide.total_share.rounded(2)}, {"date", to_string(day)}},
                           Audience::agency);
        }
    }
}

void look_at_coverage(Review& review, Scorecard& card, Evaluator& evaluator, const Agreement& agreement) {
    if (!agreement.required(card.period.last).empty()) review.look("coverage");
    std::map<Fact, std::vector<Day>> missing_of;
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        const auto missing = evaluator.not_covered(day);
        if (!missing.empty()) card.missing_days.push_back(day);
        for (const Fact fact : missing) missing_of[fact].push_back(day);
    }
    // What is missing on the same days is one note.
    std::map<std::vector<Day>, std::vector<Fact>> together;
    for (const auto& [fact, days] : missing_of) together[days].push_back(fact);
    for (const auto& [days, facts] : together)
        review
            .add(Quality::Weight::hold, "quality.not_covered", facts.front(), days.front(),
                 {{"facts", names_of(facts)}, {"dates", days_text(days)}})
            .places = review.file_before(facts.front(), days.front());
    card.held = !missing_of.empty() && agreement.at_deadline(card.period.last) == AtDeadline::hold;
}

}  // namespace

void look_over(Scorecard& card, Evaluator& evaluator, const Agreement& agreement, Batches& batches, Blocks& blocks) {
    Review review{card.tenant, {card.period.first, card.period.last}, evaluator.ledger(), blocks, batches.list()};
    look_at_coverage(review, card, evaluator, agreement);
    review.look("movement");
    if (!card.movement.adds_up()) {
        review.add(Quality::Weight::hold, "quality.movement_broken",
                   {{"opening", grouped(std::to_string(card.movement.opening))},
                    {"in", grouped(std::to_string(card.movement.in))},
                    {"out", grouped(std::to_string(card.movement.out))},
                    {"closing", grouped(std::to_string(card.movement.closing))}});
        card.held = true;
    }
    // That a required fact is missing was said, and its figures are withheld, not low.
    look_for_missing_days(review, [&](Fact fact, Day day) {
        const auto missing = evaluator.not_covered(day);
        return std::find(missing.begin(), missing.end(), fact) != missing.end();
    });
    look_for_missing_parts(review, evaluator.workforce());
    look_for_partial_days(review);
    look_for_spikes(review);
    look_for_unusual_days(review);
    look_for_fewer_rows(review, batches);
    look_for_changed_orders(review);
    for (const Batch& batch : review.batches)
        if (std::any_of(batch.facts.begin(), batch.facts.end(), [&](const BatchFact& brought) {
                return brought.covers.first <= card.period.last && card.period.first <= brought.covers.last;
            }))
            look_for_future_days(review, batch);
    look_for_joins_without_touches(review);
    look_for_totals(review, card);
    if (compare_sources(review, agreement)) card.held = true;
    look_at_guides(review, evaluator.workforce());
    card.rejected = rejected_rows(review, batches);
    // What holds a report up comes first, then what is wrong, then what is good to know.
    std::stable_sort(review.found.begin(), review.found.end(),
                     [](const Quality& a, const Quality& b) { return a.weight > b.weight; });
    card.quality = std::move(review.found);
    card.looked = std::move(review.looked);
}

std::span<const QualityCheck> quality_checks() {
    static const std::vector<QualityCheck> checks{
        {"coverage", {"not_covered"}},
        {"movement", {"movement_broken"}},
        {"missing", {"missing_day", "missing_together", "missing_channel", "missing_guide"}},
        {"usual", {"spike", "high", "high_days", "low", "low_days", "zero_day"}},
        {"partial", {"partial_day"}},
        {"files", {"fewer_rows"}},
        {"rewritten", {"orders_moved", "orders_repriced"}},
        {"future", {"future_day"}},
        {"rejected", {}},
        {"touches", {"joins_without_touches"}},
        {"totals", {"total_row"}},
        {"sources", {"contacts_differ", "leaves_differ", "sales_differ"}},
        {"refunds", {"refund_over_amount", "refunds_differ", "refund_without_time"}},
        {"guides", {"guide_unknown", "guide_over_one"}},
    };
    return checks;
}

}  // namespace siyu
