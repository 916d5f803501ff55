// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/value.hpp"
#include "core/contract/siyu/abi.h"

// Taking what a plugin hands over: nothing is believed before it was looked at.
namespace siyu {

// How large the structs were in contract 1.0, which every plugin has at least: those that have grown since, and all
// others (tests/contract/v1.0 holds them as they were).
template <class Struct>
inline constexpr std::uint32_t size_in_1_0 = sizeof(Struct);
template <>
inline constexpr std::uint32_t size_in_1_0<siyu_set_expression> = 48;
template <>
inline constexpr std::uint32_t size_in_1_0<siyu_measure_expression> = 96;
static_assert(size_in_1_0<siyu_kpi> == 96 && size_in_1_0<siyu_formula> == 32 && size_in_1_0<siyu_lines> == 72 &&
              size_in_1_0<siyu_staffing> == 40 && size_in_1_0<siyu_role> == 80 && size_in_1_0<siyu_section> == 120 &&
              size_in_1_0<siyu_period> == 16 && size_in_1_0<siyu_plugin> == 72);

// A struct as far as both sides know it, the rest zero; nothing where it is missing or smaller than in contract 1.0.
template <class Struct>
std::optional<Struct> taken(const Struct* handed) {
    if (!handed || handed->size < size_in_1_0<Struct> || handed->size > 65536) return std::nullopt;
    Struct copy{};
    std::memcpy(&copy, handed, std::min<std::size_t>(handed->size, sizeof copy));
    return copy;
}

// A text of at most `most` bytes; nothing where it is longer or no UTF-8.
std::optional<std::string> taken(siyu_text handed, std::size_t most);

// Lower-case letters, digits and _, a letter first, at most 64.
bool is_name(std::string_view text);
// Words of lower-case letters, digits, _ and -, a letter first, joined by dots; at most 128.
bool is_plugin_id(std::string_view text);
// The last word of a plugin id: the name of its file.
std::string_view last_word(std::string_view plugin_id);
// Whole numbers joined by dots, with what people hang on: `1.4.0`, `1.4.0-rc1`.
bool is_version(std::string_view text);

// Which of the words somebody may have meant; empty where none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& words);

inline siyu_text lent(std::string_view text) { return {text.data(), text.size()}; }
// The gap that a status stands for, if any.
std::optional<Gap> gap_of(siyu_status status);
// Nothing where the number does not fit into 64 bits.
std::optional<siyu_fraction> lent(const Fraction& value);

}  // namespace siyu
