// SPDX-License-Identifier: Apache-2.0
#include "core/app/settings_file.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "core/base/error.hpp"

namespace siyu {

namespace fs = std::filesystem;

toml::table parse_settings(const fs::path& file) {
    try {
        return toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        throw Error(Error::refused, "app.bad_settings",
                    {{"file", file.string()},
                     {"line", std::to_string(error.source().begin.line)},
                     {"words", std::string(error.description())}});
    }
}

toml::table read_secrets(const fs::path& workspace) {
    const fs::path file = workspace / "secrets.toml";
    if (!fs::exists(file)) return {};
    check_secret(file);
    return parse_settings(file);
}

void check_secret(const fs::path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) == 0 && (about.st_mode & 077) != 0)
        throw Error(Error::unreachable, "delivery.open_secrets", {{"file", file.string()}});
}

void SettingsTable::take(const char* key, std::string& into, bool (*fits)(std::string_view)) const {
    if (!said_[key]) return;
    const auto value = said_[key].value<std::string>();
    if (!value || (fits && !fits(*value))) refuse(key);
    into = *value;
}

void SettingsTable::take(const char* key, int least, int most, int& into) const {
    if (!said_[key]) return;
    const auto value = said_[key].value<std::int64_t>();
    if (!value || *value < least || *value > most) refuse(key);
    into = static_cast<int>(*value);
}

void SettingsTable::refuse(const char* key) const {
    const std::string name = std::string(table_) + "." + key;
    throw Error(Error::refused, "delivery.bad_setting", {{"file", file_.string()}, {"key", name}});
}

void SettingsTable::knows(std::initializer_list<std::string_view> keys) const {
    const auto* table = said_.as_table();
    if (!table) return;
    for (const auto& [key, node] : *table)
        if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
            throw Error(Error::refused, "delivery.unknown_setting",
                        {{"file", file_.string()},
                         {"line", std::to_string(node.source().begin.line)},
                         {"key", std::string(table_) + "." + std::string(key.str())}});
}

}  // namespace siyu
