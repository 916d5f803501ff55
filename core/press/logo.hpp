// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "reports/press.hpp"

namespace siyu {

// Press::logo.
Picture fit_logo(std::string_view bytes, int width, int height);

}  // namespace siyu
