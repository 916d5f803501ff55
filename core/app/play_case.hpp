// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/check/golden_case.hpp"
#include "core/host/plugins.hpp"

namespace siyu {

// Plays a golden case in a store of its own, its figures made by workers, and gives every complaint. Throws Error for a
// case that cannot be played. `preload` is for Crew.
std::vector<Note> play_case(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& places,
                            const PluginChoice& plugin, Language language, const std::string& preload);

}  // namespace siyu
