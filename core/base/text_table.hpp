// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// Columns a text takes on a terminal: Chinese characters take two.
std::size_t shown_width(std::string_view text);

// A table of texts, its columns as wide as they need. Columns named in `right` are set right.
class TextTable {
  public:
    explicit TextTable(std::vector<std::string> header, std::vector<bool> right = {});
    void add(std::vector<std::string> row);
    std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
    std::vector<bool> right_;
};

}  // namespace siyu
