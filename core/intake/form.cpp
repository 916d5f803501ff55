// SPDX-License-Identifier: Apache-2.0
#include "core/intake/form.hpp"

#include <array>
#include <string>

#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view behind_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text;
}

// `{"`, `{}`, `[{`, `[[` or `[]`: the header of a CSV file may begin with a bracket, but not so.
bool is_json(std::string_view text) {
    text = behind_blanks(text);
    if (text.empty()) return false;
    const std::string_view then = behind_blanks(text.substr(1));
    if (text[0] == '{') return then.empty() || then[0] == '"' || then[0] == '}';
    return text[0] == '[' && (then.empty() || then[0] == '{' || then[0] == '[' || then[0] == ']');
}

}  // namespace

bool is_events(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    head = behind_blanks(head);
    if (head.starts_with("<?xml")) {
        const std::size_t end = head.find("?>");
        if (end == std::string_view::npos) return false;
        head = behind_blanks(head.substr(end + 2));
    }
    const std::size_t tag = head.substr(0, head.find('\n')).find('<');
    return tag != std::string_view::npos && head.substr(tag).starts_with("<xml>");
}

Form form_of(std::string_view head) {
    if (head.starts_with("PK\x03\x04")) return Form::archive;
    if (is_events(head)) return Form::events;
    // The ASCII of any encoding.
    std::string text;
    for (const char c : head)
        if (c > '\0' && c <= '~') text += c;
    return is_json(text) ? Form::json : Form::delimited;
}

Form form_of(File file) {
    std::array<char, 4096> head;
    file.seek(0);
    return form_of(std::string_view(head.data(), file.read(head.data(), head.size())));
}

}  // namespace siyu
