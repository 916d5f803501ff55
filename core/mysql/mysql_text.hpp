// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// Adds a text as the server reads it where the session says `binary`: bytes and nothing else.
void add_quoted(std::string& sql, std::string_view bytes);

// The statements of a migration. None of them has a text with a semicolon in it.
std::vector<std::string> statements_of(std::string_view sql);

}  // namespace siyu
