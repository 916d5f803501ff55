// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/fraction.hpp"

namespace siyu {

// What happens at the deadline when required facts are missing (facts.md, Ready or not).
enum class AtDeadline { hold, send_marked };

// A bonus above the excess line of one KPI, on a closed month: `gmv 2%` (kpis.md, Bonus).
struct BonusRule {
    std::string kpi;
    Fraction share;
};

struct SurveyScale {
    Fraction lowest{1}, highest{5};
};

// The contract terms of one brand: for each key its values, each from a day on. The tenant's first terms also hold
// before their first day (kpis.md).
class Agreement {
  public:
    // Throws Error (wrong use) for an unknown key or a value that the key does not take.
    static void check(std::string_view key, std::string_view value);
    static const std::vector<std::string>& keys();

    void set(const std::string& key, Day since, std::string value) { values_[key][since] = std::move(value); }
    const std::map<std::string, std::map<Day, std::string>>& values() const { return values_; }

    // The value of the key that holds on the day; none: the default.
    const std::string* at(std::string_view key, Day day) const;
    Fraction floor(Day day) const;                               // 0.8
    std::int64_t monthly_fee(Day day) const;                     // fen; 0
    std::optional<Fraction> members_per_guide(Day day) const;    // else the plugin's
    std::optional<Fraction> guides_per_operator(Day day) const;  // else the plugin's
    Fraction satisfaction_bar(Day day) const;                    // 4
    SurveyScale survey_scale(Day day) const;                     // 1-5
    std::vector<std::string> required(Day day) const;            // facts by canonical name; none
    AtDeadline at_deadline(Day day) const;                       // hold
    std::optional<BonusRule> bonus(Day day) const;
    Fraction contacts_tolerance(Day day) const;              // 0.1: joins against guide_days.new_contacts
    Fraction sales_tolerance(Day day) const;                 // 0.1: orders above brand_sales
    std::optional<Fraction> hold_difference(Day day) const;  // from which on a report is held; never
    Fraction max_bad_share(Day day) const;                   // 0.05
    std::int64_t max_bad_rows(Day day) const;                // 10

  private:
    std::map<std::string, std::map<Day, std::string>> values_;
};

}  // namespace siyu
