// SPDX-License-Identifier: Apache-2.0
#include "core/app/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace siyu {

namespace {

constexpr int bar_width = 30;

}  // namespace

ProgressBar::ProgressBar(std::string title) : title_(std::move(title)), terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total, std::int64_t rows) {
    if (!terminal_ || total == 0) return;
    const int percent = static_cast<int>(std::min<std::uint64_t>(100, done * 100 / total));
    if (percent == last_percent_) return;
    last_percent_ = percent;
    shown_ = true;
    const int full = percent * bar_width / 100;
    std::string bar;
    for (int i = 0; i < bar_width; ++i) bar += i < full ? "█" : "░";
    std::fprintf(stderr, "\r\033[K%s %s %3d %%  %lld", title_.c_str(), bar.c_str(), percent,
                 static_cast<long long>(rows));
    std::fflush(stderr);
}

}  // namespace siyu
