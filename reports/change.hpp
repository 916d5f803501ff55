// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/value.hpp"
#include "core/blueprint/blueprint.hpp"

namespace siyu {

// How a figure moved against the period before (kpis.md): n -> 0 is -100 %, 0 -> n is new, 0 -> 0 and a gap are none.
struct Change {
    enum class Kind { nothing, fresh, moved };

    Kind kind = Kind::nothing;
    bool points = false;  // moved: a difference of two ratios, not a part of the figure before
    Fraction amount;      // moved: 0.123 is 12.3 % or 12.3 percentage points
    Fraction part;        // moved: of the figure before, whatever the unit; what changes are ranked by

    // 1 up, -1 down, 0 unchanged or none.
    int direction() const { return amount.sign(); }
    // 1 to the better, -1 to the worse, 0 neither.
    int verdict(Better better) const;
};

Change change_of(const Value& value, const Value& before, Unit unit);

}  // namespace siyu
