// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/base/period.hpp"
#include "core/blueprint/blueprint.hpp"
#include "reports/change.hpp"

namespace siyu {

// Figures, changes and dates as a reader of one language writes them. Rounded once, here, half away from zero.
class Wording {
  public:
    // The catalogue must outlive it.
    explicit Wording(const Catalogue& catalogue) : catalogue_(catalogue) {}

    // `1,234.50`; the minus is U+2212.
    std::string number(const Fraction& number, int places) const;
    // A ratio as `12.3%`.
    std::string percent(const Fraction& ratio, int places) const;
    // In tables: percent, money (from fen) and multiples with two places.
    std::string figure(const Value& value, Unit unit) const;
    // On tiles and in sentences: percent with one place, money in whole yuan or 万 and 亿.
    std::string brief(const Value& value, Unit unit) const;
    // A part of a forecast's gap: of ratios in percentage points.
    std::string gap(const Value& value, Unit unit) const;
    std::string brief_gap(const Value& value, Unit unit) const;
    std::string gap(Gap gap) const;
    // `▲ +12.3%`; `–` where there is none.
    std::string change(const Change& change) const;
    // The same with the verdict in a word: `▲ +12.3% 向好`.
    std::string judged(const Change& change, Better better) const;

    // `11月3日`, `3 Nov`.
    std::string day(Day day) const;
    // `2026年10月26日（周一）至11月1日（周日）`
    std::string period(const Period& period) const;
    // `11月9日-15日`, `9-15 Nov`
    std::string brief(const Period& period) const;
    std::string month(Day day) const;
    // Names as an enumeration: `天猫、京东`.
    std::string list(const std::vector<std::string>& names) const;

  private:
    std::string money(const Fraction& fen, bool brief) const;
    std::string with(const char* id, std::string number) const;
    std::string full_day(Day day, bool year) const;

    const Catalogue& catalogue_;
};

}  // namespace siyu
