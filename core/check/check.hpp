// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/engine.hpp"
#include "core/host/plugins.hpp"

// Whether a plugin keeps the contract: one check for each rule, each for a process of its own (core/worker).
namespace siyu {

struct Check {
    // What has to be so before there is any sense in it, by rising demand.
    enum class Needs { nothing, whole_file, loaded_file, declarations };
    // Whose facts it looks at: nobody's, a tenant with generated ones, the same with hostile names, a tenant without
    // any.
    enum class Facts { nobodys, generated, hostile, empty };

    std::string_view id;
    Needs needs = Needs::nothing;
    Facts facts = Facts::nobodys;
};

// In the order in which they are shown.
const std::vector<Check>& checks();
// Null where there is none of the name.
const Check* find_check(std::string_view id);

// What a check is given.
struct Trial {
    std::vector<std::filesystem::path> places;  // where plugins that it extends are looked for
    PluginChoice plugin;                        // its file; id and version are filled in once it was loaded
    Plugins::Settings settings;
    std::optional<Assignment> assignment;  // without the blueprint; for the weekly report
    Database* facts = nullptr;
    std::function<void(bool)> loading;       // as Plugins::Hooks::loading
    std::function<void(const Note&)> stage;  // told what comes next, in case that it is the last thing
};

// What a check came to that found nothing wrong.
struct Verdict {
    bool judged = true;            // false: it could not be decided; the notes say why
    std::vector<Note> notes = {};  // what was measured, and what was left out
};

// Runs the plugin's code here. Throws Error for what is wrong with the plugin, in words for its author.
Verdict run_check(std::string_view id, Trial& trial);

}  // namespace siyu
