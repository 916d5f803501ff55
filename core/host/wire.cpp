// SPDX-License-Identifier: Apache-2.0
#include "core/host/wire.hpp"

#include <charconv>
#include <numeric>
#include <utility>

namespace siyu {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// How many bytes the UTF-8 character at the beginning has; 0 where it is none.
std::size_t character(std::string_view text) {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    std::uint32_t code = first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    return first < 0xc2 || first > 0xf4 || code < least[length] || code > 0x10ffff || surrogate ? 0 : length;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0u);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string> taken(siyu_text handed, std::size_t most) {
    if (handed.length == 0) return std::string();
    if (!handed.data || handed.length > most) return std::nullopt;
    std::string text(handed.data, handed.length);
    if (!is_utf8(text)) return std::nullopt;
    return text;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && is_lower(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_plugin_id(std::string_view text) {
    if (text.empty() || text.size() > 128) return false;
    for (char before = '.'; const char c : text) {
        if (before == '.' ? !is_lower(c) : !(is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.'))
            return false;
        before = c;
    }
    return text.back() != '.';
}

std::string_view last_word(std::string_view plugin_id) { return plugin_id.substr(plugin_id.rfind('.') + 1); }

bool is_version(std::string_view text) {
    return !text.empty() && text.size() <= 32 && is_digit(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '+' || c == '~';
    });
}

std::optional<Gap> gap_of(siyu_status status) {
    switch (status) {
        case SIYU_NO_VALUE: return Gap::no_value;
        case SIYU_NOT_READY: return Gap::not_ready;
        case SIYU_NOT_APPLICABLE: return Gap::not_applicable;
        default: return std::nullopt;
    }
}

std::optional<siyu_fraction> lent(const Fraction& value) {
    const auto whole = [](const std::string& digits, std::int64_t& into) {
        return std::from_chars(digits.data(), digits.data() + digits.size(), into).ec == std::errc();
    };
    siyu_fraction out{};
    if (!whole(value.num(), out.num) || !whole(value.den(), out.den)) return std::nullopt;
    return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& words) {
    std::string best;
    std::size_t least = word.size() / 3 + 2;
    for (const std::string& candidate : words)
        if (const std::size_t d = distance(word, candidate); d < least) least = d, best = candidate;
    return best;
}

}  // namespace siyu
