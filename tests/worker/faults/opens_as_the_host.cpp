// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.hpp"

// Opens as the host does what is not the host's to open.
FAULT(opens_as_the_host) {
    const int mode = 0x51595553;
    for (const char* path : {"siyu.db", "/etc/passwd", "/proc/self/environ", "/proc/self/mem", "/"})
        if (::syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, mode) >= 0)
            throw siyu::Failure(SIYU_FAILED, std::string("opened ") + path);
    throw siyu::Failure(SIYU_FAILED, "not a file was opened");
}
