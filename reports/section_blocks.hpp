// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reports/document.hpp"

namespace siyu {

// What a section's template made, for mails, workbooks and print, which do not take its HTML: its tables as tables,
// with the figures in them as numbers, everything else in sentences.
std::vector<Block> section_blocks(const Markup& markup);

// The document with every section so.
Document with_section_blocks(Document document);

}  // namespace siyu
