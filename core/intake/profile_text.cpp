// SPDX-License-Identifier: Apache-2.0
#include "core/intake/profile_text.hpp"

#include <algorithm>

#include "core/intake/profile.hpp"

namespace siyu {

ProfileText::ProfileText(std::string_view text, std::string file) : file_(std::move(file)) {
    try {
        table_ = toml::parse(text);
    } catch (const toml::parse_error& error) {
        complain(error.source().begin.line, "intake.profile.no_toml", std::string(error.description()));
    }
}

void ProfileText::complain(std::uint32_t line, std::string id, std::string what) const {
    throw Error(Error::refused, std::move(id), {{"file", file_}, {"line", std::to_string(line)}, {"what", what}});
}

void ProfileText::complain(const toml::node& node, std::string id, std::string what) const {
    complain(node.source().begin.line, std::move(id), std::move(what));
}

void ProfileText::known(const toml::table& table, std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, node] : table)
        if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
            complain(node, "intake.profile.unknown_key", std::string(key.str()));
}

std::string ProfileText::text(const toml::node& node) const {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string()) complain(node, "intake.profile.not_text", "");
    return *value;
}

std::string ProfileText::word(const toml::table& table, std::string_view key) const {
    const auto* node = table.get(key);
    if (!node) complain(table, "intake.profile.missing", std::string(key));
    return text(*node);
}

std::vector<std::string> ProfileText::words(const toml::node& node) const {
    std::vector<std::string> all;
    if (const auto* list = node.as_array())
        for (const auto& one : *list) all.push_back(text(one));
    else
        all.push_back(text(node));
    return all;
}

std::vector<std::string> ProfileText::words(const toml::table& table, std::string_view key) const {
    const auto* node = table.get(key);
    return node ? words(*node) : std::vector<std::string>{};
}

Sentence ProfileText::sentence(const toml::table& table, std::string_view key) const {
    const auto* node = table.get(key);
    if (!node || !node->is_table()) complain(node ? *node : table, "intake.profile.missing", std::string(key) + ".zh");
    known(*node->as_table(), {"zh", "en"});
    return {word(*node->as_table(), "zh"), word(*node->as_table(), "en")};
}

}  // namespace siyu
