// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace siyu {

enum class Language { zh, en };

std::string_view to_string(Language language);
// `--lang`, else LC_ALL, LC_MESSAGES, LANG; Chinese when they name neither language.
Language language_from(std::string_view option);

// Every sentence that siyu says to a person, by id, in one language. The sentences stand in core/base/text/*/*.toml and
// are built in, so that the program cannot lose them. The id is `file.key`, for a key in a table `file.table.key`.
class Catalogue {
  public:
    explicit Catalogue(Language language);

    Language language() const { return language_; }
    bool has(std::string_view id) const { return sentences_.contains(id); }
    // The sentence with `{name}` filled in. An unknown id is shown as it is, with what it carries: never silence.
    std::string say(const Note& note) const;
    std::string operator()(std::string_view id) const { return say({std::string(id), {}}); }
    std::string operator()(std::string id, std::vector<std::pair<std::string, std::string>> with) const {
        return say({std::move(id), std::move(with)});
    }
    const std::map<std::string, std::string, std::less<>>& sentences() const { return sentences_; }

  private:
    Language language_;
    std::map<std::string, std::string, std::less<>> sentences_;
};

// The same, read once.
const Catalogue& catalogue(Language language);

}  // namespace siyu
