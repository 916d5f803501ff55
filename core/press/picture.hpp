// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "reports/press.hpp"

namespace siyu {

// Press::png.
Picture draw_picture(std::string_view svg, int width);

}  // namespace siyu
