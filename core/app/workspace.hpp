// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/store/database.hpp"
#include "core/worker/sandbox.hpp"

namespace siyu {

// A folder with siyu.toml: where an agency's store, profiles, plugins and reports are.
class Workspace {
  public:
    // Makes one. Throws Error (refused) when there is one already.
    static Workspace make(const std::filesystem::path& folder, const std::string& store);
    // Opens the one in the folder, or, when none is named, the one around the current folder.
    static Workspace open(const std::string& folder);

    const std::filesystem::path& folder() const { return folder_; }
    const std::string& store() const { return store_; }
    Database& database();
    // [worker] seconds, memory_mib, at_once of siyu.toml.
    const Limits& limits() const { return limits_; }
    std::vector<std::filesystem::path> profile_folders() const { return {folder_ / "profiles"}; }
    // Where plugins are looked for, in this order: the workspace, $SIYU_PLUGIN_PATH, beside the program, the system.
    std::vector<std::filesystem::path> plugin_folders() const;
    // The same without a workspace.
    static std::vector<std::filesystem::path> common_plugin_folders();

  private:
    std::filesystem::path folder_;
    std::string store_;
    Limits limits_;
    std::unique_ptr<Database> database_;
};

// Writes a whole file or none: beside it first, then in its place. Throws Error (unreachable).
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace siyu
