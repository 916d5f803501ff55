// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reports/press.hpp"

namespace siyu {

// A name for each sheet that Excel takes: 31 characters at most, none of []:*?/\, no apostrophe at either end, not
// History, and no two that differ in case alone.
std::vector<std::string> sheet_names(const std::vector<Workbook::Sheet>& sheets);

}  // namespace siyu
