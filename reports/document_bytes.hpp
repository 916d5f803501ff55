// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "reports/document.hpp"

namespace siyu {

// A document as bytes and back: the same document gives the same bytes, so that their hash tells whether a report says
// something else than before.
std::string write_document(const Document& document);
// Throws Error (refused, report.error.bad_document) for what is none. What it says may come from a process that a
// plugin ran in: its HTML is looked over again, like a section's.
Document read_document(std::string_view bytes);

}  // namespace siyu
