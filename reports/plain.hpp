// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "reports/document.hpp"

// Parts of a report as text in lines of at most so many columns.
namespace siyu {

std::string plain(const Block& block, int columns);
std::string plain(const Tile& tile, int columns, const Catalogue& say);

}  // namespace siyu
