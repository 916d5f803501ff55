// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace siyu {

// What is wrong with the declarations of one plugin: all of it, so that its author mends it in one go.
class Problems {
  public:
    void add(Note note) {
        constexpr std::size_t most = 50;  // more help nobody
        const auto known = std::find_if(notes_.begin(), notes_.end(), [&note](const Note& other) {
            return other.id == note.id && other.with == note.with;
        });
        if (known == notes_.end() && notes_.size() == most) return;
        met_.insert(static_cast<std::size_t>(known - notes_.begin()));
        if (known == notes_.end()) notes_.push_back(std::move(note));
    }
    void add(std::string id, std::vector<std::pair<std::string, std::string>> with) {
        add(Note{std::move(id), std::move(with)});
    }
    // A word that nobody knows; `meant` is the one that may have been meant, or empty.
    void add_unknown(std::string id, std::vector<std::pair<std::string, std::string>> with, const std::string& meant) {
        Note note{std::move(id), std::move(with)};
        if (!meant.empty()) note.parts.push_back({"plugin.did_you_mean", {{"word", meant}}});
        add(std::move(note));
    }
    // The places of the notes that were added since the last call, those that were there already among them.
    std::set<std::size_t> met() { return std::exchange(met_, {}); }
    // Says of a note where in the declarations it is about.
    void stands_in(std::size_t note, const std::string& what) {
        constexpr std::size_t most = 4;  // the rest is the same mistake
        std::vector<Note>& parts = notes_[note].parts;
        Note part{"plugin.stands_in", {{"what", what}}};
        if (parts.size() < most && std::find(parts.begin(), parts.end(), part) == parts.end())
            parts.push_back(std::move(part));
    }
    bool empty() const { return notes_.empty(); }
    const std::vector<Note>& notes() const { return notes_; }

  private:
    std::vector<Note> notes_;
    std::set<std::size_t> met_;
};

}  // namespace siyu
