// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"

namespace siyu::sample {

enum class Encoding { utf8, gb18030 };

// One CSV file, gathered in memory and written by save().
class Table {
  public:
    explicit Table(const std::vector<std::string_view>& header) { row({header.begin(), header.end()}); }

    void row(const std::vector<std::string>& cells);
    // Throws std::system_error when the file cannot be written.
    void save(const std::filesystem::path& file, Encoding encoding = Encoding::utf8) const;

  private:
    std::string text_;
};

// `2026-11-20 09:15:00`, so many seconds into the day.
std::string instant(Day day, int second);
// `129.90`
std::string yuan(std::int64_t fen);
// `a0042`: a letter and at least `digits` digits.
std::string id(std::string_view prefix, int number, int digits);

}  // namespace siyu::sample
