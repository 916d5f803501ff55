// SPDX-License-Identifier: Apache-2.0
#include "core/app/delivery_settings.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/app/settings_file.hpp"
#include "core/app/workspace.hpp"
#include "core/base/error.hpp"
#include "reports/press.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

bool is_url(std::string_view text) {
    return text.starts_with("https://") && text.size() > 8 && text.size() <= 90 && !text.ends_with('/') &&
           text.find_first_of(" \t\r\n<>\"'\\") == std::string_view::npos;
}

bool is_one_line(std::string_view text) {
    return text.find_first_of("\r\n") == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

void read_mail(const toml::table& all, const fs::path& file, MailSettings& mail) {
    const SettingsTable said(all, "mail", file);
    said.knows({"from", "from_name", "url", "host", "security", "port", "user", "authority", "hello", "timeout_seconds",
                "per_connection", "per_minute", "per_minute_to", "domains"});
    mail.from = "reports@siyu.example";
    mail.url = "https://siyu.example";
    said.take("from", mail.from, is_address);
    said.take("from_name", mail.from_name, is_one_line);
    const bool ascii = std::ranges::all_of(mail.from_name, [](char c) { return (c & 0x80) == 0; });
    if (const std::size_t most = longest_sender(mail.from); !ascii && mail.from_name.size() > most)
        throw Error(Error::refused, "delivery.long_sender",
                    {{"file", file.string()}, {"from", mail.from}, {"count", std::to_string(most / 3)}});
    said.take("url", mail.url, is_url);
    said.take("host", mail.account.host, is_one_line);
    std::string security = "tls";
    said.take("security", security,
              [](std::string_view text) { return text == "tls" || text == "starttls" || text == "none"; });
    mail.account.security = security == "tls"        ? Security::tls
                            : security == "starttls" ? Security::starttls
                                                     : Security::plain;
    mail.account.port = security == "tls" ? 465 : security == "starttls" ? 587 : 25;
    said.take("port", 1, 65535, mail.account.port);
    said.take("user", mail.account.user, is_one_line);
    said.take("authority", mail.account.authority);
    said.take("hello", mail.account.hello, is_one_line);
    said.take("timeout_seconds", 1, 600, mail.account.timeout_seconds);
    said.take("per_connection", 1, 1000, mail.account.per_connection);
    said.take("per_minute", 1, 100'000, mail.per_minute);
    mail.domains = {lower(mail.from.substr(mail.from.rfind('@') + 1))};
    if (said["domains"]) {
        const auto* list = said["domains"].as_array();
        if (!list) said.refuse("domains");
        for (const auto& one : *list) {
            const auto domain = one.value<std::string>();
            if (!domain || domain->find('@') != std::string::npos) said.refuse("domains");
            mail.domains.push_back(lower(*domain));
        }
    }
    if (said["per_minute_to"]) {
        const auto* rates = said["per_minute_to"].as_table();
        if (!rates) said.refuse("per_minute_to");
        for (const auto& [domain, rate] : *rates) {
            const auto number = rate.value<std::int64_t>();
            if (!number || *number < 1 || *number > 100'000) said.refuse("per_minute_to");
            mail.per_minute_to[lower(domain.str())] = static_cast<int>(*number);
        }
    }
    const bool whole = said.has("from") && said.has("url") && said.has("host");
    if (said.has("host") && !whole) said.refuse(said.has("from") ? "url" : "from");
    mail.unset = !whole;
}

}  // namespace

DeliverySettings read_delivery_settings(const fs::path& workspace) {
    DeliverySettings settings;
    const fs::path file = workspace / "siyu.toml";
    const toml::table all = parse_settings(file);
    read_mail(all, file, settings.mail);
    const SettingsTable rules(all, "delivery", file);
    rules.knows({"prepare_minutes", "spread_minutes", "page_days", "answer_days", "authority"});
    rules.take("prepare_minutes", 0, 1440, settings.rules.prepare_minutes);
    rules.take("spread_minutes", 0, 240, settings.rules.spread_minutes);
    rules.take("page_days", 1, 3650, settings.rules.page_days);
    rules.take("answer_days", 1, 365, settings.rules.answer_days);
    rules.take("authority", settings.authority);
    SettingsTable(all, "web", file).take("listen", settings.listen, is_one_line);

    const toml::table hidden = read_secrets(workspace);
    settings.mail.account.password = hidden["mail_password"].value_or(std::string());
    if (const auto* robots = hidden["robots"].as_table())
        for (const auto& [name, url] : *robots) settings.robots[std::string(name.str())] = url.value_or(std::string());
    if (const char* password = std::getenv("SIYU_MAIL_PASSWORD")) settings.mail.account.password = password;

    settings.calendar = WorkCalendar::china();
    const fs::path years = workspace / "calendar";
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(years, error))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& one : files) settings.calendar.add(read_file(one), one.string());
    return settings;
}

std::string link_key(const fs::path& workspace) {
    if (const char* key = std::getenv("SIYU_LINK_KEY"); key && *key) return key;
    const fs::path file = workspace / "siyu.key";
    // Two who make it at once: the first one's stands.
    if (const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); made >= 0) {
        unsigned char random[32];
        std::string key;
        bool well = ::getrandom(random, sizeof random, 0) == static_cast<ssize_t>(sizeof random);
        for (const unsigned char byte : random) {
            constexpr char digits[] = "0123456789abcdef";
            key += {digits[byte >> 4], digits[byte & 15]};
        }
        well = well && ::write(made, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(made) == 0;
        const int code = errno;
        ::close(made);
        if (!well) {
            fs::remove(file);
            throw Error(Error::unreachable, "app.cannot_write",
                        {{"file", file.string()}, {"words", std::strerror(code)}});
        }
    }
    check_secret(file);
    const std::string key = read_file(file);
    if (key.size() < 32) throw Error(Error::unreachable, "delivery.no_link_key", {{"file", file.string()}});
    return key;
}

}  // namespace siyu
