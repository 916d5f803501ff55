// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "fault.hpp"

FAULT(forks) {
    while (true)
        if (::fork() < 0) break;
}
