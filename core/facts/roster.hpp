// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/day.hpp"
#include "core/facts/fact.hpp"

namespace siyu {

// A fact that says who or what there is, and from when to when: its rows hold on days instead of happening on one.
struct Roster {
    Fact fact;
    int by;           // the column that rows are looked up by; -1: they are not
    int first, last;  // columns of the days, both inclusive; -1: the roster has none

    // Open ends are the earliest and the latest day.
    Day first_day(std::span<const std::int64_t> row) const;
    Day last_day(std::span<const std::int64_t> row) const;
    bool holds(std::span<const std::int64_t> row, Day day) const {
        return first_day(row) <= day && day <= last_day(row);
    }
    // Whether the row says since when it holds.
    bool begins(std::span<const std::int64_t> row) const {
        return first >= 0 && row[static_cast<std::size_t>(first)] != absent;
    }
};

std::span<const Roster> rosters();
// Null for a fact that is none.
const Roster* roster_of(Fact fact);
// The roster that a column of any fact looks rows up in, by its canonical name: guide_id in store_guides.
const Roster* roster_by(std::string_view column);

// `guide_id.store_id` taken apart: the column, and the attribute of the roster's row; "" for a column of the fact's
// own.
std::pair<std::string_view, std::string_view> looked_up(std::string_view column);

}  // namespace siyu
