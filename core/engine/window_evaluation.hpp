// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/evaluator.hpp"

namespace siyu {

// What a plugin's callback sees: its measures and the rosters, up to the end of a period.
class WindowEvaluation final : public Evaluation {
  public:
    WindowEvaluation(Evaluator& evaluator, const Period& period) : evaluator_(evaluator), period_(period) {}

    const Period& period() const override { return period_; }
    Value measure(MeasureId id) override { return measure(id, period_.first, period_.last); }
    // These two throw Error (refused) for days that are no run, or that come after the period.
    Value measure(MeasureId id, Day first, Day last) override;
    Parts split(MeasureId id, const std::string& column, Day first, Day last) override;
    Table roster(const std::string& name, const std::vector<std::string>& columns, Day day) override;

  private:
    Window checked(Day first, Day last) const;

    Evaluator& evaluator_;
    Period period_;
};

// The window as a period: a month to date is as much of a month as there is.
Period period_of(const Window& window);

}  // namespace siyu
