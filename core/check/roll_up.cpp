// SPDX-License-Identifier: Apache-2.0
#include "core/check/roll_up.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "core/facts/fact.hpp"
#include "core/facts/roster.hpp"

namespace siyu {

namespace {

constexpr const char* quantities_that_add[] = {
    "refunds_booked",      "tickets_due",   "tickets_overdue",  "surveys_satisfied",
    "chats_replied",       "guide_cost",    "service_fee",      "guide_days_allocated",
    "guide_days_reaching", "reply_minutes", "store_guide_days", "store_guide_days_reaching"};

// Which measures a plugin's compute asked for.
class Listening final : public Evaluation {
  public:
    Listening(Evaluation& inner, std::set<MeasureId>& asked, bool& more) : inner_(inner), asked_(asked), more_(more) {}
    const Period& period() const override { return inner_.period(); }
    Value measure(MeasureId id) override {
        asked_.insert(id);
        return inner_.measure(id);
    }
    Value measure(MeasureId id, Day first, Day last) override {
        more_ = true;
        return inner_.measure(id, first, last);
    }
    Parts split(MeasureId id, const std::string& column, Day first, Day last) override {
        more_ = true;
        return inner_.split(id, column, first, last);
    }
    Table roster(const std::string& name, const std::vector<std::string>& columns, Day day) override {
        more_ = true;
        return inner_.roster(name, columns, day);
    }

  private:
    Evaluation& inner_;
    std::set<MeasureId>& asked_;
    bool& more_;
};

struct Asked {
    std::set<MeasureId> measures;
    bool more = false;  // other windows, parts, rosters
};

struct Sums {
    Value week, days;
};

// Week and sum of days of one measure.
Sums sums(MeasureId id, Evaluation& evaluation) {
    const Period& week = evaluation.period();
    Fraction days;
    for (Day day = week.first; day <= week.last; ++day) {
        const Value value = evaluation.measure(id, day, day);
        if (!value) return {value, value};
        days = days + *value;
    }
    return {evaluation.measure(id), days};
}

Value sum_of_days(const Figure& figure, int count) {
    Fraction sum;
    if (figure.series.size() < static_cast<std::size_t>(count)) return {};
    for (auto day = figure.series.end() - count; day != figure.series.end(); ++day) {
        if (!*day) return *day;
        sum = sum + **day;
    }
    return sum;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): as deep as the expression
bool is_constant(const Blueprint& blueprint, MeasureId id) {
    if (id == none) return true;
    const MeasureNode& node = blueprint.measures[static_cast<std::size_t>(id)];
    const bool joins = node.op == MeasureNode::Op::plus || node.op == MeasureNode::Op::minus;
    return node.op == MeasureNode::Op::constant ||
           (joins && is_constant(blueprint, node.left) && is_constant(blueprint, node.right));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the expression
bool adds_up(const Blueprint& blueprint, MeasureId id) {
    using enum MeasureNode::Op;
    const MeasureNode& node = blueprint.measures[static_cast<std::size_t>(id)];
    if (node.op == plus || node.op == minus) return adds_up(blueprint, node.left) && adds_up(blueprint, node.right);
    // What is looked up may be another thing at the week's end than on the day.
    const bool plain = node.trailing_days == 0 && node.set == none &&
                       std::all_of(node.filters.begin(), node.filters.end(),
                                   [](const Filter& filter) { return filter.column.find('.') == std::string::npos; });
    if (!plain) return false;
    if (node.op == quantity)
        return std::find(std::begin(quantities_that_add), std::end(quantities_that_add), node.name) !=
               std::end(quantities_that_add);
    const auto fact = node.op == total ? parse_fact(node.name) : std::nullopt;
    return fact && !roster_of(*fact);
}

RollUp roll_up_of(Blueprint blueprint, const std::function<Scorecard(const Blueprint&)>& compute) {
    const auto asked = std::make_shared<std::map<std::string, Asked>>();
    for (Kpi& kpi : blueprint.kpis)
        if (kpi.compute)
            kpi.compute = [inner = kpi.compute, asked, id = kpi.id](Evaluation& evaluation) {
                Asked& of_kpi = (*asked)[id];
                Listening listening(evaluation, of_kpi.measures, of_kpi.more);
                return inner(listening);
            };
    // A section of our own is asked once, with everything at hand.
    std::map<MeasureId, Sums> measured;
    Section probe;
    probe.id = "siyu_check_probe";
    probe.fill = [&measured, &blueprint](Evaluation& evaluation) {
        for (const Kpi& kpi : blueprint.kpis)
            for (const MeasureId id : {kpi.above, kpi.below})
                if (id != none && adds_up(blueprint, id)) measured.emplace(id, sums(id, evaluation));
        return SectionContent{};
    };
    blueprint.sections = {probe};
    const Scorecard card = compute(blueprint);

    RollUp found;
    for (const Figure& figure : card.figures) {
        const Kpi& kpi = *blueprint.kpi(figure.kpi);
        const auto adds = [&blueprint](MeasureId id) { return adds_up(blueprint, id); };
        const Asked& of_kpi = (*asked)[kpi.id];
        const bool known = kpi.compute ? !of_kpi.more && !of_kpi.measures.empty() &&
                                             std::all_of(of_kpi.measures.begin(), of_kpi.measures.end(), adds)
                                       : adds(kpi.above) && (kpi.below == none || adds(kpi.below) ||
                                                             is_constant(blueprint, kpi.below));
        const Value days = kpi.adding ? sum_of_days(figure, card.period.days()) : Value();
        const auto complain = [&](const char* id, const Value& wanted) {
            found.wrong.push_back(
                {id, {{"kpi", kpi.id}, {"week", figure.value->exact_text()}, {"days", wanted->exact_text()}}});
        };
        if (known && kpi.adding && figure.value && days) {
            found.decided.push_back(kpi.id);
            if (!(figure.value == days)) complain("check.does_not_add", days);
        } else if (known && !kpi.compute && !kpi.adding && figure.value) {
            found.decided.push_back(kpi.id);
            const Value above = measured.at(kpi.above).days;
            const Value below = kpi.below == none                   ? Value(Fraction(1))
                                : is_constant(blueprint, kpi.below) ? Value()
                                                                    : measured.at(kpi.below).days;
            if (!below) {
                found.decided.pop_back();
                found.left_out.push_back(kpi.id);
            } else if (const Value wanted = ratio(above, below); !(figure.value == wanted) && wanted) {
                complain("check.no_ratio_of_sums", wanted);
            }
        } else {
            found.left_out.push_back(kpi.id);
        }
    }
    return found;
}

}  // namespace siyu
