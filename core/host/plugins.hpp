// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/blueprint/blueprint.hpp"

namespace siyu {

struct PluginFile;

// Which plugin a brand has. Where the version or the SHA-256 of the file is pinned, no other one will do.
struct PluginChoice {
    PluginChoice() = default;
    PluginChoice(std::string_view plugin) : id(plugin) {}    // NOLINT: an id is a choice
    PluginChoice(const std::string& plugin) : id(plugin) {}  // NOLINT
    PluginChoice(const char* plugin) : id(plugin) {}         // NOLINT
    PluginChoice(std::string plugin, std::string pinned_version, std::string pinned_sha256,
                 std::filesystem::path this_file = {})
        : id(std::move(plugin)),
          version(std::move(pinned_version)),
          sha256(std::move(pinned_sha256)),
          file(std::move(this_file)) {}

    std::string id;
    std::string version, sha256;  // empty: any
    std::filesystem::path file;   // not empty: this file, wherever it lies
};

// The plugins of this machine: finds them and turns one into the blueprint of a brand. Runs their code here and now; a
// program that must live whatever a plugin does leaves that to a worker (core/worker).
class Plugins {
  public:
    using Settings = std::map<std::string, std::string>;

    struct Hooks {
        // 0 debug, 1 notice, 2 warning, 3 error. May be called from any thread.
        std::function<void(int level, std::string_view plugin, std::string_view words)> log;
        // Whether a plugin at work should stop.
        std::function<bool()> cancelled;
        // True when files of plugins begin to be looked for and loaded, false when that is over.
        std::function<void(bool)> loading;
        // Each call of a plugin that can fail, before it is answered; what it throws the call fails with.
        std::function<void(std::string_view plugin, const char* function)> calling;
        // Each setting that a plugin asked for.
        std::function<void(const std::string& key)> asked;
    };

    struct Identity {
        std::string id, version;
    };

    // The folders to look in, the first that has the file decides. `pets@1.4.0.so` is taken where version 1.4.0 is
    // pinned, `pets.so` else.
    explicit Plugins(const std::vector<std::filesystem::path>& places, Hooks hooks = {});

    // The files that look like plugins, by name; of several of one name the first place's.
    static std::vector<std::filesystem::path> files(const std::vector<std::filesystem::path>& places);
    // What the file says it is. Throws Error (refused).
    Identity identify(const std::filesystem::path& file) const;

    // What the plugin declares with the tenant's settings for it. Throws Error (refused) where the plugin is not there,
    // cannot be loaded, or declares what cannot be, saying all that is wrong. Settings that no plugin asks for are
    // said in `remarks`. The callbacks in the blueprint throw Error (refused) where the plugin fails.
    Blueprint blueprint(const PluginChoice& choice, const Settings& settings = {},
                        std::vector<Note>* remarks = nullptr) const;

  private:
    PluginFile find(const PluginChoice& choice) const;

    std::vector<std::filesystem::path> places_;
    Hooks hooks_;
};

}  // namespace siyu
