// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/blueprint/blueprint.hpp"

namespace siyu {

struct PluginFile;

// The plugins of this machine: finds them and turns one into the blueprint of a brand.
class Plugins {
  public:
    using Settings = std::map<std::string, std::string>;

    struct Hooks {
        // 0 debug, 1 notice, 2 warning, 3 error. May be called from any thread.
        std::function<void(int level, std::string_view plugin, std::string_view words)> log;
        // Whether a plugin at work should stop.
        std::function<bool()> cancelled;
    };

    // A file that looks like a plugin, and why it cannot be used, if so.
    struct Listed {
        std::string id, version;  // the name of the file and nothing where it cannot be read
        std::filesystem::path file;
        std::optional<Note> fault;
    };

    // The folders to look in, the first that has the file decides.
    explicit Plugins(const std::vector<std::filesystem::path>& places, Hooks hooks = {});

    // By name of the file.
    std::vector<Listed> list() const;

    // What the plugin declares with the tenant's settings for it. Throws Error (refused) where the plugin is not there,
    // cannot be loaded, or declares what cannot be, saying all that is wrong. Settings that no plugin asks for are
    // said in `remarks`. The callbacks in the blueprint throw Error (refused) where the plugin fails.
    Blueprint blueprint(std::string_view plugin, const Settings& settings = {},
                        std::vector<Note>* remarks = nullptr) const;

  private:
    PluginFile find(std::string_view plugin) const;

    std::vector<std::filesystem::path> places_;
    mutable std::set<std::string, std::less<>> tried_;  // came through a trial in a process of their own
    Hooks hooks_;
};

}  // namespace siyu
