// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/document.hpp"

namespace siyu {

// What a section's template rendered to, checked: plain text becomes paragraphs; HTML may use a few tags for text,
// lists and tables, closed in order, with no attributes but scope, colspan and rowspan, so that a section cannot break
// the page or load anything. Throws Error (refused) that names section and tag for anything else.
Markup section_markup(const std::string& section, const std::string& rendered);

// The words of such HTML: `&amp;` and its like as the characters that they stand for.
std::string without_entities(std::string text);

}  // namespace siyu
