// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../evaluation.hpp"

// Expressions as their author writes them: count(bought(where("channel", "天猫"), trailing(30))).
namespace siyu {
inline namespace contract_v1 {
namespace testing {
namespace detail {

using contract_v1::detail::string;

inline std::string quoted(const std::string& words) { return '"' + words + '"'; }

// Collects arguments: f(a, b).
class Call {
  public:
    explicit Call(std::string name) : text_(std::move(name)) {}
    Call& add(const std::string& argument) {
        text_ += (empty_ ? "(" : ", ") + argument;
        empty_ = false;
        return *this;
    }
    Call& add(const siyu_filter* filters, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string column = quoted(string(filters[i].column));
            if (filters[i].test == SIYU_EQUALS)
                add("where(" + column + ", " + quoted(string(filters[i].value)) + ")");
            else
                add((filters[i].test == SIYU_PRESENT ? "with(" : "lacking(") + column + ")");
        }
        return *this;
    }
    Call& window(std::uint32_t days, std::uint32_t days_ago) {
        if (days == 0) return *this;
        std::string text = "trailing(" + std::to_string(days) + ")";
        if (days_ago > 0) text += ".ago(" + std::to_string(days_ago) + ")";
        return add(text);
    }
    std::string text() const { return text_ + (empty_ ? "()" : ")"); }

  private:
    std::string text_;
    bool empty_ = true;
};

inline std::string number_text(const siyu_fraction& number) {
    return std::to_string(number.num) + (number.den == 1 ? "" : "/" + std::to_string(number.den));
}

// `left` and `right` are the texts of the sets that it joins. "" for an op that there is not.
inline std::string text_of(const siyu_set_expression& set, const std::string& left, const std::string& right) {
    constexpr const char* names[] = {"members",    "group_members", "joined", "arrived", "left",
                                     "interacted", "bought",        "",       "",        "",
                                     "spent",      "basket",        "listed", "followed"};
    constexpr const char* signs[] = {" & ", " | ", " - "};
    if (set.op > SIYU_FOLLOWED) return {};
    if (set.op >= SIYU_BOTH && set.op <= SIYU_WITHOUT) return "(" + left + signs[set.op - SIYU_BOTH] + right + ")";
    Call call(names[set.op]);
    if (set.op == SIYU_FOLLOWED) call.add(left).add(right).add(std::to_string(set.within_days));
    if (set.op <= SIYU_GROUP_MEMBERS) call.add(set.at_end ? "at_end" : "at_start");
    const bool stepped = set.op == SIYU_SPENT || set.op == SIYU_BASKET;
    if (stepped) call.add(std::to_string(set.at_least));
    if (stepped && set.below != 0) call.add("below(" + std::to_string(set.below) + ")");
    if (set.op == SIYU_LISTED) call.add(quoted(string(set.name)));
    const std::string text = call.add(set.filters, set.filter_count).window(set.trailing_days, set.days_ago).text();
    return stepped || set.at_least <= 1 ? text : "at_least(" + std::to_string(set.at_least) + ", " + text + ")";
}

// `set`, `left` and `right` are the texts of what it is made of. "" for an op that there is not.
inline std::string text_of(const siyu_measure_expression& measure, const std::string& set, const std::string& left,
                           const std::string& right) {
    const std::string name = quoted(string(measure.name));
    switch (measure.op) {
        case SIYU_CONSTANT: return number_text(measure.constant);
        case SIYU_SIZE: return !set.empty() && set.front() == '(' ? "count" + set : Call("count").add(set).text();
        case SIYU_PLUS: return "(" + left + " + " + right + ")";
        case SIYU_MINUS: return "(" + left + " - " + right + ")";
        case SIYU_TOTAL:
        case SIYU_DISTINCT:
        case SIYU_BEGUN:
        case SIYU_QUANTITY: break;
        default: return {};
    }
    const bool rows = measure.op == SIYU_TOTAL && measure.column.length == 0;
    Call call(measure.op == SIYU_DISTINCT   ? "distinct"
              : measure.op == SIYU_BEGUN    ? "begun"
              : measure.op == SIYU_QUANTITY ? "quantity"
              : rows                        ? "rows"
                                            : "total");
    call.add(name);
    if (measure.column.length > 0) call.add(quoted(string(measure.column)));
    if (measure.argument_count > 0) {
        std::string numbers;
        for (std::uint32_t i = 0; i < measure.argument_count; ++i)
            numbers += (i == 0 ? "" : ", ") + std::to_string(measure.arguments[i]);
        call.add("{" + numbers + "}");
    }
    call.add(measure.filters, measure.filter_count).window(measure.trailing_days, 0);
    if (!set.empty()) call.add("of(" + set + ")");
    return call.text();
}

}  // namespace detail
}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
