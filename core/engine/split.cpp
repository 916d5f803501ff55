// SPDX-License-Identifier: Apache-2.0
#include "core/engine/split.hpp"

#include "core/base/error.hpp"
#include "core/engine/parts.hpp"

namespace siyu {

namespace {

using Figures = std::map<std::string, Fraction>;

// Divides the expressions of one blueprint by one column. Nothing where an expression does not divide; which one it was
// is remembered.
class Division {
  public:
    Division(Evaluator& evaluator, const std::string& column)
        : evaluator_(evaluator), ledger_(evaluator.ledger()), words_(ledger_.words()), column_(column) {}

    std::optional<Figures> measure(MeasureId id, const Window& window);
    const std::string& undivided() const { return undivided_; }

  private:
    std::optional<Sets> set(SetId id, const Window& window);
    std::optional<Figures> rows(const MeasureNode& node, const Window& window);
    std::optional<Figures> quantity(const MeasureNode& node, const Window& window);
    std::optional<Figures> sum(const MeasureNode& node, const Window& window);
    std::optional<Sets> members(const SetNode& node, const Window& days);
    std::optional<Sets> events(const SetNode& node, const Window& days);
    std::optional<Sets> spending(const SetNode& node, const Window& days);
    std::optional<Sets> followed(const SetNode& node, const Window& days);
    std::optional<Sets> joined(const SetNode& node, const Window& window);

    std::optional<Attribute> attribute(Fact fact, Day day);
    bool is_constant(MeasureId id) const;
    const MeasureNode& node_of(MeasureId id) const {
        return evaluator_.blueprint().measures[static_cast<std::size_t>(id)];
    }
    std::nullopt_t not_by(std::string what) {
        if (undivided_.empty()) undivided_ = std::move(what);
        return std::nullopt;
    }

