// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "core/engine/staff.hpp"
#include "core/ledger/ledger.hpp"
#include "core/store/batches.hpp"
#include "tenants/agreement.hpp"

namespace siyu {

// A run of days to compute over; for a report on a period its first and last day.
struct Window {
    Day first, last;
    auto operator<=>(const Window&) const = default;
};

// Computes a blueprint's expressions over any window, each once. `terms_of` is the day whose contract terms hold.
class Evaluator {
  public:
    Evaluator(const Blueprint& blueprint, Ledger& ledger, const Staff& staff, const Agreement& agreement, Day terms_of,
              Batches& batches);

    // The KPI's value over the window: exact, or the reason why there is none.
    Value kpi(const Kpi& kpi, const Window& window);
    Value measure(MeasureId id, const Window& window);
    Customers set(SetId id, const Window& window);

    Ledger& ledger() { return ledger_; }
    // The required facts that no import covers on the day.
    std::vector<Fact> not_covered(Day day);

  private:
    Value compute_measure(const MeasureNode& node, const Window& window);
    Value quantity(const MeasureNode& node, const Window& window);
    Fraction tickets(const MeasureNode& node, const Window& window);
    Fraction surveys_satisfied(const Window& window);
    Fraction chats_replied(const Window& window);
    Fraction guide_days_reaching(const MeasureNode& node, const Window& window);
    bool ready(const Kpi& kpi, const Window& window);
    int longest_window(MeasureId id) const;
    int longest_window_of_set(SetId id) const;

    const Blueprint& blueprint_;
    Ledger& ledger_;
    const Staff& staff_;
    const Agreement& agreement_;
    Day terms_of_;
    std::vector<Fact> required_;
    std::map<Fact, std::vector<DaySpan>> coverage_;
    std::optional<Day> first_event_;
    std::map<std::pair<MeasureId, Window>, Value> measures_;
    std::map<std::pair<SetId, Window>, Customers> sets_;
};

}  // namespace siyu
