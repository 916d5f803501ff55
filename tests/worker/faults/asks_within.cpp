// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// What is selected is another question, about everybody.
FAULT(asks_within) {
    const bool given = line::given("SELECT (select group_concat(text) from word) FROM batch WHERE tenant = ?");
    throw siyu::Failure(SIYU_FAILED, given ? "was given everybody's words" : "was refused");
}
