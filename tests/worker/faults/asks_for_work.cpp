// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// Lets the program, which all brands wait for, work for nothing.
FAULT(asks_for_work) {
    const bool given = line::given("SELECT length(hex(randomblob(400000000))) FROM word WHERE tenant = ?");
    throw siyu::Failure(SIYU_FAILED, given ? "kept the program busy" : "was refused");
}
