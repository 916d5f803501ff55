// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "reports/document.hpp"

// Documents without pictures and places: what workbooks and print are made of.
namespace siyu {

// In one line, with its note in brackets.
std::string flat(const PageCell& cell);
// The table without the columns that are drawn.
PageTable flat(const PageTable& table);
PageTable flat(const std::vector<Tile>& tiles, const Catalogue& say);

}  // namespace siyu
