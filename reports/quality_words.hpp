// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/engine/scorecard.hpp"

// What is said of the data, in words: in reports, in what comes of an import, and by `siyu quality`.
namespace siyu {

// The sentence of a note, with facts by the names that people know them by.
std::string told(const Note& note, const Catalogue& say);
// What mends it, with the command to run. Empty where nothing does.
std::string to_do(const Quality& quality, const std::string& tenant, const Catalogue& say);
std::string to_do(const RejectedRows& rows, const std::string& tenant, const Catalogue& say);
// `orders.csv（aurora:12）第 17 行「金额」：不是数字`, as far as it is known.
std::string told(const DataPlace& place, const Catalogue& say);
// All of them, a file named once.
std::string told(const std::vector<DataPlace>& places, const Catalogue& say);

}  // namespace siyu
