// SPDX-License-Identifier: Apache-2.0
#include "core/engine/window_evaluation.hpp"

#include "core/base/error.hpp"
#include "core/engine/roster_table.hpp"
#include "core/engine/split.hpp"

namespace siyu {

namespace {

std::string day_text(Day day) {
    return day < earliest_day || day > latest_day ? std::to_string(day.number) : to_string(day);
}

}  // namespace

Period period_of(const Window& window) {
    if (window.first == window.last) return {Rhythm::daily, window.first, window.last};
    const Period week = period_of(Rhythm::weekly, window.first);
    const bool whole = week.first == window.first && week.last == window.last;
    return {whole ? Rhythm::weekly : Rhythm::monthly, window.first, window.last};
}

Window WindowEvaluation::checked(Day first, Day last) const {
    if (first < earliest_day || first > last)
        throw Error(Error::refused, "kpi.no_days", {{"first", day_text(first)}, {"last", day_text(last)}});
    if (last > period_.last)
        throw Error(Error::refused, "kpi.after_period", {{"date", day_text(last)}, {"last", to_string(period_.last)}});
    return {first, last};
}

Value WindowEvaluation::measure(MeasureId id, Day first, Day last) {
    const Window window = checked(first, last);
    return evaluator_.ready(id, window) ? evaluator_.measure(id, window) : Value(Gap::not_ready);
}

// Where data are missing every part is, and that there are none is not known either.
Evaluation::Parts WindowEvaluation::split(MeasureId id, const std::string& column, Day first, Day last) {
    const Window window = checked(first, last);
    Parts parts = siyu::split(evaluator_, id, column, window);
    if (evaluator_.ready(id, window)) return parts;
    if (parts.empty()) parts.emplace_back();
    for (auto& [value, part] : parts) part = Gap::not_ready;
    return parts;
}

Evaluation::Table WindowEvaluation::roster(const std::string& name, const std::vector<std::string>& columns, Day day) {
    return roster_table(evaluator_.ledger(), name, columns, day);
}

}  // namespace siyu
