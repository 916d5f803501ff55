// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/intake/profile.hpp"
#include "core/intake/profile_text.hpp"

namespace siyu {

// `总金额`, or `["总金额", "-", "退款金额"]`.
Sum parse_sum(const ProfileText& text, const toml::node& node);

// One `[[fact]]` of a profile (docs/profiles.md). Throws Error (refused) for anything that is not right in it.
Rule parse_rule(const ProfileText& text, const toml::table& table, std::span<const Profile::Given> given);

}  // namespace siyu
