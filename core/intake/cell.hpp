// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/facts/fact.hpp"

namespace siyu {

// The value of a cell: a number for date, month, instant, money and count; a text for the other types, to be numbered.
// An empty cell is `absent` and an empty text.
struct Cell {
    std::int64_t number = absent;
    std::string_view text;  // of the raw cell or of the scratch given
};

inline constexpr std::size_t longest_id = 128, longest_text = 4096;  // bytes

// What a cell says, in the forms of facts.md; a note with the reason where it says nothing good. Numbers come as exact
// fractions `num/den` in `scratch`; a percentage in a column of percentages (`reply_percentage`) as its bare number.
std::optional<Note> parse_cell(const Column& column, std::string_view raw, const Zone& zone, std::string& scratch,
                               Cell& out);

// Money in fen, out of yuan as people write it; negative only where `signed_too`. A note with the reason otherwise.
std::optional<Note> parse_money(std::string_view text, bool signed_too, std::int64_t& fen);
// `1234.50`
std::string money_text(std::int64_t fen);

}  // namespace siyu
