// SPDX-License-Identifier: Apache-2.0
#include "core/press/sheet_names.hpp"

#include <glib.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "core/press/held.hpp"
#include "core/press/plain_text.hpp"

namespace siyu {

namespace {

constexpr std::size_t longest = 31;

// Excel counts UTF-16: what needs four bytes in UTF-8 counts two.
std::string_view cut(std::string_view text, std::size_t most) {
    std::size_t units = 0, bytes = 0;
    while (bytes < text.size()) {
        const auto lead = static_cast<unsigned char>(text[bytes]);
        units += lead >= 0xF0 ? 2 : 1;
        if (units > most) break;
        bytes += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }
    return text.substr(0, bytes);
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of("' "), last = text.find_last_not_of("' ");
    return std::string(first == text.npos ? "" : text.substr(first, last - first + 1));
}

std::string folded(const std::string& text) {
    const Held<char, g_free> lower(g_utf8_casefold(text.c_str(), -1));
    return lower.get();
}

}  // namespace

std::vector<std::string> sheet_names(const std::vector<Workbook::Sheet>& sheets) {
    std::vector<std::string> names;
    std::set<std::string> taken = {"history"};
    for (const auto& sheet : sheets) {
        std::string wanted = plain_text(sheet.name);
        std::replace_if(
            wanted.begin(), wanted.end(),
            [](char c) { return std::string_view("[]:*?/\\\n\t").find(c) != std::string_view::npos; }, ' ');
        wanted = trimmed(wanted);
        std::string name = trimmed(cut(wanted, longest));
        for (int number = 1; name.empty() || !taken.insert(folded(name)).second; ++number) {
            const std::string mark = wanted.empty() ? std::to_string(number) : " (" + std::to_string(number + 1) + ")";
            name = trimmed(cut(wanted, longest - mark.size())) + mark;
        }
        names.push_back(name);
    }
    return names;
}

}  // namespace siyu
