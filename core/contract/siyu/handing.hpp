// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "evaluation.hpp"
#include "expression.hpp"

// Hands expressions over to the host, which gives out handles for them.
namespace siyu {
inline namespace contract_v1 {
namespace detail {

inline std::vector<siyu_filter> filters(const std::vector<Filter>& filters) {
    std::vector<siyu_filter> out;
    out.reserve(filters.size());
    for (const Filter& filter : filters) out.push_back({text(filter.column), text(filter.value), filter.test, 0});
    return out;
}

// Throws Failure where the host is too old for the expression.
inline siyu_set handle(const siyu_host* host, siyu_context* context, const std::shared_ptr<const SetNode>& node) {
    if (!node) return 0;
    need(host, node->minor);
    const std::vector<siyu_filter> tests = filters(node->filters);
    siyu_set_expression out{};
    out.size = sizeof out;
    out.op = node->op, out.at_end = node->at_end;
    out.trailing_days = node->trailing_days, out.at_least = node->at_least;
    out.filters = tests.data(), out.filter_count = static_cast<std::uint32_t>(tests.size());
    out.left = handle(host, context, node->left), out.right = handle(host, context, node->right);
    out.name = text(node->name), out.below = node->below;
    out.within_days = node->within_days, out.days_ago = node->days_ago;
    return host->set(context, &out);
}

inline siyu_measure handle(const siyu_host* host, siyu_context* context,
                           const std::shared_ptr<const MeasureNode>& node) {
    if (!node) return 0;
    need(host, node->minor);
    const std::vector<siyu_filter> tests = filters(node->filters);
    siyu_measure_expression out{};
    out.size = sizeof out;
    out.op = node->op, out.trailing_days = node->trailing_days;
    out.constant = fraction(node->constant);
    out.name = text(node->name), out.column = text(node->column);
    out.filters = tests.data(), out.filter_count = static_cast<std::uint32_t>(tests.size());
    out.arguments = node->arguments.data(), out.argument_count = static_cast<std::uint32_t>(node->arguments.size());
    out.set = handle(host, context, node->set);
    out.left = handle(host, context, node->left), out.right = handle(host, context, node->right);
    return host->measure(context, &out);
}

}  // namespace detail
}  // namespace contract_v1
}  // namespace siyu
