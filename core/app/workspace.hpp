// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/jobs/job_rules.hpp"
#include "core/store/database.hpp"
#include "core/worker/job.hpp"

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
    // One more connection to the store.
    std::unique_ptr<Database> connect() const;
    // For a process that is to have its own.
    StorePlace store_place() const;
    // [worker] seconds, memory_mib, at_once of siyu.toml.
    const Limits& limits() const { return limits_; }
    // [jobs] attempts, pause_seconds, longest_pause_seconds, lease_seconds, keep_days.
    const JobRules& job_rules() const { return job_rules_; }
    std::vector<std::filesystem::path> profile_folders() const { return {folder_ / "profiles"}; }
    // Where plugins are looked for, in this order: the workspace, $SIYU_PLUGIN_PATH, beside the program, the system.
    std::vector<std::filesystem::path> plugin_folders() const;
    // The same without a workspace.
    static std::vector<std::filesystem::path> common_plugin_folders();

  private:
    std::filesystem::path folder_;
    std::string store_;
    Limits limits_;
    JobRules job_rules_;
    std::unique_ptr<Database> database_;
};

// Writes a whole file or none: beside it first, then in its place. Throws Error (unreachable).
void write_file(const std::filesystem::path& path, std::string_view text);
// `beside` is where it is until it is whole. `lasting`: also through a power cut.
void write_file(const std::filesystem::path& path, std::string_view text, const std::filesystem::path& beside,
                bool lasting);
// Nothing where it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace siyu
