// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "fault.hpp"

FAULT(eats_memory) {
    std::vector<std::vector<char>> all;
    while (true) all.emplace_back(std::size_t{1} << 24, 'x');
}
