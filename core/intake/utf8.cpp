// SPDX-License-Identifier: Apache-2.0
#include "core/intake/utf8.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace siyu {

namespace {

// The bytes that a character has by its first byte; 0 where none begins so.
constexpr std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return 2;
    if (first < 0xF0) return 3;
    return first < 0xF5 ? 4 : 0;
}

// The second byte tells overlong forms, surrogates and what lies beyond U+10FFFF.
constexpr bool may_follow(unsigned char first, unsigned char second) {
    if (first == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (first == 0xED) return second >= 0x80 && second <= 0x9F;
    if (first == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (first == 0xF4) return second >= 0x80 && second <= 0x8F;
    return (second & 0xC0) == 0x80;
}

constexpr std::array<std::string_view, 4> wide_spaces{"\u3000", "\u00A0", "\uFEFF", "\u200B"};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) {
    for (bool more = true; more && !text.empty();) {
        more = false;
        if (is_space(text.front())) {
            text.remove_prefix(1);
            more = true;
        } else if (static_cast<unsigned char>(text.front()) >= 0xC2) {
            for (const auto space : wide_spaces)
                if (text.starts_with(space)) {
                    text.remove_prefix(space.size());
                    more = true;
                }
        }
    }
    for (bool more = true; more && !text.empty();) {
        more = false;
        if (is_space(text.back())) {
            text.remove_suffix(1);
            more = true;
        } else if (static_cast<unsigned char>(text.back()) >= 0x80) {
            for (const auto space : wide_spaces)
                if (text.ends_with(space)) {
                    text.remove_suffix(space.size());
                    more = true;
                }
        }
    }
    return text;
}

}  // namespace

std::size_t valid_utf8(std::string_view bytes, std::size_t& long_characters) {
    const auto* const begin = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* const end = begin + bytes.size();
    const auto* at = begin;
    while (at != end) {
        if (*at < 0x80) {
            while (end - at >= 32) {
                std::array<std::uint64_t, 4> block;
                std::memcpy(block.data(), at, sizeof block);
                if ((block[0] | block[1] | block[2] | block[3]) & 0x8080808080808080U) break;
                at += 32;
            }
            while (at != end && *at < 0x80) ++at;
            continue;
        }
        const std::size_t length = length_of(*at);
        if (length == 0 || static_cast<std::size_t>(end - at) < length || !may_follow(at[0], at[1])) break;
        if (length > 2 && (at[2] & 0xC0) != 0x80) break;
        if (length > 3 && (at[3] & 0xC0) != 0x80) break;
        at += length;
        long_characters += length > 2 ? 1 : 0;
    }
    return static_cast<std::size_t>(at - begin);
}

bool is_utf8(std::string_view bytes) {
    std::size_t long_characters = 0;
    return valid_utf8(bytes, long_characters) == bytes.size();
}

bool is_cut_utf8(std::string_view bytes) {
    if (bytes.empty() || bytes.size() > 3) return false;
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (length_of(first) <= bytes.size()) return false;
    if (bytes.size() > 1 && !may_follow(first, static_cast<unsigned char>(bytes[1]))) return false;
    return bytes.size() < 3 || (static_cast<unsigned char>(bytes[2]) & 0xC0) == 0x80;
}

std::string_view strip(std::string_view text) {
    if (text.empty()) return text;
    // Most cells have nothing around them.
    const auto plain = [](char c) { return c > ' ' && c < 0x7F && c != '=' && c != '\''; };
    if (plain(text.front()) && plain(text.back())) return text;
    text = trimmed(text);
    if (text.starts_with("=\"") && text.ends_with('"') && text.size() >= 3)
        text = trimmed(text.substr(2, text.size() - 3));
    if (text.starts_with('\'')) text = trimmed(text.substr(1));
    return text;
}

std::string folded(std::string_view name) {
    name = strip(name);
    std::string text;
    text.reserve(name.size());
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(name[i + n]); };
        char c = name[i];
        // U+FF01 to U+FF5E are the ASCII signs in full width: EF BC 81 to EF BD 9E.
        if (i + 2 < name.size() && byte(0) == 0xEF && (byte(1) == 0xBC || (byte(1) == 0xBD && byte(2) <= 0x9E))) {
            c = static_cast<char>((byte(1) == 0xBC ? byte(2) - 0x80 : byte(2) - 0x40) + 0x20);
            i += 2;
        } else if (name.substr(i).starts_with("\u3000")) {
            c = ' ';
            i += 2;
        }
        text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return std::string(text.substr(0, most)) + "…";
}

// Whether a spreadsheet would compute it, which is more than a number or the armour around one.
static bool is_formula(std::string_view cell) {
    if (cell.empty() || std::string_view("=+-@\t\r").find(cell.front()) == std::string_view::npos) return false;
    const bool armour = cell.starts_with("=\"") && cell.find('"', 2) == cell.size() - 1;
    return !armour && cell.find_first_not_of("+-0123456789.,%") != std::string_view::npos;
}

void add_csv_cell(std::string& record, std::string_view cell) {
    std::string armoured;
    if (is_formula(cell)) cell = armoured = "'" + std::string(cell);
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        record += cell;
        return;
    }
    record += '"';
    for (const char c : cell) {
        if (c == '"') record += '"';
        record += c;
    }
    record += '"';
}

}  // namespace siyu
