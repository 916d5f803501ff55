// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "reports/document.hpp"

namespace siyu {

// What fits into a mail: four tiles, tables of at most so many rows (totals aside) and five columns, long amounts
// rounded as on tiles, a few pictures, and no definitions. `where` says where the rest is: “见附件”.
Document digest(Document document, std::size_t rows, const std::string& where, const Catalogue& say);

}  // namespace siyu
