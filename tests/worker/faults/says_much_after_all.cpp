// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// The last word, and then no end of words.
FAULT(says_much_after_all) {
    line::say(line::message('f', std::string("\x29\0\0\0", 4)));
    const std::string words = line::message('p', std::string(1 << 20, 'x'));
    for (int i = 0; i < 100'000; ++i) line::say(words);
}
