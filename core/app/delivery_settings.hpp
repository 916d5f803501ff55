// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/delivery/calendar.hpp"
#include "core/delivery/letters.hpp"

namespace siyu {

// What siyu.toml says of delivery, [mail], [delivery] and [web], with the secrets that stand elsewhere: in the
// environment or in secrets.toml, which nobody else may read.
struct DeliverySettings {
    MailSettings mail;
    DeliveryRules rules;
    WorkCalendar calendar;                      // China's, with the workspace's calendar/*.toml
    std::map<std::string, std::string> robots;  // of WeCom groups, their URLs by name
    std::string authority;                      // certificates to trust for robots; empty: the system's
    std::string listen = "127.0.0.1:8080";      // [web]
};

// Throws Error (refused) that names file and key; (unreachable) for secrets that others may read.
DeliverySettings read_delivery_settings(const std::filesystem::path& workspace);

// The key that links are signed with: $SIYU_LINK_KEY, else the file siyu.key of the workspace, which is made where
// there is none. Whoever sends and whoever answers need the same one.
std::string link_key(const std::filesystem::path& workspace);

}  // namespace siyu
