// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "core/engine/evaluator.hpp"
#include "core/engine/scorecard.hpp"

namespace siyu {

// One row of the forecast table; amounts in the KPI's unit (money in fen).
struct ForecastRow {
    Fraction forecast;
    std::optional<Fraction> normal, good, excess;
};

// The forecast table of one month, and how the brand stands against it up to a day (kpis.md, Forecast table).
class ForecastTable {
  public:
    ForecastTable(Evaluator& evaluator, const Blueprint& blueprint, const Agreement& agreement, Day last);

    const Value& delivery_factor() const { return delivery_factor_; }
    // Nothing where neither the table nor the plugin says anything about the KPI.
    std::optional<Standing> standing(const Kpi& kpi);
    // Of the month, up to the day.
    const std::vector<Commitment>& commitments() const { return commitments_; }
    const std::map<std::string, ForecastRow>& rows() const { return rows_; }

  private:
    void read_commitments();
    void read_rows(const Blueprint& blueprint);
    Value projection(const Kpi& kpi, const Value& to_date);

    Evaluator& evaluator_;
    const Blueprint& blueprint_;
    const Agreement& agreement_;
    Day month_, last_;
    Fraction part_;  // d / D
    Value delivery_factor_;
    std::vector<Commitment> commitments_;
    std::map<std::string, ForecastRow> rows_;
};

// The line that the value reaches, compared exactly as half-open steps; nothing when no line is given.
std::optional<Line> line_of(const Fraction& value, Better better, const std::optional<Fraction>& normal,
                            const std::optional<Fraction>& good, const std::optional<Fraction>& excess);

}  // namespace siyu
