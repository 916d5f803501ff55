// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"

namespace siyu {

// What a section's template made, for mails, workbooks and print, which do not take its HTML: its tables as tables,
// with the figures in them as numbers, everything else in sentences.
// A table is called by its caption, else by the heading above it, else by the `title`.
std::vector<Block> section_blocks(const Markup& markup, const std::string& title);

// The document with every section so.
Document with_section_blocks(Document document);

}  // namespace siyu
