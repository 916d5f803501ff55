// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siyu {

// The text of a date or time written as `format` says, in the form of facts.md: %Y %m %d %H %M %S and %s (seconds since
// 1970 UTC; with an offset behind it, `%s+08:00`, told in the time there). Nothing where the text does not follow it.
std::optional<std::string> reformed(std::string_view text, std::string_view format);

}  // namespace siyu
