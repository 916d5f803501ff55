// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

FAULT(asks_at_length) {
    const bool given = line::given("SELECT " + std::string(2'000'000, 'a') + " FROM word WHERE tenant = ?");
    throw siyu::Failure(SIYU_FAILED, given ? "was answered" : "was refused");
}
