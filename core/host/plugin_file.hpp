// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "core/contract/siyu/abi.h"

namespace siyu {

// A plugin file that was loaded and whose constant holds what the contract wants. Stays loaded until the program ends.
struct PluginFile {
    std::filesystem::path file;
    std::string id, version;
    siyu_plugin entries;
};

// Throws Error (refused), saying what is wrong with the file and what to do. Runs no function of the plugin.
PluginFile open_plugin(const std::filesystem::path& file);

// In hexadecimal. Throws Error (refused) where the file cannot be read.
std::string sha256_of(const std::filesystem::path& file);

// Whether the file may be given to the dynamic loader, which a truncated file kills and a foreign one confuses: a
// whole ELF shared object for this machine that nobody else may write to. Throws Error (refused).
void check_plugin_file(const std::filesystem::path& file);

}  // namespace siyu
