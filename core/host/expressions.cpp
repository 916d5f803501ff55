// SPDX-License-Identifier: Apache-2.0
#include "core/host/expressions.hpp"

#include "core/host/names.hpp"
#include "core/host/wire.hpp"

namespace siyu {

namespace {

// A handle is the place in its arena plus one; what stands above tells a set from a measure.
constexpr std::uint32_t set_mark = 0x51000000, measure_mark = 0x4d000000, place_bits = 0x00ffffff;
constexpr std::size_t most_nodes = 10'000;
constexpr std::uint32_t most_days = 3660, most_filters = 32;

std::uint32_t handle(std::uint32_t mark, std::size_t place) { return mark | static_cast<std::uint32_t>(place + 1); }

int place(std::uint32_t mark, std::uint32_t handle, std::size_t size) {
    const std::uint32_t number = handle & place_bits;
    return (handle & ~place_bits) == mark && number >= 1 && number <= size ? static_cast<int>(number) - 1 : none;
}

// The place of the node, an equal one that is there already if there is; nothing where the arena is full. A faulty node
// may look like a sound one, which must not be blamed for it: the two never share a place.
template <class Node, class Faults>
std::optional<std::size_t> intern(std::vector<Node>& arena, Node node, bool faulty, const Faults& faults) {
    for (std::size_t place = 0; !faulty && place < arena.size(); ++place)
        if (arena[place] == node && !faults.contains(static_cast<int>(place))) return place;
    if (arena.size() >= most_nodes) return std::nullopt;
    arena.push_back(std::move(node));
    return arena.size() - 1;
}

// Whose rows the filters of a set look at; null where it takes none.
const FactKind* rows_of(SetNode::Op op) {
    switch (op) {
        case SetNode::Op::members:
        case SetNode::Op::group_members:
        case SetNode::Op::joined:
        case SetNode::Op::arrived: return &kind_of(Fact::joins);
        case SetNode::Op::left: return &kind_of(Fact::leaves);
        case SetNode::Op::interacted: return &kind_of(Fact::interactions);
        case SetNode::Op::bought:
        case SetNode::Op::spent:
        case SetNode::Op::basket: return &kind_of(Fact::orders);
        default: return nullptr;
    }
}

bool is_joined(std::uint32_t op) {
    return op == SIYU_BOTH || op == SIYU_EITHER || op == SIYU_WITHOUT || op == SIYU_FOLLOWED;
}

// The columns of an order that money given back can be told apart by.
bool filters_refunds(std::string_view column) {
    return column == "channel" || column == "guide_id" || column == "path" || column == "category";
}

bool is_refunds(const MeasureNode& node) {
    return node.op == MeasureNode::Op::quantity && node.name == "refunds_booked";
}

}  // namespace

siyu_set Expressions::add(const siyu_set_expression* expression) {
    const auto handed = taken(expression);
    SetNode made;
    problems_.met();
    if (!handed)
        problems_.add("plugin.bad_struct", {{"what", "siyu_set_expression"}});
    else if (handed->op > SIYU_FOLLOWED)
        problems_.add("plugin.unknown_number",
                      {{"what", "siyu_set_expression.op"}, {"value", std::to_string(handed->op)}});
    else
        made = node(*handed);
    std::set<std::size_t> faults = problems_.met();
    const SetId left = made.left, right = made.right;
    const auto found = intern(blueprint_.sets, std::move(made), !faults.empty(), set_faults_);
    for (const SetId part : {left, right}) faults.insert(of(set_faults_, part).begin(), of(set_faults_, part).end());
    if (found && !faults.empty()) set_faults_[static_cast<int>(*found)] = std::move(faults);
    if (!found) problems_.add("plugin.too_many", {{"most", std::to_string(most_nodes)}});
    return found ? handle(set_mark, *found) : 0;
}

SetNode Expressions::node(const siyu_set_expression& handed) {
    SetNode node;
    node.op = static_cast<SetNode::Op>(handed.op);
    const bool state = handed.op <= SIYU_GROUP_MEMBERS;
    const bool counted = handed.op == SIYU_INTERACTED || handed.op == SIYU_BOUGHT;
    const bool stepped = handed.op == SIYU_SPENT || handed.op == SIYU_BASKET;
    node.at_end = state && handed.at_end != 0;
    node.trailing_days = days(handed.trailing_days);
    node.days_ago = days(handed.days_ago);
    if (node.days_ago != 0 && node.trailing_days == 0)
        problems_.add("plugin.ago_without_window", {{"days", std::to_string(node.days_ago)}});
    node.at_least = handed.at_least == 0 && !stepped ? 1 : handed.at_least;
    if (!stepped && (node.at_least < 1 || (node.at_least > 1 && !counted)))
        problems_.add("plugin.bad_at_least", {{"value", std::to_string(node.at_least)}});
    check_unused(stepped, handed.below, "siyu_set_expression.below");
    if (stepped) node.below = handed.below;
    if (stepped) check_steps(handed, node);
    check_unused(handed.op == SIYU_LISTED, static_cast<std::int64_t>(handed.name.length), "siyu_set_expression.name");
    const FactKind* kind = rows_of(node.op);
    if (handed.op == SIYU_LISTED) {
        node.name = text(handed.name, "siyu_set_expression.name");
        const Roster* roster = find_roster(node.name, problems_);
        kind = roster ? &kind_of(roster->fact) : nullptr;
        if (roster && kind->column("customer_id") < 0) problems_.add("plugin.no_customer", {{"fact", node.name}});
        if (!roster) return node;
    }
    node.filters = filters(handed.filters, handed.filter_count, kind, "");
    if (state)
        for (const Filter& filter : node.filters)
            if (looked_up(filter.column).first != (handed.op == SIYU_MEMBERS ? "guide_id" : "group_id"))
                problems_.add("plugin.no_filter", {{"what", handed.op == SIYU_MEMBERS ? "members" : "group_members"},
                                                   {"column", filter.column}});
    check_joined(handed, node);
    return node;
}

void Expressions::check_joined(const siyu_set_expression& handed, SetNode& node) {
    check_unused(handed.op == SIYU_FOLLOWED, handed.within_days, "siyu_set_expression.within_days");
    if (!is_joined(handed.op)) return;
    if (node.trailing_days != 0 && handed.op != SIYU_FOLLOWED)
        problems_.add("plugin.window_on_set", {{"days", std::to_string(node.trailing_days)}});
    node.left = set(handed.left, "siyu_set_expression.left");
    node.right = set(handed.right, "siyu_set_expression.right");
    if (handed.left == 0 || handed.right == 0) problems_.add("plugin.no_operand", {});
    if (handed.op != SIYU_FOLLOWED) return;
    if (handed.within_days == 0) problems_.add("plugin.bad_within", {{"most", std::to_string(most_days)}});
    node.within_days = days(handed.within_days);
    check_followed(node);
}

void Expressions::check_steps(const siyu_set_expression& handed, const SetNode& node) {
    if (node.at_least < 0 || handed.below < 0 || (handed.below != 0 && handed.below <= node.at_least))
        problems_.add("plugin.bad_step",
                      {{"from", std::to_string(node.at_least)}, {"below", std::to_string(handed.below)}});
}

// Rows that come one after the other are those of one kind of event; how many there are is not asked.
void Expressions::check_followed(const SetNode& node) {
    for (const SetId side : {node.left, node.right}) {
        if (side == none) continue;
        const SetNode& rows = blueprint_.sets[static_cast<std::size_t>(side)];
        using Op = SetNode::Op;
        const bool fits = rows.op == Op::joined || rows.op == Op::interacted || rows.op == Op::bought;
        if (!fits || rows.at_least != 1) problems_.add("plugin.bad_followed", {});
    }
}

siyu_measure Expressions::add(const siyu_measure_expression* expression) {
    const auto handed = taken(expression);
    MeasureNode made;
    problems_.met();
    if (!handed || handed->reserved != 0)
        problems_.add("plugin.bad_struct", {{"what", "siyu_measure_expression"}});
    else if (handed->op > SIYU_BEGUN)
        problems_.add("plugin.unknown_number",
                      {{"what", "siyu_measure_expression.op"}, {"value", std::to_string(handed->op)}});
    else
        made = node(*handed);
    std::set<std::size_t> faults = problems_.met();
    const bool faulty = !faults.empty();
    faults.insert(of(set_faults_, made.set).begin(), of(set_faults_, made.set).end());
    for (const MeasureId part : {made.left, made.right})
        faults.insert(of(measure_faults_, part).begin(), of(measure_faults_, part).end());
    const auto found = intern(blueprint_.measures, std::move(made), faulty, measure_faults_);
    if (found && !faults.empty()) measure_faults_[static_cast<int>(*found)] = std::move(faults);
    if (!found) problems_.add("plugin.too_many", {{"most", std::to_string(most_nodes)}});
    return found ? handle(measure_mark, *found) : 0;
}

MeasureNode Expressions::node(const siyu_measure_expression& handed) {
    MeasureNode node;
    using Op = MeasureNode::Op;
    node.op = static_cast<Op>(handed.op);
    const bool of_rows = node.op == Op::total || node.op == Op::distinct || node.op == Op::begun;
    const FactKind* kind = nullptr;
    if (node.op == Op::constant)
        node.constant = fraction(handed.constant, "siyu_measure_expression.constant").value_or(Fraction());
    if (of_rows || node.op == Op::quantity) {
        node.name = text(handed.name, "siyu_measure_expression.name");
        node.trailing_days = days(handed.trailing_days);
    }
    if (of_rows) {
        node.column = text(handed.column, "siyu_measure_expression.column");
        kind = check_rows(node);
        if (kind) node.filters = filters(handed.filters, handed.filter_count, kind, node.name);
    }
    if (node.op == Op::quantity) {
        if (handed.argument_count <= 16 && (handed.arguments || !handed.argument_count))
            node.arguments.assign(handed.arguments, handed.arguments + handed.argument_count);
        kind = &kind_of(Fact::orders);
        node.filters = filters(handed.filters, handed.filter_count, kind, node.name);
        check_quantity(node);
    }
    if (node.op == Op::plus || node.op == Op::minus) {
        node.left = measure(handed.left, "siyu_measure_expression.left");
        node.right = measure(handed.right, "siyu_measure_expression.right");
        if (handed.left == 0 || handed.right == 0) problems_.add("plugin.no_operand", {});
    }
    check_narrowing(handed, node, kind);
    return node;
}

// A struct of contract 1.0 may hold anything where there was nothing to say yet.
void Expressions::check_narrowing(const siyu_measure_expression& handed, MeasureNode& node, const FactKind* kind) {
    using Op = MeasureNode::Op;
    if (node.op == Op::size) {
        node.set = set(handed.set, "siyu_measure_expression.set");
        if (handed.set == 0) problems_.add("plugin.no_operand", {});
    } else if (handed.set != 0 && handed.size >= sizeof(siyu_measure_expression)) {
        node.set = set(handed.set, "siyu_measure_expression.set");
        const bool of_rows = node.op == Op::total || node.op == Op::distinct;
        if (!of_rows && !is_refunds(node))
            problems_.add("plugin.no_narrowing", {{"what", node.name}});
        else if (kind && kind->column("customer_id") < 0)
            problems_.add("plugin.no_customer", {{"fact", node.name}});
    }
}

SetId Expressions::set(siyu_set handle, std::string_view where) {
    const int found = place(set_mark, handle, blueprint_.sets.size());
    if (found == none && handle != 0)
        problems_.add("plugin.bad_handle", {{"what", std::string(where)}, {"value", std::to_string(handle)}});
    return found;
}

MeasureId Expressions::measure(siyu_measure handle, std::string_view where) {
    const int found = measure_of(handle, blueprint_.measures.size());
    if (found == none && handle != 0)
        problems_.add("plugin.bad_handle", {{"what", std::string(where)}, {"value", std::to_string(handle)}});
    return found;
}

MeasureId Expressions::used(siyu_measure handle, const std::string& where) {
    const MeasureId found = measure(handle, where);
    for (const std::size_t fault : of(measure_faults_, found)) problems_.stands_in(fault, where);
    return found;
}

const std::set<std::size_t>& Expressions::of(const Faults& faults, int node) {
    static const std::set<std::size_t> none_at_all;
    const auto found = faults.find(node);
    return found == faults.end() ? none_at_all : found->second;
}

MeasureId Expressions::measure_of(siyu_measure handle, std::size_t given_out) {
    return place(measure_mark, handle, given_out);
}

std::optional<Fraction> Expressions::fraction(siyu_fraction handed, std::string_view where) {
    if (handed.den > 0) return Fraction(handed.num, handed.den);
    problems_.add(
        "plugin.bad_fraction",
        {{"what", std::string(where)}, {"num", std::to_string(handed.num)}, {"den", std::to_string(handed.den)}});
    return std::nullopt;
}

const FactKind* Expressions::check_rows(MeasureNode& node) {
    using Op = MeasureNode::Op;
    if (node.op == Op::begun) {
        const Roster* roster = find_roster(node.name, problems_);
        if (!node.column.empty())
            problems_.add("plugin.unused_field", {{"what", "siyu_measure_expression.column"}, {"value", node.column}});
        return roster ? &kind_of(roster->fact) : nullptr;
    }
    const FactKind* kind = find_fact(node.name, problems_);
    if (!kind) return nullptr;
    if (kind->when < 0 && !roster_of(kind->fact)) problems_.add("plugin.undated_fact", {{"fact", node.name}});
    const bool distinct = node.op == Op::distinct;
    if (node.column.empty() && !distinct) return kind;
    const int own = kind->column(node.column);
    if (own < 0) {
        // Only filters look up.
        std::string column(looked_up(node.column).first);
        if (find_column(*kind, column, problems_))
            problems_.add(distinct ? "plugin.not_counted" : "plugin.not_summed",
                          {{"fact", node.name}, {"column", node.column}});
        return kind;
    }
    const Column& known = kind->columns[static_cast<std::size_t>(own)];
    node.column = known.name;
    if (distinct ? !is_wordy(known.type) : !is_summed(known.type))
        problems_.add(distinct ? "plugin.not_counted" : "plugin.not_summed",
                      {{"fact", node.name}, {"column", node.column}});
    return kind;
}

void Expressions::check_quantity(const MeasureNode& node) {
    const auto& all = quantities();
    const auto known = std::find_if(all.begin(), all.end(), [&](const Quantity& q) { return q.name == node.name; });
    if (known == all.end()) {
        std::vector<std::string> names;
        names.reserve(all.size());
        for (const Quantity& quantity : all) names.emplace_back(quantity.name);
        problems_.add_unknown("plugin.unknown_quantity", {{"quantity", node.name}}, nearest(node.name, names));
        return;
    }
    if (node.arguments.size() != static_cast<std::size_t>(known->arguments))
        problems_.add("plugin.bad_arguments", {{"quantity", node.name},
                                               {"needed", std::to_string(known->arguments)},
                                               {"given", std::to_string(node.arguments.size())}});
    for (const std::int64_t argument : node.arguments)
        if (argument < 0 || argument > 1'000'000)
            problems_.add("plugin.bad_argument", {{"quantity", node.name}, {"value", std::to_string(argument)}});
    for (const Filter& filter : node.filters)
        if (!known->filters || (is_refunds(node) && !filters_refunds(looked_up(filter.column).first)))
            problems_.add("plugin.no_filter", {{"what", node.name}, {"column", filter.column}});
}

std::vector<Filter> Expressions::filters(const siyu_filter* handed, std::uint32_t count, const FactKind* kind,
                                         const std::string& what) {
    std::vector<Filter> filters;
    if (count > most_filters || (count > 0 && !handed)) {
        problems_.add("plugin.bad_struct", {{"what", "filters"}});
        return filters;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        Filter filter{text(handed[i].column, "siyu_filter.column"), Filter::Test::equals, {}};
        if (handed[i].test > SIYU_ABSENT)
            problems_.add("plugin.unknown_number",
                          {{"what", "siyu_filter.test"}, {"value", std::to_string(handed[i].test)}});
        else
            filter.test = static_cast<Filter::Test>(handed[i].test);
        if (filter.test == Filter::Test::equals) filter.value = text(handed[i].value, "siyu_filter.value");
        if (!kind)
            problems_.add("plugin.no_filter", {{"what", what}, {"column", filter.column}});
        else if (const Column* column = find_column(*kind, filter.column, problems_))
            check_value(*kind, *column, filter);
        filters.push_back(std::move(filter));
    }
    return filters;
}

void Expressions::check_value(const FactKind& kind, const Column& column, const Filter& filter) {
    if (filter.test != Filter::Test::equals) return;
    const bool listed = column.words.empty() || filter.value.empty() ||
                        std::find(column.words.begin(), column.words.end(), filter.value) != column.words.end();
    if (!is_wordy(column.type) || !listed)
        problems_.add("plugin.bad_filter",
                      {{"fact", std::string(kind.name)}, {"column", filter.column}, {"value", filter.value}});
}

int Expressions::days(std::uint32_t handed) {
    if (handed <= most_days) return static_cast<int>(handed);
    problems_.add("plugin.bad_window", {{"days", std::to_string(handed)}, {"most", std::to_string(most_days)}});
    return 0;
}

void Expressions::check_unused(bool used, std::int64_t value, std::string_view what) {
    if (!used && value != 0)
        problems_.add("plugin.unused_field", {{"what", std::string(what)}, {"value", std::to_string(value)}});
}

std::string Expressions::text(siyu_text handed, std::string_view what) {
    if (auto text = taken(handed, 4096)) return *std::move(text);
    problems_.add("plugin.bad_text", {{"what", std::string(what)}});
    return {};
}

}  // namespace siyu
