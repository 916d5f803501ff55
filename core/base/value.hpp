// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "core/base/fraction.hpp"

namespace siyu {

// Why there is no figure. None of these is 0 (traps.md 14).
enum class Gap {
    no_value,        // an empty denominator, or nothing to divide
    not_ready,       // data that the report requires is still missing
    not_applicable,  // this brand has no such thing
};

// A figure or the reason why there is none.
class Value {
  public:
    Value(Gap gap = Gap::no_value) : gap_(gap), known_(false) {}          // NOLINT: a gap is a value
    Value(Fraction figure) : figure_(std::move(figure)), known_(true) {}  // NOLINT: so is a figure
    Value(std::int64_t whole) : Value(Fraction(whole)) {}                 // NOLINT

    explicit operator bool() const { return known_; }
    const Fraction& operator*() const { return figure_; }
    const Fraction* operator->() const { return &figure_; }
    Gap gap() const { return gap_; }
    bool not_ready() const { return !known_ && gap_ == Gap::not_ready; }
    bool operator==(const Value& other) const {
        return known_ == other.known_ && (known_ ? figure_ == other.figure_ : gap_ == other.gap_);
    }

  private:
    Fraction figure_;
    Gap gap_ = Gap::no_value;
    bool known_;
};

// a / b; no value where b is zero; where either is missing, the result is missing for the same reason.
inline Value ratio(const Value& above, const Value& below) {
    if (!above) return above;
    if (!below) return below;
    if (below->is_zero()) return Gap::no_value;
    return *above / *below;
}

}  // namespace siyu
