// SPDX-License-Identifier: Apache-2.0
#include "core/intake/booked_money.hpp"

#include <algorithm>
#include <map>

#include "core/intake/header_names.hpp"
#include "core/intake/rule_text.hpp"

namespace siyu {

namespace {

using Weights = std::map<std::string, int>;  // of columns

void add(Weights& weights, const Sum& sum, int sign) {
    for (const auto& term : sum.terms) weights[std::string(unmarked(term.column))] += term.minus ? -sign : sign;
    std::erase_if(weights, [](const auto& one) { return one.second == 0; });
}

Weights turned(Weights weights) {
    for (auto& [column, weight] : weights) weight = -weight;
    return weights;
}

const Rule* rule_for(std::span<const Rule> rules, Fact fact) {
    const auto found = std::ranges::find(rules, fact, &Rule::fact);
    return found == rules.end() ? nullptr : &*found;
}

Sum source(const Rule& rule, std::string_view column) {
    for (const auto& origin : rule.origins)
        if (origin.column == kind_of(rule.fact).column(column)) return origin.sum;
    return {};
}

// gross − refund − net is nothing: as they stand, or by a check that every row passes.
bool adds_up(const BookedMoney& booking, const Rule& rule) {
    Weights rest;
    add(rest, booking.gross, 1);
    add(rest, booking.refund, -1);
    add(rest, booking.net, -1);
    return rest.empty() || std::ranges::any_of(rule.checks, [&](const Rule::Check& one) {
               Weights difference;
               add(difference, one.left, 1);
               add(difference, one.right, -1);
               return !one.at_most && (difference == rest || difference == turned(rest));
           });
}

}  // namespace

BookedMoney BookedMoney::parse(const ProfileText& text, std::span<const Rule> rules) {
    const auto& node = *text.table().get("booking");
    if (!node.is_table()) text.complain(node, "intake.profile.not_table", "booking");
    const toml::table& table = *node.as_table();
    text.known(table, {"gross", "gross_at", "refund", "refund_at", "net"});
    BookedMoney made;
    const auto sum = [&](const char* key) {
        const auto* one = table.get(key);
        return one ? parse_sum(text, *one) : Sum{};
    };
    made.gross = sum("gross");
    made.refund = sum("refund");
    made.net = sum("net");
    if (!made.gross.terms.empty()) made.gross_at = text.word(table, "gross_at");
    if (!made.refund.terms.empty()) made.refund_at = text.word(table, "refund_at");

    const Rule* const orders = rule_for(rules, Fact::orders);
    const Rule* const refunds = rule_for(rules, Fact::refunds);
    const auto same = [&](const char* key, const Sum& said, const Sum& ruled) {
        if (said.text() != ruled.text())
            text.complain(table, "intake.profile.booking",
                          std::string(key) + " = " + said.text() + " / " + ruled.text());
    };
    const auto column = [](const std::string& name) { return name.empty() ? Sum{} : Sum{{{false, name}}}; };
    same("gross", made.gross, orders ? source(*orders, "amount") : Sum{});
    same("gross_at", column(made.gross_at), orders ? source(*orders, "paid_at") : Sum{});
    Sum refund, at;
    if (refunds) {
        refund = source(*refunds, "amount");
        at = source(*refunds, "at");
    } else if (orders) {
        refund = source(*orders, "refunded");
        at = source(*orders, "refunded_at");
        if (!refund.terms.empty() && at.terms.empty()) at = source(*orders, "paid_at");
    }
    same("refund", made.refund, refund);
    same("refund_at", column(made.refund_at), at);
    if (!made.net.terms.empty() && !(orders && adds_up(made, *orders)))
        text.complain(table, "intake.profile.booking_net", made.net.text());
    return made;
}

std::vector<Note> BookedMoney::notes() const {
    std::vector<Note> all;
    if (!gross.terms.empty())
        all.push_back({"intake.booking.gross", {{"column", gross.text()}, {"at", shown(gross_at)}}});
    if (!refund.terms.empty())
        all.push_back({"intake.booking.refund", {{"column", refund.text()}, {"at", shown(refund_at)}}});
    else
        all.push_back({"intake.booking.no_refund", {}});
    if (!net.terms.empty()) all.push_back({"intake.booking.net", {{"column", net.text()}}});
    return all;
}

}  // namespace siyu
