// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "number.hpp"

// Sets of customers and measures, as an author writes them; nothing is computed here.
namespace siyu {
inline namespace contract_v1 {

enum class Moment : std::uint32_t { at_start, at_end };
inline constexpr Moment at_start = Moment::at_start, at_end = Moment::at_end;

// A column may be looked up in a roster: `group_id.tier` is the tier of the row's group (contract 1.1).
struct Filter {
    std::string column, value;
    std::uint32_t test = SIYU_EQUALS;
};
// Rows whose column is the value; "" is the unknown one.
inline Filter where(std::string column, std::string value) {
    return {std::move(column), std::move(value), SIYU_EQUALS};
}
// Rows whose column is not empty, and those where it is.
inline Filter with(std::string column) { return {std::move(column), {}, SIYU_PRESENT}; }
inline Filter lacking(std::string column) { return {std::move(column), {}, SIYU_ABSENT}; }

// A window of so many days that ends so many days before the period's last one (contract 1.1); for sets.
struct Earlier {
    std::uint32_t days, days_ago;
};
// The window: not the period of the report but so many days up to its last one.
struct Trailing {
    std::uint32_t days;
    // trailing(28).ago(7): the 28 days up to the one a week before the last.
    Earlier ago(std::uint32_t days_ago) const { return {days, days_ago}; }
};
inline Trailing trailing(std::uint32_t days) { return {days}; }
inline Earlier earlier(std::uint32_t days, std::uint32_t days_ago) { return {days, days_ago}; }

// An end to a step of spent() and basket(), itself not in it.
struct Below {
    std::int64_t fen;
};
inline Below below(std::int64_t fen) { return {fen}; }

namespace detail {

struct SetNode {
    std::uint32_t op = SIYU_MEMBERS, at_end = 0, trailing_days = 0;
    std::int64_t at_least = 1;
    std::vector<Filter> filters;
    std::shared_ptr<const SetNode> left, right;
    std::string name = {};
    std::int64_t below = 0;
    std::uint32_t within_days = 0, days_ago = 0;
    std::uint32_t minor = 0;  // the least version of the contract that has it
};

struct MeasureNode {
    std::uint32_t op = SIYU_CONSTANT, trailing_days = 0;
    Fraction constant;
    std::string name, column;
    std::vector<Filter> filters;
    std::vector<std::int64_t> arguments;
    std::shared_ptr<const SetNode> set;
    std::shared_ptr<const MeasureNode> left, right;
    std::uint32_t minor = 0;  // the least version of the contract that has it
};

template <class Node>
void narrow(Node& node, Filter filter) {
    if (filter.column.find('.') != std::string::npos) node.minor = 1;
    node.filters.push_back(std::move(filter));
}
template <class Node>
void narrow(Node& node, Trailing window) {
    node.trailing_days = window.days;
}
inline void narrow(SetNode& node, Earlier window) {
    node.trailing_days = window.days, node.days_ago = window.days_ago, node.minor = 1;
}
inline void narrow(SetNode& node, Below step) { node.below = step.fen; }

}  // namespace detail

// A set of customers; `&` both, `|` either, `-` the left without the right.
class Set {
  public:
    explicit Set(detail::SetNode node) : node_(std::make_shared<const detail::SetNode>(std::move(node))) {}
    const std::shared_ptr<const detail::SetNode>& node() const { return node_; }

    friend Set operator&(const Set& a, const Set& b) { return join(SIYU_BOTH, a, b); }
    friend Set operator|(const Set& a, const Set& b) { return join(SIYU_EITHER, a, b); }
    friend Set operator-(const Set& a, const Set& b) { return join(SIYU_WITHOUT, a, b); }

  private:
    static Set join(std::uint32_t op, const Set& a, const Set& b) {
        detail::SetNode node;
        node.op = op, node.left = a.node_, node.right = b.node_;
        return Set(std::move(node));
    }
    std::shared_ptr<const detail::SetNode> node_;
};

// Of the rows of a total, distinct() or refunds_booked() those whose customer is in the set (contract 1.1).
struct Of {
    Set set;
};
inline Of of(Set set) { return {std::move(set)}; }

namespace detail {

inline void narrow(MeasureNode& node, const Of& of) { node.set = of.set.node(), node.minor = 1; }

template <class... Narrower>
Set set_of(SetNode node, Narrower... narrower) {
    (narrow(node, std::move(narrower)), ...);
    return Set(std::move(node));
}
template <class... Narrower>
Set set_of(std::uint32_t op, std::uint32_t at_end, Narrower... narrower) {
    SetNode node;
    node.op = op, node.at_end = at_end;
    (narrow(node, std::move(narrower)), ...);
    if (op <= SIYU_GROUP_MEMBERS && !node.filters.empty()) node.minor = 1;
    return Set(std::move(node));
}
inline SetNode since_1_1(std::uint32_t op, std::int64_t at_least = 1) {
    SetNode node;
    node.op = op, node.at_least = at_least, node.minor = 1;
    return node;
}

}  // namespace detail

// Filters and trailing() may follow, in any order. Filters of members() on guide_id, of group_members() on group_id
// keep relationships (contract 1.1).
template <class... Narrower>
Set members(Moment moment, Narrower... narrower) {
    return detail::set_of(SIYU_MEMBERS, static_cast<std::uint32_t>(moment), std::move(narrower)...);
}
template <class... Narrower>
Set group_members(Moment moment, Narrower... narrower) {
    return detail::set_of(SIYU_GROUP_MEMBERS, static_cast<std::uint32_t>(moment), std::move(narrower)...);
}
template <class... Narrower>
Set joined(Narrower... narrower) {
    return detail::set_of(SIYU_JOINED, 0, std::move(narrower)...);
}
template <class... Narrower>
Set arrived(Narrower... narrower) {
    return detail::set_of(SIYU_ARRIVED, 0, std::move(narrower)...);
}
template <class... Narrower>
Set left(Narrower... narrower) {
    return detail::set_of(SIYU_LEFT, 0, std::move(narrower)...);
}
template <class... Narrower>
Set interacted(Narrower... narrower) {
    return detail::set_of(SIYU_INTERACTED, 0, std::move(narrower)...);
}
template <class... Narrower>
Set bought(Narrower... narrower) {
    return detail::set_of(SIYU_BOUGHT, 0, std::move(narrower)...);
}
// Of interacted() or bought(): the customers with so many rows there.
inline Set at_least(std::int64_t rows, const Set& set) {
    detail::SetNode node = *set.node();
    node.at_least = rows;
    return Set(std::move(node));
}

// Since contract 1.1: whose orders in the window come together to so many fen, and with below() to less than that.
template <class... Narrower>
Set spent(std::int64_t fen, Narrower... narrower) {
    return detail::set_of(detail::since_1_1(SIYU_SPENT, fen), std::move(narrower)...);
}
// Since contract 1.1: whose mean order in the window is of so many fen, and with below() of less than that.
template <class... Narrower>
Set basket(std::int64_t fen, Narrower... narrower) {
    return detail::set_of(detail::since_1_1(SIYU_BASKET, fen), std::move(narrower)...);
}
// Since contract 1.1: named by a row of the roster that holds on the window's last day.
template <class... Narrower>
Set listed(std::string roster, Narrower... narrower) {
    detail::SetNode node = detail::since_1_1(SIYU_LISTED);
    node.name = std::move(roster);
    return detail::set_of(std::move(node), std::move(narrower)...);
}
// Since contract 1.1: with a row of left and a later one of right at most so many days of 24 hours after it, both in
// the window; left and right are joined(), interacted() or bought(). A window may follow.
template <class... Window>
Set followed(const Set& left, const Set& right, std::uint32_t within_days, Window... window) {
    detail::SetNode node = detail::since_1_1(SIYU_FOLLOWED);
    node.left = left.node(), node.right = right.node(), node.within_days = within_days;
    return detail::set_of(std::move(node), window...);
}

// An exact number, money in fen; `+` and `-`.
class Measure {
  public:
    Measure(std::int64_t constant) : Measure(Fraction(constant)) {}  // NOLINT: a number is a measure
    Measure(Fraction constant) : Measure(node_of(constant)) {}       // NOLINT
    explicit Measure(detail::MeasureNode node) : node_(std::make_shared<const detail::MeasureNode>(std::move(node))) {}
    const std::shared_ptr<const detail::MeasureNode>& node() const { return node_; }

    friend Measure operator+(const Measure& a, const Measure& b) { return join(SIYU_PLUS, a, b); }
    friend Measure operator-(const Measure& a, const Measure& b) { return join(SIYU_MINUS, a, b); }

  private:
    static detail::MeasureNode node_of(Fraction constant) {
        detail::MeasureNode node;
        node.constant = constant;
        return node;
    }
    static Measure join(std::uint32_t op, const Measure& a, const Measure& b) {
        detail::MeasureNode node;
        node.op = op, node.left = a.node_, node.right = b.node_;
        return Measure(std::move(node));
    }
    std::shared_ptr<const detail::MeasureNode> node_;
};

namespace detail {

template <class... Narrower>
Measure measure_of(std::uint32_t op, std::string name, std::string column, std::vector<std::int64_t> arguments,
                   Narrower... narrower) {
    MeasureNode node;
    node.op = op, node.name = std::move(name), node.column = std::move(column), node.arguments = std::move(arguments);
    (narrow(node, std::move(narrower)), ...);
    if (op == SIYU_BEGUN) node.minor = 1;
    return Measure(std::move(node));
}
template <class... Narrower>
Measure quantity_since_1_1(std::string name, std::vector<std::int64_t> arguments, Narrower... narrower) {
    MeasureNode node;
    node.op = SIYU_QUANTITY, node.name = std::move(name), node.arguments = std::move(arguments), node.minor = 1;
    (narrow(node, std::move(narrower)), ...);
    return Measure(std::move(node));
}

}  // namespace detail

// How many customers the set has.
inline Measure count(const Set& set) {
    detail::MeasureNode node;
    node.op = SIYU_SIZE, node.set = set.node();
    return Measure(std::move(node));
}
// Sum of a column over the rows of a fact in the window; filters, trailing() and, since contract 1.1, of() may follow
// here and below. Of a roster, since contract 1.1, the rows that hold on the window's last day.
template <class... Narrower>
Measure total(std::string fact, std::string column, Narrower... narrower) {
    return detail::measure_of(SIYU_TOTAL, std::move(fact), std::move(column), {}, std::move(narrower)...);
}
// Number of rows.
template <class... Narrower>
Measure rows(std::string fact, Narrower... narrower) {
    return detail::measure_of(SIYU_TOTAL, std::move(fact), {}, {}, std::move(narrower)...);
}
// Number of different values of a column, the unknown one not counted.
template <class... Narrower>
Measure distinct(std::string fact, std::string column, Narrower... narrower) {
    return detail::measure_of(SIYU_DISTINCT, std::move(fact), std::move(column), {}, std::move(narrower)...);
}
// Since contract 1.1: number of rows of a roster whose first day falls in the window.
template <class... Narrower>
Measure begun(std::string roster, Narrower... narrower) {
    return detail::measure_of(SIYU_BEGUN, std::move(roster), {}, {}, std::move(narrower)...);
}
// What the host knows by name; the functions below name those of contract 1.0.
template <class... Narrower>
Measure quantity(std::string name, std::vector<std::int64_t> arguments = {}, Narrower... narrower) {
    return detail::measure_of(SIYU_QUANTITY, std::move(name), {}, std::move(arguments), std::move(narrower)...);
}
// Money given back, booked in the window; filters on channel, guide_id, path, category of the order.
template <class... Narrower>
Measure refunds_booked(Narrower... narrower) {
    return quantity("refunds_booked", {}, std::move(narrower)...);
}
// Tickets opened in the window and first answered within so many minutes and before its end.
template <class... Window>
Measure tickets_answered(std::int64_t minutes, Window... window) {
    return quantity("tickets_answered", {minutes}, window...);
}
// Tickets whose so many hours ran out in the window, and those of them that were not resolved by then.
template <class... Window>
Measure tickets_due(std::int64_t hours, Window... window) {
    return quantity("tickets_due", {hours}, window...);
}
template <class... Window>
Measure tickets_overdue(std::int64_t hours, Window... window) {
    return quantity("tickets_overdue", {hours}, window...);
}
// Answers with a score at or above the contract's bar.
template <class... Window>
Measure surveys_satisfied(Window... window) {
    return quantity("surveys_satisfied", {}, window...);
}
// Sum of chats x reply_percentage over guide_days.
template <class... Window>
Measure chats_replied(Window... window) {
    return quantity("chats_replied", {}, window...);
}
// Days x guides with an allocation covering the day, and those with at least so many actions of the three kinds.
template <class... Window>
Measure guide_days_allocated(Window... window) {
    return quantity("guide_days_allocated", {}, window...);
}
template <class... Window>
Measure guide_days_reaching(std::int64_t moments, std::int64_t private_chats, std::int64_t group_messages,
                            Window... window) {
    return quantity("guide_days_reaching", {moments, private_chats, group_messages}, window...);
}
// Sum of the shares allocated, mean over the days of the window.
template <class... Window>
Measure full_time_guides(Window... window) {
    return quantity("full_time_guides", {}, window...);
}
// Cost of the allocated guides and the contract's monthly fee, both by days.
template <class... Window>
Measure guide_cost(Window... window) {
    return quantity("guide_cost", {}, window...);
}
template <class... Window>
Measure service_fee(Window... window) {
    return quantity("service_fee", {}, window...);
}

// ---- since contract 1.1 ----

// Orders paid in the window by customers whose channel of origin, known up to its end, is the order's, and is another.
template <class... Narrower>
Measure sales_at_origin(Narrower... narrower) {
    return detail::quantity_since_1_1("sales_at_origin", {}, std::move(narrower)...);
}
template <class... Narrower>
Measure sales_elsewhere(Narrower... narrower) {
    return detail::quantity_since_1_1("sales_elsewhere", {}, std::move(narrower)...);
}
// Sum of chats x avg_reply_minutes over the guide_days that have both.
template <class... Window>
Measure reply_minutes(Window... window) {
    return detail::quantity_since_1_1("reply_minutes", {}, window...);
}
// Memberships whose last day and so many days of grace fall in the window, and those of them that were renewed by then.
template <class... Window>
Measure memberships_due(std::int64_t grace_days, Window... window) {
    return detail::quantity_since_1_1("memberships_due", {grace_days}, window...);
}
template <class... Window>
Measure memberships_renewed(std::int64_t grace_days, Window... window) {
    return detail::quantity_since_1_1("memberships_renewed", {grace_days}, window...);
}
// Days x guides of stores, and those with at least so many actions of the three kinds.
template <class... Window>
Measure store_guide_days(Window... window) {
    return detail::quantity_since_1_1("store_guide_days", {}, window...);
}
template <class... Window>
Measure store_guide_days_reaching(std::int64_t moments, std::int64_t private_chats, std::int64_t group_messages,
                                  Window... window) {
    return detail::quantity_since_1_1("store_guide_days_reaching", {moments, private_chats, group_messages}, window...);
}

}  // namespace contract_v1
}  // namespace siyu
