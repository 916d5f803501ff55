// SPDX-License-Identifier: Apache-2.0
#include "core/app/wecom_settings.hpp"

#include <cstdlib>

#include "core/app/settings_file.hpp"

namespace siyu {

namespace {

bool is_service(std::string_view text) {
    return (text.starts_with("https://") || text.starts_with("http://127.0.0.1")) && !text.ends_with('/') &&
           text.find_first_of(" \t\r\n?#") == std::string_view::npos;
}

bool is_word(std::string_view text) { return !text.empty() && text.find_first_of(" \t\r\n") == std::string_view::npos; }

// SIYU_WECOM_SECRET_MILOU_2 for milou-2.
std::string variable_of(const std::string& tenant) {
    std::string name = "SIYU_WECOM_SECRET_";
    for (const char c : tenant) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
    return name;
}

std::string environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? value : "";
}

}  // namespace

WecomSettings read_wecom_settings(const std::filesystem::path& workspace) {
    const std::filesystem::path file = workspace / "siyu.toml";
    const toml::table all = parse_settings(file);
    const SettingsTable said(all, "wecom", file);
    said.knows({"corp_id", "corps", "url", "authority", "timeout_seconds", "pause_seconds"});
    WecomSettings settings;
    settings.workspace = workspace;
    said.take("corp_id", settings.corp_id, is_word);
    said.take("url", settings.account.url, is_service);
    said.take("authority", settings.account.authority);
    said.take("timeout_seconds", 1, 600, settings.account.timeout_seconds);
    said.take("pause_seconds", 0, 600, settings.account.pause_seconds);
    if (!said.has("corps")) return settings;
    const auto* corps = said["corps"].as_table();
    if (!corps) said.refuse("corps");
    for (const auto& [tenant, corp] : *corps) {
        const auto id = corp.value<std::string>();
        if (!id || !is_word(*id)) said.refuse("corps");
        settings.corps[std::string(tenant.str())] = *id;
    }
    return settings;
}

const std::string& WecomSettings::corp_of(const std::string& tenant) const {
    const auto own = corps.find(tenant);
    return own == corps.end() ? corp_id : own->second;
}

WecomAccount WecomSettings::account_of(const std::string& tenant) const {
    WecomAccount found = account;
    found.corp_id = corp_of(tenant);
    if (found.corp_id.empty())
        throw Error(Error::wrong_use, "pull.no_corp",
                    {{"tenant", tenant}, {"file", (workspace / "siyu.toml").string()}});
    const toml::table secrets = read_secrets(workspace);
    for (const std::string& secret :
         {environment(variable_of(tenant)), secrets["wecom_secrets"][tenant].value_or(std::string()),
          environment("SIYU_WECOM_SECRET"), secrets["wecom_secret"].value_or(std::string())})
        if (found.secret.empty()) found.secret = secret;
    if (found.secret.empty())
        throw Error(
            Error::wrong_use, "pull.no_secret",
            {{"tenant", tenant}, {"variable", variable_of(tenant)}, {"file", (workspace / "secrets.toml").string()}});
    return found;
}

}  // namespace siyu
