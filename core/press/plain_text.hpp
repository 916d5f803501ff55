// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu {

// Whether the text is UTF-8 without line breaks of any kind and without control characters.
bool is_one_line(std::string_view text);
// The text without what is no UTF-8 and without control characters; line breaks are `\n`.
std::string plain_text(std::string_view text);
// As many characters from the front as have at most so many bytes.
std::string_view front_of(std::string_view text, std::size_t bytes);
// Columns that the text takes where Chinese characters take two.
int columns_of(std::string_view text);

}  // namespace siyu
