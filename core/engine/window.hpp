// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/day.hpp"

namespace siyu {

// A run of days to compute over; for a report on a period its first and last day.
struct Window {
    Day first, last;
    auto operator<=>(const Window&) const = default;

    // The `days` days that end `days_ago` before the last one; 0 days: the window itself.
    Window trailing(int days, int days_ago = 0) const {
        return days > 0 ? Window{last - days_ago - (days - 1), last - days_ago} : *this;
    }
};

}  // namespace siyu
