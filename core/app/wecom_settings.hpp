// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/pull/wecom.hpp"

namespace siyu {

// What siyu.toml says under [wecom], and the secrets that stand elsewhere.
struct WecomSettings {
    WecomAccount account;                      // without company and secret
    std::string corp_id;                       // of the tenants that have none of their own
    std::map<std::string, std::string> corps;  // by tenant
    std::filesystem::path workspace;

    // Empty: the tenant has none.
    const std::string& corp_of(const std::string& tenant) const;
    // The account to ask as for the tenant; its secret is what stands first of: $SIYU_WECOM_SECRET_TENANT, the tenant's
    // under [wecom_secrets] in secrets.toml, $SIYU_WECOM_SECRET, wecom_secret in secrets.toml. Throws Error (wrong use)
    // where company or secret are not said.
    WecomAccount account_of(const std::string& tenant) const;
};

// Throws Error (refused) that names file and key.
WecomSettings read_wecom_settings(const std::filesystem::path& workspace);

}  // namespace siyu