    Evaluator& evaluator_;
    Ledger& ledger_;
    Words& words_;
    const std::string& column_;
    std::string undivided_;
};

// Texts alone divide: what has an order or a sum does not.
std::optional<Attribute> Division::attribute(Fact fact, Day day) {
    auto found = ledger_.attribute(fact, column_, day);
    if (!found || found->space == Space::unused) return std::nullopt;
    const bool number = !found->lookup && kind_of(fact).columns[found->column].type == Type::number;
    return number ? std::nullopt : found;
}

bool Division::is_constant(MeasureId id) const {
    const MeasureNode& node = node_of(id);
    using Op = MeasureNode::Op;
    if (node.op == Op::plus || node.op == Op::minus) return is_constant(node.left) && is_constant(node.right);
    return node.op == Op::constant;
}

std::optional<Figures> Division::measure(MeasureId id, const Window& window) {
    const MeasureNode& node = node_of(id);
    using Op = MeasureNode::Op;
    switch (node.op) {
        case Op::constant: return not_by(node.constant.num());
        case Op::total:
        case Op::distinct:
        case Op::begun: return rows(node, window);
        case Op::quantity: return quantity(node, window);
        case Op::plus:
        case Op::minus: return sum(node, window);
        case Op::size: break;
    }
    const auto sets = set(node.set, window);
    if (!sets) return std::nullopt;
    Figures found;
    for (const auto& [name, customers] : *sets) found.emplace(name, static_cast<std::int64_t>(customers.cardinality()));
    return found;
}

// A value that one side alone has is 0 on the other; a constant is the same for every value.
std::optional<Figures> Division::sum(const MeasureNode& node, const Window& window) {
    const Figures no_parts;
    const auto side = [&](MeasureId id) { return is_constant(id) ? no_parts : measure(id, window); };
    if (is_constant(node.left) && is_constant(node.right)) return not_by("constant");
    const auto left = side(node.left), right = side(node.right);
    if (!left || !right) return std::nullopt;
    const auto alone = [&](MeasureId id) { return is_constant(id) ? *evaluator_.measure(id, window) : Fraction(); };
    const Fraction left_alone = alone(node.left), right_alone = alone(node.right);
    Figures found;
    for (const Figures* parts : {&*left, &*right})
        for (const auto& [name, part] : *parts) found[name];
    for (auto& [name, part] : found) {
        const auto a = left->find(name), b = right->find(name);
        const Fraction& above = a == left->end() ? left_alone : a->second;
        const Fraction& below = b == right->end() ? right_alone : b->second;
        part = node.op == MeasureNode::Op::plus ? above + below : above - below;
    }
    return found;
}

std::optional<Figures> Division::rows(const MeasureNode& node, const Window& window) {
    const Fact fact = fact_of(node.name);
    const FactKind& kind = kind_of(fact);
    const Window days = window.trailing(node.trailing_days);
    const int who = kind.column("customer_id");
    if (node.set != none && who < 0)
        throw Error(Error::refused, "kpi.unknown_column",
                    {{"fact", std::string(kind.name)}, {"column", "customer_id"}});
    std::optional<Customers> among;
    std::optional<Sorter> sorter;
    if (auto by = attribute(fact, days.last)) {
        sorter.emplace(std::move(*by));
        if (node.set != none) among = *evaluator_.set(node.set, window);
    } else if (node.set != none) {
        const auto sets = set(node.set, window);
        if (!sets) return std::nullopt;
        sorter.emplace(*sets, static_cast<std::size_t>(who));
    } else {
        return not_by(node.name);
    }
    const auto counts = [&](Row row) {
        if (!among) return true;
        const std::int64_t customer = row[static_cast<std::size_t>(who)];
        return customer != absent && among->contains(static_cast<std::uint32_t>(customer));
    };
    if (node.op == MeasureNode::Op::distinct) {
        const auto wanted = ledger_.attribute(fact, node.column, days.last);
        if (!wanted) return not_by(node.name);
        Gathering<std::vector<std::int64_t>> values(*sorter);
        ledger_.each(fact, days.first, days.last, node.filters, [&](Row row) {
            if (!counts(row)) return;
            const std::int64_t value = wanted->of(row);
            sorter->each(row, [&](std::size_t part) {
                auto& found = values[part];
                if (value != wanted->empty) found.push_back(value);
            });
        });
        return values.by_name<Fraction>(words_, [](std::vector<std::int64_t>& found) {
            std::sort(found.begin(), found.end());
            return Fraction(std::unique(found.begin(), found.end()) - found.begin());
        });
    }
    const bool counted = node.column.empty() || node.op == MeasureNode::Op::begun;
    const int amount = counted ? -1 : kind.column(node.column);
    if (!counted && amount < 0)
        throw Error(Error::refused, "kpi.unknown_column", {{"fact", std::string(kind.name)}, {"column", node.column}});
    Gathering<ExactSum> sums(*sorter);
    const auto take = [&](Row row) {
        if (!counts(row)) return;
        const std::int64_t cell = amount < 0 ? 1 : row[static_cast<std::size_t>(amount)];
        sorter->each(row, [&](std::size_t part) { sums[part].add(cell == absent ? 0 : cell); });
    };
    if (node.op == MeasureNode::Op::begun)
        ledger_.each_begun(fact, days.first, days.last, node.filters, take);
    else
        ledger_.each(fact, days.first, days.last, node.filters, take);
    return sums.by_name<Fraction>(words_, [](const ExactSum& sum) { return sum.value(); });
}

std::optional<Figures> Division::quantity(const MeasureNode& node, const Window& window) {
    const Window days = window.trailing(node.trailing_days);
    RowQuantities& quantities = evaluator_.row_quantities();
    auto by = quantities.attribute(node.name, column_, days.last);
    if (!by || by->space == Space::unused) return not_by(node.name);
    std::optional<Customers> among;
    if (node.set != none) among = *evaluator_.set(node.set, window);
    Sorter sorter(std::move(*by));
    Gathering<ExactSum> sums(sorter);
    quantities.each(node, days, window.last, among ? &*among : nullptr,
                    [&](Row row, std::int64_t times, const Fraction* each) {
                        sorter.each(row, [&](std::size_t part) { sums[part].add(times, each); });
                    });
    return sums.by_name<Fraction>(words_, [](const ExactSum& sum) { return sum.value(); });
}

std::optional<Sets> Division::set(SetId id, const Window& window) {
    const SetNode& node = evaluator_.blueprint().sets[static_cast<std::size_t>(id)];
    const Window days = window.trailing(node.trailing_days, node.days_ago);
    using Op = SetNode::Op;
    switch (node.op) {
        case Op::members:
        case Op::group_members: return members(node, days);
        case Op::spent:
        case Op::basket: return spending(node, days);
        case Op::followed: return followed(node, days);
        case Op::both:
        case Op::either:
        case Op::without: return joined(node, window);
        default: return events(node, days);
    }
}

// Relationships, as rows of joins: with a guide, or with a group.
std::optional<Sets> Division::members(const SetNode& node, const Window& days) {
    const bool groups = node.op == SetNode::Op::group_members;
    const std::string_view with = groups ? "group_id" : "guide_id";
    auto by = looked_up(column_).first == with ? attribute(Fact::joins, days.last) : std::nullopt;
    if (!by) return not_by(groups ? "group_members" : "members");
    const auto tests = ledger_.tests(Fact::joins, node.filters, days.last);
    const FactKind& kind = kind_of(Fact::joins);
    std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
    Sorter sorter(std::move(*by));
    Gathering<Customers> sets(sorter);
    for (const auto& [word, customers] : ledger_.members_by(groups, node.at_end ? days.last : days.first - 1)) {
        row[kind.place(with)] = word;
        if (Ledger::passes(row, tests)) sorter.each(row, [&](std::size_t part) { sets[part] |= customers; });
    }
    return sets.by_name<Customers>(words_, [](Customers& set) { return std::move(set); });
}

// What customers did, or rosters say of them.
std::optional<Sets> Division::events(const SetNode& node, const Window& days) {
    const Fact fact = fact_of(node);
    auto by = attribute(fact, days.last);
    const int who = kind_of(fact).column("customer_id");
    if (!by || who < 0) return not_by(std::string(to_string(fact)));
    Sorter sorter(std::move(*by));
    Gathering<std::vector<std::uint32_t>> customers(sorter);
    const auto take = [&](Row row) {
        const std::int64_t customer = row[static_cast<std::size_t>(who)];
        if (customer == absent) return;
        sorter.each(row, [&](std::size_t part) { customers[part].push_back(static_cast<std::uint32_t>(customer)); });
    };
    if (node.op == SetNode::Op::arrived)
        ledger_.each_arrival(days.first, days.last, node.filters, take);
    else
        ledger_.each(fact, days.first, days.last, node.filters, take);
    return customers.by_name<Customers>(words_, [&node](std::vector<std::uint32_t>& found) {
        return Tally::of(std::move(found)).at_least(node.at_least);
    });
}

std::optional<Sets> Division::spending(const SetNode& node, const Window& days) {
    auto by = attribute(Fact::orders, days.last);
    if (!by) return not_by("orders");
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t who = kind.place("customer_id"), amount = kind.place("amount");
    Sorter sorter(std::move(*by));
    Gathering<std::vector<std::pair<std::uint32_t, std::int64_t>>> payments(sorter);
    ledger_.each(Fact::orders, days.first, days.last, node.filters, [&](Row row) {
        if (row[who] == absent) return;
        sorter.each(row, [&](std::size_t part) {
            payments[part].emplace_back(static_cast<std::uint32_t>(row[who]), row[amount]);
        });
    });
    return payments.by_name<Customers>(words_, [&node](std::vector<std::pair<std::uint32_t, std::int64_t>>& paid) {
        std::sort(paid.begin(), paid.end());
        Customers found;
        for (std::size_t i = 0; i < paid.size();) {
            const std::uint32_t customer = paid[i].first;
            Wide fen = 0, orders = 0;
            for (; i < paid.size() && paid[i].first == customer; ++i, ++orders) fen += paid[i].second;
            const Wide times = node.op == SetNode::Op::basket ? orders : 1;
            if (fen >= times * node.at_least && (node.below == 0 || fen < times * node.below)) found.add(customer);
        }
        return found;
    });
}

std::optional<Sets> Division::followed(const SetNode& node, const Window& days) {
    const auto& sets = evaluator_.blueprint().sets;
    const SetNode &left = sets[static_cast<std::size_t>(node.left)],
                  &right = sets[static_cast<std::size_t>(node.right)];
    const Window of_left = days.trailing(left.trailing_days, left.days_ago);
    const Window of_right = days.trailing(right.trailing_days, right.days_ago);
    const auto by = attribute(fact_of(left), of_left.last);
    if (!by) return not_by(std::string(to_string(fact_of(left))));
    Sorter sorter(*by);
    Gathering<std::vector<std::uint32_t>> customers(sorter);
    auto first = ledger_.moments(fact_of(left), of_left.first, of_left.last, left.filters, &*by);
    for (const Moment& moment : first) customers[sorter.part(moment.part)];  // a value that nobody followed is 0
    auto second = ledger_.moments(fact_of(right), of_right.first, of_right.last, right.filters);
    for (const Moment& moment : siyu::followed(std::move(first), std::move(second), within(node)))
        customers[sorter.part(moment.part)].push_back(moment.customer);
    return customers.by_name<Customers>(
        words_, [](std::vector<std::uint32_t>& found) { return Customers(found.size(), found.data()); });
}

std::optional<Sets> Division::joined(const SetNode& node, const Window& window) {
    using Op = SetNode::Op;
    auto left = set(node.left, window);
    if (!left && node.op != Op::both) return std::nullopt;
    const auto right = set(node.right, window);
    if (!left && !right) return std::nullopt;
    if (!right && node.op == Op::either) return std::nullopt;
    // The side that does not divide stays whole.
    std::optional<Customers> whole;
    if (!left) whole = *evaluator_.set(node.left, window);
    if (!right) whole = *evaluator_.set(node.right, window);
    Sets found = left ? *left : *right;
    if (node.op != Op::without && left && right)
        for (const auto& [name, customers] : *right) found[name];
    const Customers nobody;
    for (auto& [name, customers] : found) {
        const Customers* other = &nobody;
        if (whole)
            other = &*whole;
        else if (const auto same = right->find(name); same != right->end())
            other = &same->second;
        if (node.op == Op::both)
            customers &= *other;
        else if (node.op == Op::either)
            customers |= *other;
        else
            customers -= *other;
    }
    return found;
}

}  // namespace

Evaluation::Parts split(Evaluator& evaluator, MeasureId measure, const std::string& column, const Window& window) {
    Division division(evaluator, column);
    const auto found = division.measure(measure, window);
    if (!found)
        throw Error(Error::refused, "kpi.cannot_divide", {{"measure", division.undivided()}, {"column", column}});
    Evaluation::Parts parts;
    parts.reserve(found->size());
    for (const auto& [name, part] : *found) parts.emplace_back(name, part);
    return parts;
}

}  // namespace siyu
