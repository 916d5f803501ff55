// SPDX-License-Identifier: Apache-2.0
#include "core/engine/quality.hpp"

#include <algorithm>
#include <set>

namespace siyu {

namespace {

// A fact that came on so many of the 28 days before is expected every day.
constexpr int usual_days = 28, expected_from = 23;
// A day with so many times the usual GMV is worth a look (facts.md, rule 5).
constexpr int spike = 10;
// … as soon as there is a fortnight that says what is usual.
constexpr int days_that_tell = 14;

bool has_rows(Ledger& ledger, Fact fact, Day day) { return !ledger.total(fact, "", day, day).is_zero(); }

void add(Scorecard& card, Quality::Weight weight, std::string id, std::vector<std::pair<std::string, std::string>> with,
         Audience audience = Audience::brand) {
    card.quality.push_back({weight, {std::move(id), std::move(with)}, audience});
}

void look_for_missing_days(Scorecard& card, Evaluator& evaluator) {
    Ledger& ledger = evaluator.ledger();
    for (const Fact fact : {Fact::touches, Fact::joins, Fact::interactions, Fact::orders, Fact::guide_actions}) {
        for (Day day = card.period.first; day <= card.period.last; ++day) {
            if (has_rows(ledger, fact, day)) continue;
            // That a required fact is missing was said, and its figures are withheld, not low.
            const auto missing = evaluator.not_covered(day);
            if (std::find(missing.begin(), missing.end(), fact) != missing.end()) continue;
            int usual = 0;
            for (Day other = day - usual_days; other < day; ++other) usual += has_rows(ledger, fact, other) ? 1 : 0;
            if (usual >= expected_from)
                add(card, Quality::Weight::warning, "quality.missing_day",
                    {{"fact", std::string(kind_of(fact).name)}, {"date", to_string(day)}});
        }
    }
}

void look_for_spikes(Scorecard& card, Ledger& ledger) {
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        int days = 0;
        for (Day other = day - usual_days; other < day; ++other) days += has_rows(ledger, Fact::orders, other) ? 1 : 0;
        if (days < days_that_tell) continue;
        const Fraction value = ledger.total(Fact::orders, "amount", day, day);
        const Fraction usual = ledger.total(Fact::orders, "amount", day - usual_days, day - 1) / Fraction(days);
        if (usual.sign() > 0 && value >= usual * Fraction(spike))
            add(card, Quality::Weight::warning, "quality.spike",
                {{"fact", std::string(kind_of(Fact::orders).name)},
                 {"date", to_string(day)},
                 {"value", (value / Fraction(100)).rounded(2)},
                 {"usual", (usual / Fraction(100)).rounded(2)}});
    }
}

void look_for_refunds_without_time(Scorecard& card, Ledger& ledger) {
    const FactKind& orders = kind_of(Fact::orders);
    std::int64_t count = 0;
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        const Rows& rows = ledger.rows(Fact::orders, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t refunded = rows[i][orders.place("refunded")];
            if (refunded > 0 && rows[i][orders.place("refunded_at")] == absent) ++count;
        }
    }
    if (count > 0) add(card, Quality::Weight::note, "quality.refund_without_time", {{"count", std::to_string(count)}});
}

// A row without a channel beside rows with one may be a total taken as data.
void look_for_totals(Scorecard& card, Ledger& ledger) {
    const std::int64_t unknown = ledger.words().find(Space::word, "");
    const FactKind& sales = kind_of(Fact::brand_sales);
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        bool with = false, without = false;
        const Rows& rows = ledger.rows(Fact::brand_sales, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            (rows[i][sales.place("channel")] == unknown ? without : with) = true;
        if (with && without)
            add(card, Quality::Weight::warning, "quality.total_row",
                {{"fact", std::string(sales.name)}, {"date", to_string(day)}});
    }
    std::map<std::string, std::pair<bool, bool>> resources;
    for (const Commitment& commitment : card.commitments) {
        auto& [with, without] = resources[commitment.resource];
        (commitment.channel.empty() ? without : with) = true;
    }
    for (const auto& [resource, seen] : resources)
        if (seen.first && seen.second)
            add(card, Quality::Weight::warning, "quality.total_row",
                {{"fact", std::string(kind_of(Fact::commitments).name)}, {"date", month_text(card.period.last)}});
}

