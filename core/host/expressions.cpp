// SPDX-License-Identifier: Apache-2.0
#include "core/host/expressions.hpp"

#include "core/facts/fact.hpp"
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

// The place of the node, an equal one that is there already if there is; nothing where the arena is full.
template <class Node>
std::optional<std::size_t> intern(std::vector<Node>& arena, Node node) {
    const auto found = std::find(arena.begin(), arena.end(), node);
    if (found != arena.end()) return static_cast<std::size_t>(found - arena.begin());
    if (arena.size() >= most_nodes) return std::nullopt;
    arena.push_back(std::move(node));
    return arena.size() - 1;
}

std::string_view fact_of(SetNode::Op op) {
    switch (op) {
        case SetNode::Op::joined:
        case SetNode::Op::arrived: return "joins";
        case SetNode::Op::left: return "leaves";
        case SetNode::Op::interacted: return "interactions";
        case SetNode::Op::bought: return "orders";
        default: return {};
    }
}

// The columns of an order that money given back can be told apart by.
bool filters_refunds(std::string_view column) {
    return column == "channel" || column == "guide_id" || column == "path" || column == "category";
}

bool is_wordy(Type type) { return type == Type::id || type == Type::text || type == Type::word || type == Type::kind; }
bool is_summed(Type type) { return type == Type::money || type == Type::count; }

std::vector<std::string> column_names(const FactKind& kind) {
    std::vector<std::string> names;
    for (const Column& column : kind.columns) names.emplace_back(column.name);
    return names;
}

}  // namespace

siyu_set Expressions::add(const siyu_set_expression* expression) {
    const auto handed = taken(expression);
    SetNode node;
    if (!handed) {
        problems_.add("plugin.bad_struct", {{"what", "siyu_set_expression"}});
    } else if (handed->op > SIYU_WITHOUT) {
        problems_.add("plugin.unknown_number",
                      {{"what", "siyu_set_expression.op"}, {"value", std::to_string(handed->op)}});
    } else {
        node.op = static_cast<SetNode::Op>(handed->op);
        const bool joined = handed->op >= SIYU_BOTH, state = handed->op <= SIYU_GROUP_MEMBERS;
        const bool counted = handed->op == SIYU_INTERACTED || handed->op == SIYU_BOUGHT;
        node.at_end = state && handed->at_end != 0;
        node.trailing_days = days(handed->trailing_days);
        node.at_least = handed->at_least == 0 ? 1 : handed->at_least;
        node.filters = filters(handed->filters, handed->filter_count, fact_of(node.op));
        if (node.at_least < 1 || (node.at_least > 1 && !counted))
            problems_.add("plugin.bad_at_least", {{"value", std::to_string(node.at_least)}});
        if (joined && node.trailing_days != 0)
            problems_.add("plugin.window_on_set", {{"days", std::to_string(node.trailing_days)}});
        if (joined) {
            node.left = set(handed->left, "siyu_set_expression.left");
            node.right = set(handed->right, "siyu_set_expression.right");
            if (handed->left == 0 || handed->right == 0) problems_.add("plugin.no_operand", {});
        }
    }
    const auto found = intern(blueprint_.sets, std::move(node));
    if (!found) problems_.add("plugin.too_many", {{"most", std::to_string(most_nodes)}});
    return found ? handle(set_mark, *found) : 0;
}

