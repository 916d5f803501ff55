// SPDX-License-Identifier: Apache-2.0
#include "reports/explain.hpp"

#include "reports/wording.hpp"

namespace siyu {

namespace {

// Walks the two arenas of one blueprint.
class Explanation {
  public:
    Explanation(const Blueprint& blueprint, const Catalogue& catalogue) : blueprint_(blueprint), say_(catalogue) {}

    std::string measure(MeasureId id, bool inside) const;

  private:
    std::string set(SetId id, bool inside) const;
    std::string total(const MeasureNode& node) const;
    std::string quantity(const MeasureNode& node) const;
    std::string filters(const std::vector<Filter>& filters) const;
    std::string column(const std::string& name) const;
    std::string rows(const std::string& fact) const;
    std::string narrowed(const MeasureNode& node) const;
    std::string money(std::int64_t fen) const { return Wording(say_).figure(Value(fen), Unit::money); }
    // Before what is counted: nothing for the period itself, `近 30 天` for a trailing window.
    std::string window(int trailing_days, int days_ago = 0) const {
        if (trailing_days == 0) return {};
        if (days_ago == 0) return say_("report.explain.trailing", {{"days", std::to_string(trailing_days)}});
        return say_("report.explain.earlier",
                    {{"days", std::to_string(trailing_days)}, {"ago", std::to_string(days_ago)}});
    }
    std::string in_brackets(const std::string& text) const { return say_("report.explain.brackets", {{"text", text}}); }
    std::string grouped(const std::string& text) const { return say_("report.explain.group", {{"text", text}}); }
    std::string word(const std::string& prefix, const std::string& name) const {
        const std::string id = prefix + "." + name;
        return say_.has(id) ? say_(id) : name;
    }

