// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/period.hpp"
#include "core/store/database.hpp"

// What a figure means must not change behind the brand's back: which formulas its reports are made with is kept.
namespace siyu {

// The formulas of a brand's reports from a day on.
struct Formulas {
    Day since;
    std::map<std::string, std::string> plugins;   // versions by plugin: the brand's and those that it extends
    std::map<std::string, std::string> settings;  // of the brand for them
    std::map<std::string, std::string> kpis;      // formulas by KPI

    bool same_ground(const Formulas& other) const { return plugins == other.plugins && settings == other.settings; }
};

// What a report on a period has to do about formulas, `now` being those that it is made with.
struct FormulaCheck {
    // KPIs whose formula is another one although no version and no setting is: such a report is not made.
    std::vector<std::string> changed_silently;
    // The formulas before, of the KPIs whose change this report announces (口径变更).
    std::map<std::string, std::string> announced;
    // To be kept once the report is made.
    bool keep = false;
};

// `history` is in the order of days. A change is announced in every report whose period holds the day of the change,
// and in a report on days before it that is made again with the new formulas.
FormulaCheck check_formulas(const std::vector<Formulas>& history, const Period& period, const Formulas& now);

// The history of one brand in the store.
class FormulaHistory {
  public:
    FormulaHistory(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}
    std::vector<Formulas> all();
    // Replaces those of the same day.
    void keep(const Formulas& formulas);

  private:
    Database& database_;
    std::int64_t tenant_;
};

}  // namespace siyu
