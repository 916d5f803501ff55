// SPDX-License-Identifier: Apache-2.0
#include "reports/change.hpp"

namespace siyu {

int Change::verdict(Better better) const {
    if (better == Better::neither) return 0;
    return better == Better::higher ? direction() : -direction();
}

Change change_of(const Value& value, const Value& before, Unit unit) {
    if (!value || !before) return {};
    const Fraction difference = *value - *before;
    if (before->is_zero()) {
        if (difference.is_zero()) return {};
        return {Change::Kind::fresh, false, difference, difference};
    }
    const Fraction part = difference / (before->sign() < 0 ? -*before : *before);
    if (unit == Unit::ratio && !value->is_zero()) return {Change::Kind::moved, true, difference, part};
    return {Change::Kind::moved, false, part, part};
}

}  // namespace siyu
