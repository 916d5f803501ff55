// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace siyu {

// That a customer did something: when, and what else the row says (the word that it is divided by).
struct Moment {
    std::uint32_t customer = 0;
    std::int64_t at = 0;  // instant, microseconds
    std::int64_t part = 0;
};

// The moments of `left` that one of `right` follows: of the same customer, later, by at most `within` microseconds.
std::vector<Moment> followed(std::vector<Moment> left, std::vector<Moment> right, std::int64_t within);

}  // namespace siyu
