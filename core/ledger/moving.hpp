// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "core/base/day.hpp"

namespace siyu {

// Something gathered of the days of a window that moves on.
template <class Held>
class Moving {
  public:
    // Brings it to first..last by the days that come and go; `change(held, from, to, away)`.
    template <class Change>
    const Held& move(Day first, Day last, bool afresh, Change change) {
        // A window far off shares nothing, and one that shares little is quicker made anew.
        const int shared = std::min(last_, last) - std::max(first_, first) + 1;
        if ((afresh && !(first_ == first && last_ == last)) || 2 * shared < last - first + 1) {
            held_ = {};
            first_ = first;
            last_ = first - 1;
        }
        const auto days = [&](Day from, Day to, bool away) {
            if (from <= to) change(held_, from, to, away);
        };
        days(first_, first - 1, true);
        days(last + 1, last_, true);
        days(first, first_ - 1, false);
        days(std::max(first, last_ + 1), last, false);
        first_ = first;
        last_ = last;
        return held_;
    }

    // What it holds, if that is of just these days.
    const Held* of(Day first, Day last) const { return first_ == first && last_ == last ? &held_ : nullptr; }

  private:
    Day first_{1}, last_{0};  // none
    Held held_;
};

}  // namespace siyu
