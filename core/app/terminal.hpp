// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace siyu {

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
