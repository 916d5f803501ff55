// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/evaluator.hpp"

namespace siyu {

// The measure by the values of a column of its facts, or of one looked up: what each value has that has rows, in the
// order of the values. One pass over the rows, whatever the number of values. Throws Error (refused,
// kpi.cannot_divide) where the column says nothing about the measure.
Evaluation::Parts split(Evaluator& evaluator, MeasureId measure, const std::string& column, const Window& window);

}  // namespace siyu
