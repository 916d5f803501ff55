// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "core/engine/quantity.hpp"
#include "core/engine/staff.hpp"
#include "core/engine/window.hpp"
#include "core/engine/workforce.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/moving.hpp"
#include "core/store/batches.hpp"
#include "tenants/agreement.hpp"

namespace siyu {

// Computes a blueprint's expressions over any window, each once. `terms_of` is the day whose contract terms hold.
class Evaluator {
  public:
    Evaluator(const Blueprint& blueprint, Ledger& ledger, const Staff& staff, const Agreement& agreement, Day terms_of,
              Batches& batches);

    // The KPI's value over the window: exact, or the reason why there is none.
    Value kpi(const Kpi& kpi, const Window& window);
    Value measure(MeasureId id, const Window& window);
    std::shared_ptr<const Customers> set(SetId id, const Window& window);
    // Whether all that the measure is made of is there (facts.md, Ready or not).
    bool ready(MeasureId id, const Window& window);

    const Blueprint& blueprint() const { return blueprint_; }
    Ledger& ledger() { return ledger_; }
    Workforce& workforce() { return workforce_; }
    RowQuantities& row_quantities() { return row_quantities_; }
    // The required facts that no import covers on the day.
    std::vector<Fact> not_covered(Day day);

  private:
    Customers compute_set(const SetNode& node, const Window& window);
    std::vector<std::shared_ptr<const Customers>> pieces(SetId id, const Window& window);
    std::int64_t size(SetId id, const Window& window);
    Value compute_measure(const MeasureNode& node, const Window& window);
    Value quantity(const MeasureNode& node, const Window& days);
    Value of_day(const std::string& quantity, Day day);
    Customers followed(const SetNode& node, const Window& days);
    Customers related(const SetNode& node, const Window& days);
    std::int64_t begun(const MeasureNode& node, const Window& days, const Customers* among);
    Fraction guide_days_reaching(const MeasureNode& node, const Window& days);
    bool ready(const Kpi& kpi, const Window& window);
    bool covered(const std::vector<std::string>* facts, int longest, const Window& window);
    int longest_window(MeasureId id) const;
    int longest_window_of_set(SetId id) const;

    const Blueprint& blueprint_;
    Ledger& ledger_;
    Workforce workforce_;
    const Agreement& agreement_;
    std::pair<const std::string*, std::int64_t> fee_{nullptr, 0};  // the last term asked for, and what it says
    RowQuantities row_quantities_;
    std::vector<Fact> required_;
    std::map<Fact, std::vector<DaySpan>> coverage_;
    std::optional<Day> first_event_;
    // What is counted day by day: the sum of a window, and how many of its days have no value.
    struct Days {
        Fraction sum;
        int missing = 0;
    };
    std::map<std::string, Moving<Days>> daily_;  // by quantity
    std::map<std::pair<MeasureId, Window>, Value> measures_;
    std::map<std::pair<SetId, Window>, std::shared_ptr<const Customers>> sets_;
};

// Throw Error (refused) for a fact that there is not, and for the agency's allocations.
Fact fact_of(const std::string& name);
// The fact whose rows make the set: joins, leaves, interactions, orders or a roster.
Fact fact_of(const SetNode& node);
// Within which a row has to follow, in microseconds.
std::int64_t within(const SetNode& node);

}  // namespace siyu
