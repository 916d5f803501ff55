// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "core/facts/fact.hpp"
#include "core/intake/header_names.hpp"
#include "core/intake/profile.hpp"

namespace siyu {

// The column of a header that a column of a fact is likely to be, by name: its own, one that a profile makes it of, or
// another usual one; a unit in brackets behind it (`（元）`) is no part of it. Empty for none.
std::string column_for(const FactKind& kind, std::size_t column, const HeaderNames& names, const Profiles& profiles);

}  // namespace siyu
