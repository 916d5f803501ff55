// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

struct Sentence;

// The text of one profile, which knows where it is: every complaint names file and line.
class ProfileText {
  public:
    // Throws Error (refused) for what is no TOML.
    ProfileText(std::string_view text, std::string file);

    const toml::table& table() const { return table_; }

    [[noreturn]] void complain(const toml::node& node, std::string id, std::string what) const;
    void known(const toml::table& table, std::initializer_list<std::string_view> keys) const;
    std::string text(const toml::node& node) const;
    std::string word(const toml::table& table, std::string_view key) const;
    // A text or a list of texts.
    std::vector<std::string> words(const toml::node& node) const;
    std::vector<std::string> words(const toml::table& table, std::string_view key) const;
    Sentence sentence(const toml::table& table, std::string_view key) const;

    // The tables of a list.
    template <typename Each>
    void each(const toml::table& table, std::string_view key, Each each) const {
        const auto* node = table.get(key);
        if (!node) return;
        if (!node->is_array()) complain(*node, "intake.profile.not_list", std::string(key));
        for (const auto& one : *node->as_array()) {
            if (!one.is_table()) complain(one, "intake.profile.not_table", std::string(key));
            each(*one.as_table());
        }
    }
    // Names and what they are.
    template <typename Each>
    void pairs(const toml::table& table, std::string_view key, Each each) const {
        const auto* node = table.get(key);
        if (!node) return;
        if (!node->is_table()) complain(*node, "intake.profile.not_table", std::string(key));
        for (const auto& [name, value] : *node->as_table()) each(std::string(name.str()), value);
    }

  private:
    [[noreturn]] void complain(std::uint32_t line, std::string id, std::string what) const;

    std::string file_;
    toml::table table_;
};

}  // namespace siyu
