// SPDX-License-Identifier: Apache-2.0
#include "core/intake/header_names.hpp"

#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// `*` stands for any text, also none.
bool fits(std::string_view text, std::string_view pattern) {
    std::size_t at = 0, i = 0, star = std::string_view::npos, again = 0;
    while (at < text.size()) {
        if (i < pattern.size() && pattern[i] == '*') {
            star = i++;
            again = at;
        } else if (i < pattern.size() && pattern[i] == text[at]) {
            ++i;
            ++at;
        } else if (star != std::string_view::npos) {
            i = star + 1;
            at = ++again;
        } else {
            return false;
        }
    }
    while (i < pattern.size() && pattern[i] == '*') ++i;
    return i == pattern.size();
}

// A name that is wrapped inside its cell is one name: `订单⏎号`.
std::string unwrapped(std::string_view name) {
    name = strip(name);
    std::string text;
    for (std::size_t from = 0; from <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("\r\n", from), name.size());
        text += strip(name.substr(from, end - from));
        from = end + 1;
    }
    return text;
}

std::string compared(std::string_view name) { return folded(unwrapped(name)); }

}  // namespace

bool is_optional(std::string_view column) { return column.size() > 1 && column.ends_with('?'); }

bool is_pattern(std::string_view column) { return column.find('*') != std::string_view::npos; }

std::string_view unmarked(std::string_view column) {
    if (is_optional(column)) column.remove_suffix(1);
    return column;
}

std::string shown(std::string_view column) {
    std::string text;
    char before = 0;
    for (const char c : unmarked(column)) {
        if (c != '|') text += c;
        if (c == '|' && before != '|') text += " / ";
        before = c;
    }
    return text;
}

HeaderNames::HeaderNames(std::span<const std::string> header) {
    std::unordered_map<std::string, int> seen;
    for (std::size_t i = 0; i < header.size(); ++i) {
        titles_.push_back(unwrapped(header[i]));
        std::string name = folded(titles_.back());
        folded_.push_back(name);
        if (name.empty()) continue;
        if (const int times = ++seen[name]; times > 1) name += "#" + std::to_string(times);
        places_.emplace(std::move(name), static_cast<int>(i));
    }
}

HeaderNames::Places HeaderNames::places(std::string_view name) const {
    Places found;
    found.title = unmarked(name);
    // A column whose own name has such a sign goes before what the sign says.
    if (const auto whole = places_.find(compared(name)); whole != places_.end()) {
        found.at.push_back(whole->second);
    } else if (const std::size_t cut = name.find("||"); cut != std::string_view::npos) {
        found = places(name.substr(0, cut));
        if (found.at.empty()) found = places(name.substr(cut + 2));
        if (found.at.empty()) found.title = unmarked(name);
        return found;
    } else {
        const std::string all = compared(unmarked(name));
        for (std::size_t from = 0; from <= all.size();) {
            const std::size_t end = std::min(all.find('|', from), all.size());
            const std::string one(strip(std::string_view(all).substr(from, end - from)));
            from = end + 1;
            if (const auto known = places_.find(one); known != places_.end()) {
                found.at.push_back(known->second);
            } else if (is_pattern(one)) {
                std::vector<int> fitting;
                for (std::size_t i = 0; i < folded_.size(); ++i)
                    if (!folded_[i].empty() && fits(folded_[i], one)) fitting.push_back(static_cast<int>(i));
                if (fitting.size() > 1)
                    for (const int place : fitting) found.several.push_back(titles_[static_cast<std::size_t>(place)]);
                if (!fitting.empty()) found.at.push_back(fitting.front());
            }
        }
    }
    if (!found.at.empty()) found.title = titles_[static_cast<std::size_t>(found.at.front())];
    return found;
}

int HeaderNames::find(std::string_view name) const {
    const Places found = places(name);
    return found.at.empty() ? -1 : found.at.front();
}

}  // namespace siyu
