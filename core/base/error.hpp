// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace siyu {

// Something to tell a person, in no language yet: the id of a sentence in the catalogue and what to fill in.
struct Note {
    std::string id;
    std::vector<std::pair<std::string, std::string>> with;
    std::vector<Note> parts = {};  // what it is made of: stand for `{parts}` in the sentence, each on a line of its own

    bool operator==(const Note&) const = default;
};

// A value of a note that is itself a sentence of the catalogue, filled in from the same names.
inline std::string sentence(const std::string& id) { return "\x02" + id; }

// What cannot go on. The code is the exit status of cli.md; the sentence says what, where and what to do.
class Error : public std::runtime_error {
  public:
    enum Code { wrong_use = 2, refused = 3, unreachable = 4 };

    Error(Code code, std::string id, std::vector<std::pair<std::string, std::string>> with = {})
        : std::runtime_error(id), code_(code), note_{std::move(id), std::move(with)} {}
    Error(Code code, Note note) : std::runtime_error(note.id), code_(code), note_(std::move(note)) {}

    Code code() const { return code_; }
    const Note& note() const { return note_; }
    // Adds where it happened, on the way up; what is known already stays.
    Error& at(const std::string& name, const std::string& value) {
        for (const auto& [known, text] : note_.with)
            if (known == name) return *this;
        note_.with.emplace_back(name, value);
        return *this;
    }

  private:
    Code code_;
    Note note_;
};

}  // namespace siyu
