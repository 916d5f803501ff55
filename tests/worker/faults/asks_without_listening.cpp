// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// Answers that nobody takes must not pile up in the program.
FAULT(asks_without_listening) {
    for (int i = 0; i < 100'000; ++i) line::say(line::asking("SELECT number, text FROM word WHERE tenant = ?", 1));
    ::sleep(1000);
}
