// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siyu {

// The name that a shop gives to an export, taken apart: `1791430000_订单.csv` (seconds since 1970), or
// `ExportOrderList202611201530.csv` (to the minute or second). Exports of one series are told apart by the time at
// which each was written (exports.md, 1.2).
struct ExportName {
    std::string series;   // the name without the time
    std::string written;  // digits; of one series the larger is the later one
};

// Nothing where the name has no such time.
std::optional<ExportName> export_name(std::string_view file);

}  // namespace siyu
