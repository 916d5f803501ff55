// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "core/blueprint/blueprint.hpp"
#include "core/contract/siyu/abi.h"
#include "core/facts/fact.hpp"
#include "core/host/problems.hpp"

namespace siyu {

// Puts a plugin's expressions into the arenas of a blueprint: checked against the facts, equal ones once. A faulty
// expression is noted and gets its place all the same, so that what is built on it does not look faulty too.
class Expressions {
  public:
    Expressions(Blueprint& blueprint, Problems& problems) : blueprint_(blueprint), problems_(problems) {}

    // The handle; 0 only where there is no room.
    siyu_set add(const siyu_set_expression* expression);
    siyu_measure add(const siyu_measure_expression* expression);

    // `none` for 0. A handle that was never given out is noted with where it was met, and `none` too.
    SetId set(siyu_set handle, std::string_view where);
    MeasureId measure(siyu_measure handle, std::string_view where);
    // The same for what a declaration is made of: the faults of the expression are told to stand there.
    MeasureId used(siyu_measure handle, const std::string& where);
    static MeasureId measure_of(siyu_measure handle, std::size_t given_out);

    // Nothing, and noted, where den is not above 0.
    std::optional<Fraction> fraction(siyu_fraction handed, std::string_view where);

  private:
    SetNode node(const siyu_set_expression& handed);
    MeasureNode node(const siyu_measure_expression& handed);
    void check_joined(const siyu_set_expression& handed, SetNode& node);
    void check_steps(const siyu_set_expression& handed, const SetNode& node);
    void check_followed(const SetNode& node);
    // Of a total, the number of values, or of what began: the fact and its column.
    const FactKind* check_rows(MeasureNode& node);
    void check_quantity(const MeasureNode& node);
    void check_narrowing(const siyu_measure_expression& handed, MeasureNode& node, const FactKind* kind);
    // Whose columns the filters are of; null where there are none to filter by.
    std::vector<Filter> filters(const siyu_filter* handed, std::uint32_t count, const FactKind* kind,
                                const std::string& what);
    void check_value(const FactKind& kind, const Column& column, const Filter& filter);
    // 0 where it is more than `most`, or there although it means nothing.
    int days(std::uint32_t handed);
    void check_unused(bool used, std::int64_t value, std::string_view what);
    std::string text(siyu_text handed, std::string_view what);

    // Which problems a node has, itself or in what it is built on.
    using Faults = std::map<int, std::set<std::size_t>>;
    static const std::set<std::size_t>& of(const Faults& faults, int node);

    Blueprint& blueprint_;
    Problems& problems_;
    Faults set_faults_, measure_faults_;
};

}  // namespace siyu
