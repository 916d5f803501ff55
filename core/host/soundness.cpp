// SPDX-License-Identifier: Apache-2.0
#include "core/host/soundness.hpp"

#include "core/host/expressions.hpp"
#include "core/host/wire.hpp"

namespace siyu {

namespace {

std::vector<siyu_filter> handed(const std::vector<Filter>& filters) {
    std::vector<siyu_filter> all;
    all.reserve(filters.size());
    for (const Filter& filter : filters)
        all.push_back({lent(filter.column), lent(filter.value), static_cast<std::uint32_t>(filter.test), 0});
    return all;
}

// Of a node that stands before.
template <class Handle>
Handle before(const std::vector<Handle>& handles, int place) {
    return place == none ? 0 : handles.at(static_cast<std::size_t>(place));
}

}  // namespace

bool is_sound(const Blueprint& blueprint) {
    Blueprint again;
    Problems problems;
    Expressions expressions(again, problems);
    std::vector<siyu_set> sets;
    for (const SetNode& node : blueprint.sets) {
        const auto filters = handed(node.filters);
        siyu_set_expression said{};
        said.size = sizeof said;
        said.op = static_cast<std::uint32_t>(node.op);
        said.at_end = node.at_end;
        said.trailing_days = static_cast<std::uint32_t>(node.trailing_days);
        said.at_least = node.at_least;
        said.filters = filters.data();
        said.filter_count = static_cast<std::uint32_t>(filters.size());
        said.left = before(sets, node.left);
        said.right = before(sets, node.right);
        said.name = lent(node.name);
        said.below = node.below;
        said.within_days = static_cast<std::uint32_t>(node.within_days);
        said.days_ago = static_cast<std::uint32_t>(node.days_ago);
        sets.push_back(expressions.add(&said));
    }
    std::vector<siyu_measure> measures;
    for (const MeasureNode& node : blueprint.measures) {
        const auto filters = handed(node.filters);
        const auto constant = lent(node.constant);
        if (!constant) return false;
        siyu_measure_expression said{};
        said.size = sizeof said;
        said.op = static_cast<std::uint32_t>(node.op);
        said.constant = *constant;
        said.name = lent(node.name);
        said.column = lent(node.column);
        said.filters = filters.data();
        said.arguments = node.arguments.data();
        said.filter_count = static_cast<std::uint32_t>(filters.size());
        said.argument_count = static_cast<std::uint32_t>(node.arguments.size());
        said.trailing_days = static_cast<std::uint32_t>(node.trailing_days);
        said.set = before(sets, node.set);
        said.left = before(measures, node.left);
        said.right = before(measures, node.right);
        measures.push_back(expressions.add(&said));
    }
    return problems.empty() && again.sets == blueprint.sets && again.measures == blueprint.measures;
}

}  // namespace siyu
