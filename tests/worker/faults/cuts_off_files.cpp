// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.hpp"

// Opens as the host does, to read, a file that lies where plugins are read; what a file holds can be lost by that too.
static const int mode = 0x51595553;
FAULT(cuts_off_files) {
    const long file = ::syscall(SYS_openat, AT_FDCWD, "plugins/cuts_off_files.so", O_RDONLY | O_TRUNC, mode);
    throw siyu::Failure(SIYU_FAILED, file < 0 ? "was kept from it" : "cut off");
}
