// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// A list in a list in a list: who reads that by calling itself comes to the end of its stack.
FAULT(says_deep_outcome) {
    line::say(line::message('o', std::string(30'000'000, '\x81')));
    ::sleep(1000);
}
