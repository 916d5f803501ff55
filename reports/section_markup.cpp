// SPDX-License-Identifier: Apache-2.0
#include "reports/section_markup.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

constexpr std::array<std::string_view, 19> allowed{"p",     "h3",    "h4", "ul", "ol", "li",    "strong",
                                                   "em",    "br",    "dl", "dt", "dd", "table", "caption",
                                                   "thead", "tbody", "tr", "th", "td"};
constexpr std::array<std::string_view, 11> own_line{"p",  "h3", "h4", "ul",      "ol", "li",
                                                    "dt", "dd", "tr", "caption", "br"};
constexpr std::array<std::string_view, 3> attributes{"scope", "colspan", "rowspan"};

template <typename List>
bool among(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// ` scope="col"`: nothing but the attributes above, in double quotes, with plain words.
bool plain_attributes(std::string_view text) {
    while (true) {
        while (!text.empty() && (text[0] == ' ' || text[0] == '\n')) text.remove_prefix(1);
        if (text.empty()) return true;
        const std::size_t equals = text.find("=\"");
        if (equals == std::string_view::npos || !among(attributes, text.substr(0, equals))) return false;
        text.remove_prefix(equals + 2);
        const std::size_t quote = text.find('"');
        if (quote == std::string_view::npos || quote == 0) return false;
        if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(quote), is_word)) return false;
        text.remove_prefix(quote + 1);
        if (!text.empty() && text[0] != ' ' && text[0] != '\n') return false;
    }
}

// `&amp;` and its like; a lone & is text.
bool is_entity(std::string_view text) {
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos || end < 2 || end > 10) return false;
    const std::string_view name = text.substr(1, end - 1);
    return std::all_of(name.begin() + (name[0] == '#' ? 1 : 0), name.end(), is_word);
}

// Lines trimmed, empty ones taken out.
std::string tidy(const std::string& text) {
    std::string out, line;
    for (const char c : text + "\n") {
        if (c != '\n') {
            if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
            continue;
        }
        while (line.ends_with(' ')) line.pop_back();
        if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
        line.clear();
    }
    return out;
}

// A heading that does not say of what it is one: of its column in the head of a table, else of its row.
std::string_view heading(const std::vector<std::string>& open) {
    return among(open, "thead") ? R"(<th scope="col">)" : R"(<th scope="row">)";
}

Markup from_text(const std::string& text) {
    Markup markup;
    markup.text = without_entities(tidy(text));
    std::string paragraph;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find("\n\n", begin), text.size());
        const std::string words = tidy(text.substr(begin, end - begin));
        if (!words.empty()) markup.html += "<p>" + words + "</p>";
        begin = end + 2;
    }
    return markup;
}

}  // namespace

std::string without_entities(std::string text) {
    constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities)
        for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; at += character.size())
            text.replace(at, entity.size(), character);
    return text;
}

Markup section_markup(const std::string& section, const std::string& rendered) {
    std::string html, text;
    std::vector<std::string> open;
    bool tags = false;
    const auto refuse = [&](std::string_view tag) -> Error {
        return {Error::refused, "report.error.html", {{"template", section}, {"tag", std::string(tag.substr(0, 60))}}};
    };
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        const std::string_view rest = std::string_view(rendered).substr(i);
        if (rest[0] == '&' && !is_entity(rest)) {
            html += "&amp;";
            text += '&';
            continue;
        }
        if (rest[0] == '>') {
            html += "&gt;";
            text += '>';
            continue;
        }
        if (rest[0] != '<') {
            html += rest[0];
            text += rest[0] == '\n' ? ' ' : rest[0];
            continue;
        }
        const std::size_t end = rest.find('>');
        if (end == std::string_view::npos) throw refuse(rest);
        const bool closing = rest[1] == '/';
        std::string_view inside = rest.substr(closing ? 2 : 1, end - (closing ? 2 : 1));
        const auto word_end = std::find_if_not(inside.begin(), inside.end(), is_word);
        const std::string name(inside.begin(), word_end);
        const bool sound = among(allowed, name) && plain_attributes(inside.substr(name.size())) &&
                           (!closing || (!open.empty() && open.back() == name && inside.size() == name.size()));
        if (!sound) throw refuse(rest.substr(0, end + 1));
        if (closing)
            open.pop_back();
        else if (name != "br")
            open.push_back(name);
        html += name == "th" && !closing && inside == name ? heading(open) : rest.substr(0, end + 1);
        if (among(own_line, name)) text += '\n';
        if (name == "th" || name == "td") text += "  ";
        tags = true;
        i += end;
    }
    if (!open.empty()) throw refuse("<" + open.back() + ">");
    if (!tags) return from_text(html);
    return {html, without_entities(tidy(text))};
}

}  // namespace siyu
