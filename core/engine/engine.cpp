// SPDX-License-Identifier: Apache-2.0
#include "core/engine/engine.hpp"

#include <algorithm>

#include "core/blueprint/formula.hpp"
#include "core/engine/breakdown.hpp"
#include "core/engine/evaluator.hpp"
#include "core/engine/forecast.hpp"
#include "core/engine/people.hpp"
#include "core/engine/quality.hpp"
#include "core/engine/window_evaluation.hpp"

namespace siyu {

namespace {

constexpr int days_of_series = 30;

Movement movement(Ledger& ledger, const Period& period) {
    const Customers& before = ledger.members(period.first - 1);
    const Customers came = ledger.arrived(period.first, period.last);
    const Customers& after = ledger.members(period.last);
    const auto size = [](std::uint64_t customers) { return static_cast<std::int64_t>(customers); };
    return {size(before.cardinality()), size(came.cardinality()),
            size(before.andnot_cardinality(after) + came.andnot_cardinality(after)), size(after.cardinality())};
}

StaffingView staffing(Evaluator& evaluator, const Assignment& assignment) {
    const Day last = assignment.period.last;
    const Staffing& wanted = assignment.blueprint.staffing;
    StaffingView view;
    view.members = static_cast<std::int64_t>(evaluator.ledger().members(last).cardinality());
    const Fraction carried = assignment.agreement.members_per_guide(last).value_or(wanted.members_per_guide);
    const Fraction led = assignment.agreement.guides_per_operator(last).value_or(wanted.guides_per_operator);
    view.required_guides = (Fraction(view.members) / carried).ceiling().whole().value_or(0);
    // One operator and one content editor for each group of guides that is begun.
    view.operators = view.content_editors = (Fraction(view.required_guides) / led).ceiling().whole().value_or(0);
    view.allocated = evaluator.workforce().run(last).full_time;
    for (const Staffing::Role& role : wanted.roles) {
        Value required = evaluator.measure(role.driver, {assignment.period.first, last});
        if (required) required = std::max((*required / role.per_person).ceiling(), Fraction(role.at_least));
        view.roles.push_back({role.id, role.title_zh, role.title_en, required});
    }
    return view;
}

// Above the excess line of a closed month, by the rule of the contract (kpis.md, Bonus).
Value bonus(const Assignment& assignment, ForecastTable& table) {
    const auto rule = assignment.agreement.bonus(assignment.period.last);
    const Kpi* kpi = rule ? assignment.blueprint.kpi(rule->kpi) : nullptr;
    if (!kpi || assignment.period.rhythm != Rhythm::monthly) return Gap::not_applicable;
    const auto standing = table.standing(*kpi);
    if (!standing || !standing->excess) return Gap::not_applicable;
    if (!standing->actual) return standing->actual;
    return std::max(Fraction(), *standing->actual - *standing->excess) * rule->share;
}

// The KPIs as they were before, in the order of the report; their formulas go into the blueprint.
std::vector<FormulaChange> changed_formulas(Assignment& assignment) {
    std::vector<FormulaChange> changes;
    for (const Kpi& kpi : assignment.blueprint.kpis) {
        const auto before = assignment.before.find(kpi.id);
        if (before == assignment.before.end()) continue;
        FormulaChange change{kpi, Gap::not_applicable};
        change.before.compute = nullptr;
        change.before.above = change.before.below = none;
        changes.push_back(std::move(change));
    }
    for (FormulaChange& change : changes)
        read_formula(assignment.before.at(change.before.id), assignment.blueprint, change.before);
    return changes;
}

}  // namespace

std::string_view to_string(Line line) {
    switch (line) {
        case Line::fail: return "fail";
        case Line::normal: return "normal";
        case Line::good: return "good";
        case Line::excess: return "excess";
    }
    return {};
}

const Figure* Scorecard::figure(std::string_view kpi) const {
    const auto found =
        std::find_if(figures.begin(), figures.end(), [&](const Figure& figure) { return figure.kpi == kpi; });
    return found == figures.end() ? nullptr : &*found;
}

Scorecard compute(Database& database, Assignment assignment) {
    // An import that comes in between must not show in half of the figures.
    const Snapshot snapshot(database);
    const Period& period = assignment.period;
    const Period before = previous(period);
    const Zone zone(assignment.tenant.timezone);
    Ledger ledger(database, assignment.tenant.number, zone);
    const Day start =
        assignment.with_series ? std::min(before.first, period.last - (days_of_series - 1)) : before.first;
    ledger.expect({start, period.last}, {start - days_of_series, period.last});
    Batches batches(database, assignment.tenant.number);
    std::vector<FormulaChange> changes = changed_formulas(assignment);
    const Blueprint& blueprint = assignment.blueprint;
    Evaluator evaluator(blueprint, ledger, assignment.staff, assignment.agreement, period.last, batches);
    ForecastTable table(evaluator, blueprint, assignment.agreement, period.last);

    Scorecard card;
    card.tenant = assignment.tenant.id;
    card.tenant_name = assignment.tenant.name;
    card.timezone = assignment.tenant.timezone;
    card.plugin = blueprint.plugin;
    card.plugin_version = blueprint.version;
    card.period = period;
    card.compared_with = before;
    card.figures.reserve(blueprint.kpis.size());
    for (const Kpi& kpi : blueprint.kpis) {
        Figure figure;
        figure.series.reserve(days_of_series);
        figure.kpi = kpi.id;
        figure.value = evaluator.kpi(kpi, {period.first, period.last});
        figure.prev = evaluator.kpi(kpi, {before.first, before.last});
        figure.standing = table.standing(kpi);
        if (assignment.with_series)
            for (Day day = period.last - (days_of_series - 1); day <= period.last; ++day)
                figure.series.push_back(evaluator.kpi(kpi, {day, day}));
        card.figures.push_back(std::move(figure));
    }
    for (FormulaChange& change : changes)
        if (change.before.above != none) change.value = evaluator.kpi(change.before, {period.first, period.last});
    card.changes = std::move(changes);
    card.breakdowns = break_down(ledger, {period.first, period.last});
    card.movement = movement(ledger, period);
    card.delivery_factor = table.delivery_factor();
    card.commitments = table.commitments();
    card.staffing = staffing(evaluator, assignment);
    card.guides = guide_rows(evaluator, card.breakdowns, {period.first, period.last});
    card.kocs = koc_rows(ledger, {period.first, period.last});
    Fraction labour, fee;
    card.labour_cost = labour;
    for (Day day = period.first; day <= period.last; ++day) {
        const Value cost = evaluator.workforce().cost(day);
        if (card.labour_cost) card.labour_cost = cost ? Value(*card.labour_cost + *cost) : cost;
        fee += Fraction(assignment.agreement.monthly_fee(day), days_in_month(day));
    }
    card.service_fee = fee;
    card.bonus = bonus(assignment, table);
    WindowEvaluation evaluation(evaluator, period);
    for (const Section& section : blueprint.sections)
        if (section.fill && section.stands_in(period.rhythm)) card.sections[section.id] = section.fill(evaluation);
    Blocks blocks(database, assignment.tenant.number);
    look_over(card, evaluator, assignment.agreement, batches, blocks);
    card.blueprint = std::move(assignment.blueprint);
    return card;
}

Scorecard examine(Database& database, const Tenant& tenant, const Agreement& agreement, const Staff& staff,
                  const DaySpan& days) {
    const Snapshot snapshot(database);
    const Zone zone(tenant.timezone);
    Ledger ledger(database, tenant.number, zone);
    ledger.expect(days, days);
    Batches batches(database, tenant.number);
    Blocks blocks(database, tenant.number);
    const Blueprint blueprint;
    Evaluator evaluator(blueprint, ledger, staff, agreement, days.last, batches);
    ForecastTable table(evaluator, blueprint, agreement, days.last);
    Scorecard card;
    card.tenant = tenant.id;
    card.tenant_name = tenant.name;
    card.timezone = tenant.timezone;
    card.period = {Rhythm::daily, days.first, days.last};
    card.movement = movement(ledger, card.period);
    card.commitments = table.commitments();
    look_over(card, evaluator, agreement, batches, blocks);
    return card;
}

}  // namespace siyu
