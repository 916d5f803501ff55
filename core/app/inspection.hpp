// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/check/bench.hpp"
#include "core/worker/crew.hpp"

namespace siyu {

// Everything that `siyu plugin check` does with one file, from the file itself to golden figures.
class Inspection {
  public:
    // What came of one check, in words.
    struct Found {
        enum State { ok, failed, skipped };
        State state = skipped;
        std::string text;
    };

    // `only`: ids of checks; none named: all of them. The catalogue must outlive it.
    Inspection(const Catalogue& say, const std::filesystem::path& file, Plugins::Settings settings,
               std::vector<std::string> only);

    // `cases`: the folder of golden cases; empty where there is none. Each check in a process of its own: what crashes
    // or hangs there is a failed check, and the others go on.
    void run(const std::filesystem::path& cases);

    bool all_well() const { return count(Found::failed) == 0; }
    std::size_t count(Found::State state) const;
    std::string text() const;
    std::string json() const;

  private:
    void run(Check::Needs needs);
    void run(std::vector<std::string_view> ids);
    void run_again(std::string_view id);
    Job job(const Check& check);
    void take(const Check& check, const Outcome& outcome);
    // What happened, and what the plugin was at when it did.
    std::string words(Note note, const std::optional<Note>& stage) const;
    bool wanted(std::string_view id) const;
    bool passed(const std::string& id) const;
    // What the rest lacks; nothing where all could be run.
    std::string run_checks();
    std::string skip_rest(const std::string& because);
    void play(const std::filesystem::path& folder);
    std::string sanitizer() const;
    // In the order in which they are shown.
    std::vector<std::string> ids() const;

    const Catalogue& say_;
    std::filesystem::path file_;
    Plugins::Settings settings_;
    std::vector<std::string> only_;
    std::vector<std::filesystem::path> places_;
    PluginChoice plugin_;
    std::string version_, sanitizer_;
    Bench bench_;
    Crew* crew_ = nullptr;
    std::map<std::string, Found> found_;
    std::vector<std::string> cases_;
    bool slow_ = false, declared_ = false, broke_ = false;
};

}  // namespace siyu