siyu_measure Expressions::add(const siyu_measure_expression* expression) {
    const auto handed = taken(expression);
    MeasureNode node;
    using Op = MeasureNode::Op;
    if (!handed) {
        problems_.add("plugin.bad_struct", {{"what", "siyu_measure_expression"}});
    } else if (handed->op > SIYU_MINUS) {
        problems_.add("plugin.unknown_number",
                      {{"what", "siyu_measure_expression.op"}, {"value", std::to_string(handed->op)}});
    } else {
        node.op = static_cast<Op>(handed->op);
        const bool windowed = node.op == Op::total || node.op == Op::distinct || node.op == Op::quantity;
        if (node.op == Op::constant)
            node.constant = fraction(handed->constant, "siyu_measure_expression.constant").value_or(Fraction());
        if (windowed) {
            node.name = text(handed->name, "siyu_measure_expression.name");
            node.trailing_days = days(handed->trailing_days);
        }
        if (node.op == Op::total || node.op == Op::distinct) {
            node.column = text(handed->column, "siyu_measure_expression.column");
            check_fact(node.name, node.column, node.op == Op::distinct);
        }
        if (node.op == Op::quantity && handed->argument_count <= 16 && (handed->arguments || !handed->argument_count))
            node.arguments.assign(handed->arguments, handed->arguments + handed->argument_count);
        if (windowed)
            node.filters = filters(handed->filters, handed->filter_count,
                                   node.op == Op::quantity ? std::string_view("orders") : std::string_view(node.name));
        if (node.op == Op::quantity) check_quantity(node);
        if (node.op == Op::size) {
            node.set = set(handed->set, "siyu_measure_expression.set");
            if (handed->set == 0) problems_.add("plugin.no_operand", {});
        }
        if (node.op == Op::plus || node.op == Op::minus) {
            node.left = measure(handed->left, "siyu_measure_expression.left");
            node.right = measure(handed->right, "siyu_measure_expression.right");
            if (handed->left == 0 || handed->right == 0) problems_.add("plugin.no_operand", {});
        }
    }
    const auto found = intern(blueprint_.measures, std::move(node));
    if (!found) problems_.add("plugin.too_many", {{"most", std::to_string(most_nodes)}});
    return found ? handle(measure_mark, *found) : 0;
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

// Names become the canonical ones.
void Expressions::check_fact(std::string& name, std::string& column, bool distinct) {
    const std::optional<Fact> fact = parse_fact(name);
    if (!fact) {
        std::vector<std::string> names;
        for (const FactKind& kind : fact_kinds()) names.emplace_back(kind.name);
        problems_.add_unknown("plugin.unknown_fact", {{"fact", name}}, nearest(name, names));
        return;
    }
    const FactKind& kind = kind_of(*fact);
    name = kind.name;
    if (kind.when < 0) problems_.add("plugin.undated_fact", {{"fact", name}});
    if (column.empty() && !distinct) return;
    const int found = kind.column(column);
    if (found < 0) {
        problems_.add_unknown("plugin.unknown_column", {{"fact", name}, {"column", column}},
                              nearest(column, column_names(kind)));
        return;
    }
    const Column& known = kind.columns[static_cast<std::size_t>(found)];
    column = known.name;
    if (distinct ? !is_wordy(known.type) : !is_summed(known.type))
        problems_.add(distinct ? "plugin.not_counted" : "plugin.not_summed", {{"fact", name}, {"column", column}});
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
        if (!known->filters || !filters_refunds(filter.column))
            problems_.add("plugin.no_filter", {{"what", node.name}, {"column", filter.column}});
}

std::vector<Filter> Expressions::filters(const siyu_filter* handed, std::uint32_t count, std::string_view fact) {
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
        const std::optional<Fact> known = parse_fact(fact);
        if (fact.empty()) problems_.add("plugin.no_filter", {{"what", ""}, {"column", filter.column}});
        if (known) {
            const FactKind& kind = kind_of(*known);
            const int found = kind.column(filter.column);
            if (found < 0) {
                problems_.add_unknown("plugin.unknown_column", {{"fact", std::string(fact)}, {"column", filter.column}},
                                      nearest(filter.column, column_names(kind)));
            } else {
                const Column& column = kind.columns[static_cast<std::size_t>(found)];
                filter.column = column.name;
                const bool equals = filter.test == Filter::Test::equals;
                const bool listed =
                    column.words.empty() || filter.value.empty() ||
                    std::find(column.words.begin(), column.words.end(), filter.value) != column.words.end();
                if (equals && (!is_wordy(column.type) || !listed))
                    problems_.add("plugin.bad_filter",
                                  {{"fact", std::string(fact)}, {"column", filter.column}, {"value", filter.value}});
            }
        }
        filters.push_back(std::move(filter));
    }
    return filters;
}

int Expressions::days(std::uint32_t handed) {
    if (handed <= most_days) return static_cast<int>(handed);
    problems_.add("plugin.bad_window", {{"days", std::to_string(handed)}, {"most", std::to_string(most_days)}});
    return 0;
}

std::string Expressions::text(siyu_text handed, std::string_view what) {
    if (auto text = taken(handed, 4096)) return *std::move(text);
    problems_.add("plugin.bad_text", {{"what", std::string(what)}});
    return {};
}

}  // namespace siyu
