// SPDX-License-Identifier: Apache-2.0
#include "core/engine/evaluator.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/engine/window_evaluation.hpp"

namespace siyu {

namespace {

// Sets of long windows are large; the memory that they take stays bounded.
constexpr std::size_t sets_kept_at_most = 512;

}  // namespace

Fact fact_of(const std::string& name) {
    const auto fact = parse_fact(name);
    if (!fact) throw Error(Error::refused, "kpi.unknown_fact", {{"fact", name}});
    if (kind_of(*fact).agency && !roster_of(*fact)) throw Error(Error::refused, "kpi.agency_fact", {{"fact", name}});
    return *fact;
}

Fact fact_of(const SetNode& node) {
    using Op = SetNode::Op;
    switch (node.op) {
        case Op::joined:
        case Op::arrived: return Fact::joins;
        case Op::left: return Fact::leaves;
        case Op::interacted: return Fact::interactions;
        case Op::bought:
        case Op::spent:
        case Op::basket: return Fact::orders;
        case Op::listed: return fact_of(node.name);
        default: throw Error(Error::refused, "kpi.no_rows");
    }
}

std::int64_t within(const SetNode& node) { return std::int64_t{node.within_days} * 24 * micros_per_hour; }

Evaluator::Evaluator(const Blueprint& blueprint, Ledger& ledger, const Staff& staff, const Agreement& agreement,
                     Day terms_of, Batches& batches)
    : blueprint_(blueprint),
      ledger_(ledger),
      workforce_(staff),
      agreement_(agreement),
      row_quantities_(ledger, agreement, terms_of),
      first_event_(ledger.first_event()) {
    ledger.lend(Fact::guides, [&staff, &ledger] { return staff.rows(ledger.words()); });
    for (const std::string& name : agreement.required(terms_of)) {
        const auto fact = parse_fact(name);
        if (!fact) throw Error(Error::refused, "kpi.unknown_fact", {{"fact", name}});
        required_.push_back(*fact);
        coverage_[*fact] = batches.coverage(*fact, ledger.zone());
    }
}

std::vector<Fact> Evaluator::not_covered(Day day) {
    std::vector<Fact> found;
    for (const Fact fact : required_) {
        const auto& spans = coverage_[fact];
        if (std::none_of(spans.begin(), spans.end(),
                         [day](const DaySpan& span) { return span.first <= day && day <= span.last; }))
            found.push_back(fact);
    }
    return found;
}

int Evaluator::longest_window_of_set(SetId id) const {
    if (id == none) return 0;
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    return std::max(
        {node.trailing_days + node.days_ago, longest_window_of_set(node.left), longest_window_of_set(node.right)});
}

int Evaluator::longest_window(MeasureId id) const {
    if (id == none) return 0;
    const MeasureNode& node = blueprint_.measures[static_cast<std::size_t>(id)];
    return std::max(
        {node.trailing_days, longest_window_of_set(node.set), longest_window(node.left), longest_window(node.right)});
}

bool Evaluator::ready(const Kpi& kpi, const Window& window) {
    if (required_.empty()) return true;
    const auto facts = blueprint_.facts_of(kpi);
    return covered(kpi.compute ? nullptr : &facts, std::max(longest_window(kpi.above), longest_window(kpi.below)),
                   window);
}

bool Evaluator::ready(MeasureId id, const Window& window) {
    if (required_.empty()) return true;
    const auto facts = blueprint_.facts_of(id);
    return covered(&facts, longest_window(id), window);
}

// Of code nobody knows what it will ask: then all required facts have to be there.
bool Evaluator::covered(const std::vector<std::string>* facts, int longest, const Window& window) {
    if (required_.empty()) return true;
    Day first = std::min(window.first, window.trailing(longest).first);
    // Before its first event the brand had nothing to cover.
    if (first_event_ && first < *first_event_) first = std::min(*first_event_, window.last);
    for (Day day = first; day <= window.last; ++day)
        for (const Fact fact : not_covered(day))
            if (!facts || std::find(facts->begin(), facts->end(), to_string(fact)) != facts->end()) return false;
    return true;
}

Value Evaluator::kpi(const Kpi& kpi, const Window& window) {
    if (!ready(kpi, window)) return Gap::not_ready;
    if (kpi.compute) {
        WindowEvaluation evaluation(*this, period_of(window));
        return kpi.compute(evaluation);
    }
    const Value above = measure(kpi.above, window);
    return kpi.below == none ? above : ratio(above, measure(kpi.below, window));
}

Value Evaluator::measure(MeasureId id, const Window& window) {
    const auto key = std::pair{id, window};
    if (const auto known = measures_.find(key); known != measures_.end()) return known->second;
    return measures_.emplace(key, compute_measure(blueprint_.measures[static_cast<std::size_t>(id)], window))
        .first->second;
}

Value Evaluator::compute_measure(const MeasureNode& node, const Window& window) {
    const Window days = window.trailing(node.trailing_days);
    std::shared_ptr<const Customers> narrowed;
    if (node.set != none && node.op != MeasureNode::Op::size) narrowed = set(node.set, window);
    const Customers* among = narrowed.get();
    switch (node.op) {
        case MeasureNode::Op::constant: return node.constant;
        case MeasureNode::Op::total:
            return ledger_.total(fact_of(node.name), node.column, days.first, days.last, node.filters, among);
        case MeasureNode::Op::distinct:
            return ledger_.distinct(fact_of(node.name), node.column, days.first, days.last, node.filters, among);
        case MeasureNode::Op::begun: return begun(node, days, among);
        case MeasureNode::Op::size: return size(node.set, window);
        case MeasureNode::Op::quantity: {
            if (!RowQuantities::has(node.name)) return quantity(node, days);
            ExactSum sum;
            row_quantities_.each(node, days, window.last, among,
                                 [&sum](std::span<const std::int64_t>, std::int64_t times, const Fraction* each) {
                                     sum.add(times, each);
                                 });
            return sum.value();
        }
        case MeasureNode::Op::plus:
        case MeasureNode::Op::minus: {
            Value left = measure(node.left, window);
            Value right = measure(node.right, window);
            if (!left) return left;
            if (!right) return right;
            return node.op == MeasureNode::Op::plus ? *left + *right : *left - *right;
        }
    }
    return Gap::not_applicable;
}

std::int64_t Evaluator::begun(const MeasureNode& node, const Window& days, const Customers* among) {
    const Fact fact = fact_of(node.name);
    const int who = kind_of(fact).column("customer_id");
    if (among && who < 0)
        throw Error(Error::refused, "kpi.unknown_column",
                    {{"fact", std::string(to_string(fact))}, {"column", "customer_id"}});
    std::int64_t count = 0;
    ledger_.each_begun(fact, days.first, days.last, node.filters, [&](std::span<const std::int64_t> row) {
        const std::int64_t customer = among ? row[static_cast<std::size_t>(who)] : absent;
        if (!among || (customer != absent && among->contains(static_cast<std::uint32_t>(customer)))) ++count;
    });
    return count;
}

std::shared_ptr<const Customers> Evaluator::set(SetId id, const Window& window) {
    const auto key = std::pair{id, window};
    if (const auto known = sets_.find(key); known != sets_.end()) return known->second;
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    const bool members = node.op == SetNode::Op::members;
    if ((members || node.op == SetNode::Op::group_members) && node.filters.empty()) {
        // All of them may be very many: they stay where the ledger has them.
        const Window days = window.trailing(node.trailing_days, node.days_ago);
        const Day edge = node.at_end ? days.last : days.first - 1;
        return {std::shared_ptr<const Customers>(), members ? &ledger_.members(edge) : &ledger_.group_members(edge)};
    }
    auto found = std::make_shared<const Customers>(compute_set(node, window));
    if (sets_.size() >= sets_kept_at_most) sets_.clear();
    return sets_.emplace(key, std::move(found)).first->second;
}

// A union as the larger of its sides and what the other has beside it: of very many members no second set is made.
std::vector<std::shared_ptr<const Customers>> Evaluator::pieces(SetId id, const Window& window) {
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    if (node.op != SetNode::Op::either) return {set(id, window)};
    auto large = set(node.left, window), small = set(node.right, window);
    if (large->cardinality() < small->cardinality()) large.swap(small);
    return {large, std::make_shared<const Customers>(beside(*small, *large))};
}

// Two sets need not be brought together where only the size is asked.
std::int64_t Evaluator::size(SetId id, const Window& window) {
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    std::uint64_t found = 0;
    switch (node.op) {
        case SetNode::Op::both:
            for (const auto& left : pieces(node.left, window))
                for (const auto& right : pieces(node.right, window)) found += left->and_cardinality(*right);
            break;
        case SetNode::Op::either: found = set(node.left, window)->or_cardinality(*set(node.right, window)); break;
        case SetNode::Op::without:
            for (const auto& left : pieces(node.left, window))
                found += left->andnot_cardinality(*set(node.right, window));
            break;
        default: found = set(id, window)->cardinality();
    }
    return static_cast<std::int64_t>(found);
}

Customers Evaluator::compute_set(const SetNode& node, const Window& window) {
    const Window days = window.trailing(node.trailing_days, node.days_ago);
    switch (node.op) {
        case SetNode::Op::members:
        case SetNode::Op::group_members: return related(node, days);
        case SetNode::Op::joined:
        case SetNode::Op::left:
        case SetNode::Op::interacted:
        case SetNode::Op::bought: return ledger_.who(fact_of(node), days.first, days.last, node.filters, node.at_least);
        case SetNode::Op::arrived: return ledger_.arrived(days.first, days.last, node.filters);
        case SetNode::Op::spent:
            return ledger_.spending(days.first, days.last, node.filters).spent(node.at_least, node.below);
        case SetNode::Op::basket:
            return ledger_.spending(days.first, days.last, node.filters).basket(node.at_least, node.below);
        case SetNode::Op::listed: return ledger_.listed(fact_of(node), days.last, node.filters);
        case SetNode::Op::followed: return followed(node, days);
        case SetNode::Op::both: return *set(node.left, window) & *set(node.right, window);
        case SetNode::Op::either: return *set(node.left, window) | *set(node.right, window);
        case SetNode::Op::without: return *set(node.left, window) - *set(node.right, window);
    }
    return {};
}

// Members through a relationship that passes, which is looked at as a row of joins.
Customers Evaluator::related(const SetNode& node, const Window& days) {
    const bool groups = node.op == SetNode::Op::group_members;
    const FactKind& kind = kind_of(Fact::joins);
    const auto tests = ledger_.tests(Fact::joins, node.filters, days.last);
    std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
    Customers found;
    for (const auto& [word, customers] : ledger_.members_by(groups, node.at_end ? days.last : days.first - 1)) {
        row[kind.place(groups ? "group_id" : "guide_id")] = word;
        if (Ledger::passes(row, tests)) found |= customers;
    }
    return found;
}

// The windows of the two sides stand in the one of the set.
Customers Evaluator::followed(const SetNode& node, const Window& days) {
    const auto moments = [&](SetId id) {
        const SetNode& side = blueprint_.sets[static_cast<std::size_t>(id)];
        const Window of_side = days.trailing(side.trailing_days, side.days_ago);
        return ledger_.moments(fact_of(side), of_side.first, of_side.last, side.filters);
    };
    std::vector<std::uint32_t> found;
    for (const Moment& moment : siyu::followed(moments(node.left), moments(node.right), within(node)))
        found.push_back(moment.customer);
    return {found.size(), found.data()};
}

Value Evaluator::of_day(const std::string& quantity, Day day) {
    if (quantity == "guide_days_allocated") return std::ssize(workforce_.run(day).guides);
    if (quantity == "full_time_guides") return workforce_.run(day).full_time;
    if (quantity == "guide_cost") return workforce_.cost(day);
    if (quantity != "service_fee") throw Error(Error::refused, "kpi.unknown_quantity", {{"quantity", quantity}});
    const std::string* term = agreement_.at("monthly_fee", day);
    if (term != fee_.first) fee_ = {term, agreement_.monthly_fee(day)};
    return Fraction(fee_.second, days_in_month(day));
}

// What is counted day by day.
Value Evaluator::quantity(const MeasureNode& node, const Window& days) {
    if (node.name == "guide_days_reaching") return guide_days_reaching(node, days);
    const Days& all = daily_[node.name].move(days.first, days.last, false, [&](Days& sum, Day from, Day to, bool away) {
        for (Day day = from; day <= to; ++day) {
            const Value value = of_day(node.name, day);
            if (value)
                sum.sum += away ? -*value : *value;
            else
                sum.missing += away ? -1 : 1;
        }
    });
    if (all.missing > 0) return Gap::no_value;
    return node.name == "full_time_guides" ? all.sum / Fraction(days.last - days.first + 1) : all.sum;
}

Fraction Evaluator::guide_days_reaching(const MeasureNode& node, const Window& days) {
    std::int64_t reached = 0;
    for (Day day = days.first; day <= days.last; ++day) {
        const auto& done = row_quantities_.actions(day);
        if (done.empty()) continue;
        const auto& places = workforce_.places(day, ledger_.words());
        for (const auto& [guide, counts] : done)
            if (reaches(counts, node.arguments) && places.contains(guide)) ++reached;
    }
    return reached;
}

}  // namespace siyu
