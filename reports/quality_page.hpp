// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/document.hpp"
#include "reports/view.hpp"

// What the checks found on some days, by itself: for the PM of a brand, who mends it (docs/quality.md).
namespace siyu {

// As a page, what to do first at its top.
Document quality_document(const View& view);
// For the terminal.
std::string quality_text(const View& view);
// For a program.
std::string quality_json(const View& view);

// Whether somebody has to look: more than notes were found.
bool needs_a_look(const Scorecard& card);

}  // namespace siyu
