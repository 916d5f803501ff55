// SPDX-License-Identifier: Apache-2.0
#include "reports/markup.hpp"

#include <algorithm>
#include <vector>

namespace siyu {

namespace {

// One character of UTF-8. Bytes that are none stand for themselves.
struct Character {
    char32_t code;
    std::string_view bytes;
};

Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size > text.size()) return {lead, text.substr(0, 1)};
    char32_t code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    return {code, text.substr(0, size)};
}

template <typename Visit>
void each(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const Character c = first_of(text);
        visit(c);
        text.remove_prefix(c.bytes.size());
    }
}

int width(char32_t code) {
    const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                      (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                      (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                      (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
                      (code >= 0x20000 && code <= 0x3FFFD);
    return wide ? 2 : 1;
}

bool turns_direction(char32_t code) {
    return code == 0x200E || code == 0x200F || code == 0x061C || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool closes(std::string_view bytes) {
    constexpr std::string_view closing[] = {"，", "。", "；", "：", "、", "）", "」",
                                            "！", "？", "%",  ",",  ".",  ";",  ")"};
    return std::find(std::begin(closing), std::end(closing), bytes) != std::end(closing);
}

}  // namespace

std::string cleaned(std::string_view text) {
    const auto blank = [](char32_t code) {
        return code == '\n' || code == '\t' || code == '\r' || code == 0x2028 || code == 0x2029;
    };
    const auto stays = [](char32_t code) {
        return code >= 0x20 && !(code >= 0x7F && code < 0xA0) && !turns_direction(code) && code != 0xFEFF;
    };
    bool clean = true;
    each(text, [&](const Character& c) { clean = clean && stays(c.code) && !blank(c.code); });
    if (clean) return std::string(text);
    std::string out;
    each(text, [&](const Character& c) {
        if (blank(c.code))
            out += ' ';
        else if (stays(c.code))
            out += c.bytes;
    });
    return out;
}

std::string escaped(std::string_view text) {
    std::string out = cleaned(text);
    constexpr std::string_view special = "&<>\"'";
    for (std::size_t at = 0; (at = out.find_first_of(special, at)) != std::string::npos;) {
        constexpr std::string_view names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
        const std::string_view name = names[special.find(out[at])];
        out.replace(at, 1, name);
        at += name.size();
    }
    return out;
}

std::string shortened(std::string_view text, int columns) {
    if (columns_of(text) <= columns) return std::string(text);
    std::string out;
    int used = 1;  // the …
    while (!text.empty()) {
        const Character c = first_of(text);
        used += width(c.code);
        if (used > columns) break;
        out += c.bytes;
        text.remove_prefix(c.bytes.size());
    }
    return out + "…";
}

int columns_of(std::string_view text) {
    int columns = 0;
    each(text, [&](const Character& c) { columns += width(c.code); });
    return columns;
}

std::string wrapped(std::string_view text, int columns, int indent) {
    // Pieces that stay together: a wide character with the closing punctuation after it, or a run without a blank.
    std::vector<std::string> pieces;
    bool open = false;  // the next narrow character goes on with the last piece
    each(text, [&](const Character& c) {
        const bool wide = width(c.code) == 2;
        if (!pieces.empty() && pieces.back() != " " && (closes(c.bytes) || (!wide && c.code != ' ' && open)))
            pieces.back() += c.bytes;
        else
            pieces.emplace_back(c.bytes);
        open = !wide && c.code != ' ';
    });
    std::string out;
    int used = 0;
    const auto new_line = [&] {
        while (out.ends_with(' ')) out.pop_back();
        out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
        used = indent;
    };
    for (std::string_view piece : pieces) {
        const int size = columns_of(piece);
        if (used + size > columns && used > indent) {
            new_line();
            if (piece == " ") continue;
        }
        if (used + size <= columns) {
            out += piece;
            used += size;
            continue;
        }
        each(piece, [&](const Character& c) {  // longer than a line
            if (used + width(c.code) > columns) new_line();
            out += c.bytes;
            used += width(c.code);
        });
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace siyu
