// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.hpp"

// The processes begun shortly before this one are siyu's. 0 is no signal: the kernel says whether one could be sent.
FAULT(signals_program) {
    const pid_t own = ::getpid();
    for (pid_t other = own - 1; other > own - 20; --other) ::syscall(SYS_tgkill, other, other, 0);
}
