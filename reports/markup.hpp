// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace siyu {

// Text from data as one line: control characters and marks that turn the direction of writing are taken out.
std::string cleaned(std::string_view text);
// Cleaned, and safe as HTML text and in quoted attributes.
std::string escaped(std::string_view text);
// The first characters, with … where something is cut; a wide character counts as two columns.
std::string shortened(std::string_view text, int columns);
// Columns that the text takes in a terminal: wide characters two.
int columns_of(std::string_view text);
// The text in lines of at most `columns`, the later ones behind `indent` blanks; not broken before closing punctuation.
std::string wrapped(std::string_view text, int columns, int indent = 0);

}  // namespace siyu
