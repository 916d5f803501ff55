// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// Columns a text takes on a terminal: Chinese characters take two.
std::size_t shown_width(std::string_view text);

// A table of texts, its columns as wide as they need; prints to stdout. Columns named in `right` are set right.
class TextTable {
  public:
    explicit TextTable(std::vector<std::string> header, std::vector<bool> right = {});
    void add(std::vector<std::string> row);
    std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
    std::vector<bool> right_;
};

// How far a long work is, on stderr and only on a terminal.
class ProgressBar {
  public:
    explicit ProgressBar(std::string title);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(std::uint64_t done, std::uint64_t total, std::int64_t rows);

  private:
    std::string title_;
    bool terminal_;
    bool shown_ = false;
    int last_percent_ = -1;
};

}  // namespace siyu
