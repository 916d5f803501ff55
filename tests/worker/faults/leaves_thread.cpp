// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <thread>

#include "fault.hpp"

FAULT(leaves_thread) {
    std::thread([] { ::sleep(1000); }).detach();
}
