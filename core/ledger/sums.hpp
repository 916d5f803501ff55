// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/fraction.hpp"
#include "core/store/rows.hpp"

namespace siyu {

// A sum of 64-bit cells that cannot overflow.
__extension__ using Wide = __int128;

Fraction exact(Wide sum);

// Of the rows of one fact: how many there are, and for each column the sum of its cells (0 where cells are no amounts).
struct Sums {
    Wide rows = 0;
    std::vector<Wide> columns;

    explicit Sums(const FactKind& kind) : columns(kind.columns.size()) {}
    void add(const FactKind& kind, const Rows& more);
    void add(std::string_view cell);
    std::string write() const;
};

}  // namespace siyu
