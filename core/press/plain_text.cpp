// SPDX-License-Identifier: Apache-2.0
#include "core/press/plain_text.hpp"

#include <glib.h>

namespace siyu {

namespace {

// Calls visit(code, its bytes) for each character of text that is valid UTF-8, and skips other bytes.
template <typename Visit>
void each_character(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const gunichar code = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        const bool valid = code != static_cast<gunichar>(-1) && code != static_cast<gunichar>(-2);
        const std::size_t size = valid ? static_cast<std::size_t>(g_unichar_to_utf8(code, nullptr)) : 1;
        if (valid) visit(code, text.substr(0, size));
        text.remove_prefix(size);
    }
}

}  // namespace

bool is_one_line(std::string_view text) {
    if (!g_utf8_validate_len(text.data(), text.size(), nullptr)) return false;
    bool one = true;
    each_character(text, [&](gunichar code, std::string_view) {
        const GUnicodeType type = g_unichar_type(code);
        one = one && type != G_UNICODE_CONTROL && type != G_UNICODE_LINE_SEPARATOR &&
              type != G_UNICODE_PARAGRAPH_SEPARATOR && code != 0xFFFE && code != 0xFFFF;
    });
    return one;
}

std::string plain_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool after_return = false;
    each_character(text, [&](gunichar code, std::string_view bytes) {
        if (code == '\r' || code == 0x2028 || code == 0x2029 || (code == '\n' && !after_return))
            out += '\n';
        else if (code == '\t' || is_one_line(bytes))
            out += bytes;
        after_return = code == '\r';
    });
    return out;
}

std::string_view front_of(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

int columns_of(std::string_view text) {
    int columns = 0;
    each_character(text, [&](gunichar code, std::string_view) {
        columns += g_unichar_iszerowidth(code) ? 0 : g_unichar_iswide(code) ? 2 : 1;
    });
    return columns;
}

}  // namespace siyu
