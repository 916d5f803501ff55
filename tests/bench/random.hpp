// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace siyu::bench {

constexpr std::uint64_t mix(std::uint64_t number) {
    number += 0x9e3779b97f4a7c15U;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}

// The same on every machine and with every library.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() { return mix(state_++); }
    // 0 up to, but not, `limit`, which is below 2^32.
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(((next() >> 32) * static_cast<std::uint64_t>(limit)) >> 32);
    }
    bool percent(int share) { return below(100) < share; }
    template <std::size_t N>
    std::string_view one_of(const std::array<std::string_view, N>& words) {
        return words[static_cast<std::size_t>(below(N))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace siyu::bench
