// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
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
        if (notes_.size() < most && std::find(notes_.begin(), notes_.end(), note) == notes_.end())
            notes_.push_back(std::move(note));
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
    bool empty() const { return notes_.empty(); }
    const std::vector<Note>& notes() const { return notes_; }

  private:
    std::vector<Note> notes_;
};

}  // namespace siyu
