// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace siyu::sample {

// Numbers that look like chance and are the same on every machine (splitmix64); whole numbers only.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    // 0 to n - 1; 0 where there is nothing to choose from.
    int below(int n) { return n < 1 ? 0 : static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
    // first to last, both included.
    int between(int first, int last) { return first + below(last - first + 1); }
    bool percent(int p) { return below(100) < p; }
    // About `mean` / 1000, give or take a quarter; the rest of the division decides by chance, so that sums come out.
    int about(std::int64_t mean_in_thousandths) {
        const std::int64_t varied = mean_in_thousandths * between(75, 125) / 100;
        return static_cast<int>(varied / 1000) + (below(1000) < varied % 1000 ? 1 : 0);
    }

  private:
    std::uint64_t state_;
};

}  // namespace siyu::sample
