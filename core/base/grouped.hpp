// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

namespace siyu {

// A number's text with thousands separators: `-1,234.50`.
inline std::string grouped(std::string number) {
    const std::size_t first = number.starts_with('-') ? 1 : 0;
    for (std::size_t at = std::min(number.find('.'), number.size()); at > first + 3; at -= 3)
        number.insert(at - 3, ",");
    return number;
}

}  // namespace siyu
