// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace siyu {

// Takes `what` off the front or the back of the text, where it stands there.
inline bool take_front(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

inline bool take_back(std::string_view& text, std::string_view what) {
    if (!text.ends_with(what)) return false;
    text.remove_suffix(what.size());
    return true;
}

}  // namespace siyu
