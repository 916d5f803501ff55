// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>

#include "fault.hpp"

// Before anybody calls the plugin: while it is loaded, files can be opened, but not these.
static const int file = ::open("/etc/passwd", O_RDONLY);
FAULT(reads_at_load) { throw siyu::Failure(SIYU_FAILED, file < 0 ? "not a file was read" : "read a file"); }
