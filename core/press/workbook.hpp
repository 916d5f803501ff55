// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/press.hpp"

namespace siyu {

// Press::xlsx.
std::string write_workbook(const Workbook& workbook);

}  // namespace siyu
