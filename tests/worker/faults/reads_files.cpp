// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "fault.hpp"

// The store is where every tenant's facts are.
FAULT(reads_files) {
    std::ifstream store("siyu.db");
    throw siyu::Failure(SIYU_FAILED, store ? "read another tenant's facts" : "could not");
}
