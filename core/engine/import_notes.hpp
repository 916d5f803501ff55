// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <tuple>

#include "core/base/zone.hpp"
#include "core/engine/scorecard.hpp"
#include "core/store/batches.hpp"
#include "core/store/database.hpp"

namespace siyu {

// The days of a tenant's fact that were told of in one run, and of which batch: many files may change a day.
using DaysTold = std::map<std::tuple<std::int64_t, Fact, Day>, std::int64_t>;

// What is to be said of a file that was just taken in, with everything before it (facts.md, rule 5). Reads sums of the
// days that the file covers and of the eight weeks before them, and rows only of days that an earlier export of the
// same kind covers too: it grows with the file, not with the history.
std::vector<Quality> look_at_import(Database& database, const std::string& tenant, std::int64_t number,
                                    const Zone& zone, const Batch& batch, DaysTold* told = nullptr);

}  // namespace siyu
