// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "core/facts/fact.hpp"

namespace siyu {

// What a filter or a division looks at in a row of a fact: a column of its own, or what a roster says of the column's
// id on one day (`guide_id.store_id`).
struct Attribute {
    std::size_t column = 0;
    Space space = Space::unused;                                   // of the numbers that `of` gives
    std::int64_t empty = absent;                                   // the number of the unknown value
    std::shared_ptr<const std::vector<std::int64_t>> lookup = {};  // by the number of the id; none: the column itself

    std::int64_t of(std::span<const std::int64_t> row) const {
        std::int64_t cell = row[column];
        if (lookup) cell = cell >= 0 && cell < std::ssize(*lookup) ? (*lookup)[static_cast<std::size_t>(cell)] : absent;
        return cell == absent ? empty : cell;
    }
};

// Keeps a row when an attribute passes the test.
struct RowTest {
    Attribute attribute;
    Filter::Test test = Filter::Test::equals;
    std::int64_t word = 0;  // for equals

    bool passes(std::span<const std::int64_t> row) const {
        const std::int64_t value = attribute.of(row);
        if (test == Filter::Test::equals) return value == word;
        return (value == attribute.empty) == (test == Filter::Test::lacking);
    }
};

}  // namespace siyu