void look_at_guides(Scorecard& card, Workforce& workforce) {
    std::set<std::string> named;
    for (const Workforce::Run* run : workforce.runs(card.period.first, card.period.last)) {
        const Day day = std::max(run->first, card.period.first);
        for (const Workforce::Guide& guide : run->guides) {
            if (!guide.row && named.insert("unknown " + *guide.id).second)
                add(card, Quality::Weight::warning, "quality.guide_unknown", {{"guide", *guide.id}}, Audience::agency);
            if (guide.total_share > Fraction(1) && named.insert("over " + *guide.id).second)
                add(card, Quality::Weight::warning, "quality.guide_over_one",
                    {{"guide", *guide.id}, {"sum", guide.total_share.rounded(2)}, {"date", to_string(day)}},
                    Audience::agency);
        }
    }
}

// WeCom's own statistics say the same as the joins with a guide, or one of the two is not whole.
void compare_contacts(Scorecard& card, Ledger& ledger, const Agreement& agreement) {
    const FactKind& joins = kind_of(Fact::joins);
    const std::size_t customer = joins.place("customer_id"), guide = joins.place("guide_id"),
                      group = joins.place("group_id");
    const Fraction contacts = ledger.total(Fact::guide_days, "new_contacts", card.period.first, card.period.last);
    if (contacts.is_zero()) return;
    const std::int64_t unknown = ledger.words().find(Space::word, "");
    std::vector<std::pair<std::int64_t, std::int64_t>> added;  // of a day: customer, guide
    std::int64_t all = 0;
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        const Rows& rows = ledger.rows(Fact::joins, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i][guide] != unknown && rows[i][group] == unknown)
                added.emplace_back(rows[i][customer], rows[i][guide]);
        std::sort(added.begin(), added.end());
        all += std::unique(added.begin(), added.end()) - added.begin();
        added.clear();
    }
    const Fraction counted(all);
    const Fraction difference = counted > contacts ? counted - contacts : contacts - counted;
    if (difference > contacts * agreement.contacts_tolerance(card.period.last))
        add(card, Quality::Weight::warning, "quality.contacts_differ",
            {{"joins", counted.rounded(0)},
             {"contacts", contacts.rounded(0)},
             {"percent", (difference * Fraction(100) / contacts).rounded(1)}});
}

void look_for_joins_without_touches(Scorecard& card, Ledger& ledger) {
    if (!ledger.span(Fact::touches)) return;
    for (Day day = card.period.first; day <= card.period.last; ++day)
        if (has_rows(ledger, Fact::joins, day) && !has_rows(ledger, Fact::touches, day))
            add(card, Quality::Weight::note, "quality.joins_without_touches", {{"date", to_string(day)}});
}

void look_at_rejected(Scorecard& card, Batches& batches) {
    for (const Batch& batch : batches.list()) {
        if (batch.undone || batch.rejected == 0) continue;
        const bool here = std::any_of(batch.facts.begin(), batch.facts.end(), [&card](const BatchFact& fact) {
            return fact.covers.first <= card.period.last && card.period.first <= fact.covers.last;
        });
        if (!here) continue;
        card.rejected.push_back({card.tenant + ":" + std::to_string(batch.number), batch.file,
                                 std::string(kind_of(batch.facts.front().fact).name), batch.rejected});
    }
}

void look_at_coverage(Scorecard& card, Evaluator& evaluator, const Agreement& agreement) {
    std::map<Fact, std::string> dates;
    for (Day day = card.period.first; day <= card.period.last; ++day) {
        const auto missing = evaluator.not_covered(day);
        if (!missing.empty()) card.missing_days.push_back(day);
        for (const Fact fact : missing) dates[fact] += (dates[fact].empty() ? "" : ", ") + to_string(day);
    }
    for (const auto& [fact, text] : dates)
        add(card, Quality::Weight::hold, "quality.not_covered",
            {{"fact", std::string(kind_of(fact).name)}, {"dates", text}});
    card.held = !dates.empty() && agreement.at_deadline(card.period.last) == AtDeadline::hold;
}

}  // namespace

void look_over(Scorecard& card, Evaluator& evaluator, const Agreement& agreement, Batches& batches) {
    Ledger& ledger = evaluator.ledger();
    look_at_coverage(card, evaluator, agreement);
    if (!card.movement.adds_up()) {
        add(card, Quality::Weight::hold, "quality.movement_broken",
            {{"opening", std::to_string(card.movement.opening)},
             {"in", std::to_string(card.movement.in)},
             {"out", std::to_string(card.movement.out)},
             {"closing", std::to_string(card.movement.closing)}});
        card.held = true;
    }
    look_for_missing_days(card, evaluator);
    look_for_joins_without_touches(card, ledger);
    look_for_spikes(card, ledger);
    look_for_totals(card, ledger);
    look_for_refunds_without_time(card, ledger);
    compare_contacts(card, ledger, agreement);
    look_at_guides(card, evaluator.workforce());
    look_at_rejected(card, batches);
}

}  // namespace siyu
