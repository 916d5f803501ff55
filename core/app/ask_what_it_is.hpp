// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/intake/source.hpp"

namespace siyu {

// Asks the person at the terminal what a table is, where its header does not tell. An answer stands for all tables with
// the same header.
class Question {
  public:
    // Somebody sits there to be asked.
    static bool possible();

    // A choice of nothing where the header tells enough, and where no answer is given.
    Choice ask(const Catalogue& say, const TablePlace& place, const Profiles& profiles);

    // The value that a note of `intake.given_missing` asks for, with its name; empty where none is given.
    static std::pair<std::string, std::string> ask_for(const Catalogue& say, const TablePlace& place, const Note& what);

  private:
    std::map<std::vector<std::string>, Choice> answers_;  // by header
};

}  // namespace siyu
