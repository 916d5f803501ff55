// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/blueprint/blueprint.hpp"
#include "core/contract/siyu/abi.h"
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
    static MeasureId measure_of(siyu_measure handle, std::size_t given_out);

    // Nothing, and noted, where den is not above 0.
    std::optional<Fraction> fraction(siyu_fraction handed, std::string_view where);

  private:
    void check_fact(std::string& name, std::string& column, bool distinct);
    void check_quantity(const MeasureNode& node);
    std::vector<Filter> filters(const siyu_filter* handed, std::uint32_t count, std::string_view fact);
    int days(std::uint32_t handed);
    std::string text(siyu_text handed, std::string_view what);

    Blueprint& blueprint_;
    Problems& problems_;
};

}  // namespace siyu
