// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// The same with a text made of pieces that are made of pieces.
FAULT(says_deep_text) {
    line::say(line::message('p', std::string(30'000'000, '\x7f')));
    ::sleep(1000);
}