    const Blueprint& blueprint_;
    const Catalogue& say_;
};

// `group_id.tier` is 群的等级.
std::string Explanation::column(const std::string& name) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return word("report.column", name);
    return say_("report.explain.looked_up", {{"by", word("report.column", name.substr(0, dot))},
                                             {"column", word("report.column", name.substr(dot + 1))}});
}

std::string Explanation::rows(const std::string& fact) const {
    const std::string known = "report.total." + fact + ".rows";
    return say_.has(known) ? say_(known) : say_("report.explain.rows", {{"fact", word("report.fact", fact)}});
}

std::string Explanation::filters(const std::vector<Filter>& filters) const {
    std::string text;
    for (const Filter& filter : filters) {
        if (!text.empty()) text += say_("report.explain.and");
        const std::string title = column(filter.column);
        switch (filter.test) {
            case Filter::Test::equals: {
                const std::string words = filter.column.substr(filter.column.find('.') + 1);
                const std::string id = "report.name." + words + "." + filter.value;
                const std::string value = filter.value.empty() ? say_("report.unknown.other")
                                          : say_.has(id)       ? say_(id)
                                                               : filter.value;
                text += say_("report.explain.equals", {{"column", title}, {"value", value}});
                break;
            }
            case Filter::Test::present: text += say_("report.explain.present", {{"column", title}}); break;
            case Filter::Test::lacking: text += say_("report.explain.absent", {{"column", title}}); break;
        }
    }
    return text.empty() ? text : in_brackets(text);
}

std::string Explanation::set(SetId id, bool inside) const {
    const SetNode& node = blueprint_.sets.at(static_cast<std::size_t>(id));
    using Op = SetNode::Op;
    const auto event = [&](const char* key) {
        std::string text =
            say_(std::string("report.set.") + key, {{"window", window(node.trailing_days, node.days_ago)},
                                                    {"fact", word("report.fact", node.name)},
                                                    {"from", money(node.at_least)},
                                                    {"below", money(node.below)}});
        const bool times = node.op == Op::interacted || node.op == Op::bought;
        if (times && node.at_least > 1)
            text += in_brackets(say_("report.explain.at_least", {{"times", std::to_string(node.at_least)}}));
        return text + filters(node.filters);
    };
    const auto joined = [&](const char* key) {
        const std::string text =
            say_(std::string("report.set.") + key, {{"left", set(node.left, true)},
                                                    {"right", set(node.right, true)},
                                                    {"window", window(node.trailing_days, node.days_ago)},
                                                    {"days", std::to_string(node.within_days)}});
        return inside ? grouped(text) : text;
    };
    switch (node.op) {
        case Op::members: return event(node.at_end ? "members_end" : "members_start");
        case Op::group_members: return event(node.at_end ? "group_members_end" : "group_members_start");
        case Op::joined: return event("joined");
        case Op::arrived: return event("arrived");
        case Op::left: return event("left");
        case Op::interacted: return event("interacted");
        case Op::bought: return event("bought");
        case Op::both: return joined("both");
        case Op::either: return joined("either");
        case Op::without: return joined("without");
        case Op::spent: return event(node.below ? "spent_below" : "spent");
        case Op::basket: return event(node.below ? "basket_below" : "basket");
        case Op::listed: return event("listed");
        case Op::followed: return joined("followed");
    }
    return {};
}

std::string Explanation::total(const MeasureNode& node) const {
    const std::string fact = word("report.fact", node.name);
    const std::string known = "report.total." + node.name + "." + node.column;
    const std::string title = column(node.column);
    std::string text = window(node.trailing_days);
    if (node.op == MeasureNode::Op::distinct)
        text += say_("report.explain.distinct", {{"fact", fact}, {"column", title}});
    else if (node.column.empty())
        text += rows(node.name);
    else if (say_.has(known))
        text += say_(known);
    else
        text += say_("report.explain.total", {{"fact", fact}, {"column", title}});
    return text + filters(node.filters) + narrowed(node);
}

std::string Explanation::narrowed(const MeasureNode& node) const {
    return node.set == none ? std::string() : in_brackets(say_("report.explain.of", {{"set", set(node.set, false)}}));
}

std::string Explanation::quantity(const MeasureNode& node) const {
    std::vector<std::pair<std::string, std::string>> with;
    const char* names[] = {"a", "b", "c"};
    for (std::size_t i = 0; i < node.arguments.size() && i < std::size(names); ++i)
        with.emplace_back(names[i], std::to_string(node.arguments[i]));
    const std::string id = "report.quantity." + node.name;
    const std::string text = say_.has(id) ? say_(id, std::move(with)) : node.name;
    return window(node.trailing_days) + text + filters(node.filters) + narrowed(node);
}

std::string Explanation::measure(MeasureId id, bool inside) const {
    const MeasureNode& node = blueprint_.measures.at(static_cast<std::size_t>(id));
    using Op = MeasureNode::Op;
    switch (node.op) {
        case Op::constant:
            return node.constant.den() == "1" ? node.constant.num() : node.constant.num() + "/" + node.constant.den();
        case Op::total:
        case Op::distinct: return total(node);
        case Op::size: return say_("report.explain.size", {{"set", set(node.set, false)}});
        case Op::quantity: return quantity(node);
        case Op::begun:
            return say_("report.explain.begun", {{"window", window(node.trailing_days)}, {"rows", rows(node.name)}}) +
                   filters(node.filters) + narrowed(node);
        case Op::plus:
        case Op::minus: break;
    }
    const std::string text =
        measure(node.left, false) + (node.op == Op::plus ? " + " : " − ") + measure(node.right, true);
    return inside ? grouped(text) : text;
}

}  // namespace

std::string explain(const Kpi& kpi, const Blueprint& blueprint, const Catalogue& catalogue) {
    if (kpi.compute || kpi.above == none) return catalogue("report.explain.computed", {{"plugin", kpi.declared_by}});
    const Explanation words(blueprint, catalogue);
    const std::string above = words.measure(kpi.above, kpi.below != none);
    return kpi.below == none ? above : above + " ÷ " + words.measure(kpi.below, true);
}

}  // namespace siyu
