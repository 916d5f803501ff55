// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/engine/scorecard.hpp"
#include "reports/document.hpp"

namespace siyu {

// A report as one page: a pure function of what is given, the same to the byte each time. The brand's page holds
// nothing of what only the agency may see. Throws Error (refused) for a plugin's section that cannot be shown.

// Self-contained HTML: styles and pictures inside, nothing loaded, no script.
std::string html_page(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue);
// The same figures as text in lines of at most 100 columns.
std::string text_page(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue);

// The same of a document that was made before.
std::string html_page(const Document& document, const Catalogue& catalogue);
std::string text_page(const Document& document, const Catalogue& catalogue);

}  // namespace siyu
