// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

namespace siyu {

// The file as TOML. Throws Error (refused) with its line.
toml::table parse_settings(const std::filesystem::path& file);
// What stands in the workspace's secrets.toml; empty where there is none. Throws Error (unreachable) where others may
// read it.
toml::table read_secrets(const std::filesystem::path& workspace);
// Secrets are for the owner's eyes: throws Error (unreachable) where others may read the file.
void check_secret(const std::filesystem::path& file);

// One table of siyu.toml, taken key by key. Throws Error (refused) that names file and key.
class SettingsTable {
  public:
    // `file` has to outlive it.
    SettingsTable(const toml::table& all, const char* table, const std::filesystem::path& file)
        : table_(table), said_(all[table]), file_(file) {}

    void take(const char* key, std::string& into, bool (*fits)(std::string_view) = nullptr) const;
    void take(const char* key, int least, int most, int& into) const;
    [[noreturn]] void refuse(const char* key) const;
    // A word that is misspelt would else pass for one that is left out.
    void knows(std::initializer_list<std::string_view> keys) const;
    bool has(const char* key) const { return bool(said_[key]); }
    toml::node_view<const toml::node> operator[](const char* key) const { return said_[key]; }

  private:
    const char* table_;
    toml::node_view<const toml::node> said_;
    const std::filesystem::path& file_;
};

}  // namespace siyu
