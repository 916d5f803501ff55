// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/chart.hpp"
#include "reports/palette.hpp"

namespace siyu {

// The chart as an inline SVG element with role, title and description. `number` is unique on the page.
// Colours are classes of the page's style sheet, so that one drawing serves light, dark and print.
std::string svg(const Chart& chart, int number);

// The same as a drawing that stands alone, 600 units wide, with letters that are still read where a phone halves them.
// With less than 1 it takes that part of the width, and its letters are so much smaller.
std::string picture(const Chart& chart, const Palette& colours, double part = 1);

}  // namespace siyu
