// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/press.hpp"

namespace siyu {

// Press::pdf.
std::string print(const Print& print);

}  // namespace siyu
