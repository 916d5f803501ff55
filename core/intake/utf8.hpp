// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu {

// How many bytes from the front are whole, valid UTF-8 characters; `long_characters` grows by those of three bytes and
// more, as Chinese ones are.
std::size_t valid_utf8(std::string_view bytes, std::size_t& long_characters);
bool is_utf8(std::string_view bytes);
// The bytes are the beginning of a character that may go on behind them.
bool is_cut_utf8(std::string_view bytes);

// The value in a cell: without white space around it (also U+3000, no-break space, byte order mark) and without
// spreadsheet armour (`="123"`, a leading tab or apostrophe).
std::string_view strip(std::string_view text);

// How header names are compared: stripped, full-width letters and signs made half-width, ASCII in lower case.
std::string folded(std::string_view name);

// For showing to people: at most `most` bytes, cut between characters, with … where something is left out.
std::string shortened(std::string_view text, std::size_t most = 80);

// One CSV cell, quoted where it must be, added to `record`. What a spreadsheet would take for a formula gets an
// apostrophe in front, which `strip` takes off again.
void add_csv_cell(std::string& record, std::string_view cell);

}  // namespace siyu
