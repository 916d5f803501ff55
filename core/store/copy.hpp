// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/store/database.hpp"

namespace siyu {

// How far a copy is: told as each table is done.
using CopyProgress = std::function<void(std::string_view table, std::int64_t rows)>;

// Copies all that stands in one store, as of one moment, into one that is empty, or that a copy left half done; then
// reads it back and compares number and bytes of the rows of each table and tenant. `to` is opened for copy_into, and
// can be used for nothing else until this is through. Gives the number of rows. Throws Error (refused) when `to` is not
// empty, or when `from` was changed meanwhile and has to be copied again.
std::int64_t copy_store(Database& from, std::string_view from_url, Database& to, std::string_view to_url,
                        const CopyProgress& progress);

}  // namespace siyu
