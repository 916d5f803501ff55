// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace siyu {

// The columns of a table by the names that profiles give them (docs/profiles.md): the second column of a name is
// `name#2`; `*满意*` is the one column that fits; `聊天总数|聊天数` are columns of one meaning; of `账号||成员`
// only the first that the file has is meant; a `?` at the end says that a file may lack it.
class HeaderNames {
  public:
    struct Places {
        std::vector<int> at;               // in the order of the names given
        std::vector<std::string> several;  // the columns that fit a pattern that only one may fit
        std::string title;                 // the first column's, as the file has it; else the name looked for
    };

    explicit HeaderNames(std::span<const std::string> header);
    // -1 where there is no such column; of several the first.
    int find(std::string_view name) const;
    Places places(std::string_view name) const;
    // As the file has it, without white space around it and line breaks in it.
    const std::vector<std::string>& titles() const { return titles_; }

  private:
    std::vector<std::string> titles_, folded_;
    std::unordered_map<std::string, int> places_;
};

bool is_optional(std::string_view column);
bool is_pattern(std::string_view column);
// Without the mark of an optional one.
std::string_view unmarked(std::string_view column);
// For people: `聊天总数 / 聊天数`.
std::string shown(std::string_view column);

}  // namespace siyu
