// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/zone.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/source.hpp"

namespace siyu {

// What a table says of one fact, as it was understood, before anything is taken in.
struct Preview {
    Fact fact = Fact::touches;
    std::int64_t rows = 0;                                   // that count: of those with one key the last
    DaySpan days{latest_day, earliest_day};                  // first > last: no row has a day
    std::vector<std::pair<std::size_t, std::int64_t>> sums;  // of money columns in fen and of counts, by column
    std::vector<std::vector<std::string>> first;             // the first rows in canonical form, by column
};

// Says how many there are, not how many came: is not added up over days.
bool is_level(const Column& column);

// Reads the source to its end. Rows that are no good, by their form or by the rules, are left out; the
// import says what is wrong with them. One entry for each fact of the source, in its order.
std::vector<Preview> preview(FactSource& source, const Zone& zone, const RowRules& rules, std::size_t first_rows);

}  // namespace siyu
