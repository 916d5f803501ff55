// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include "fault.hpp"

// The kernel sends signals about a file to whomever its owner names.
FAULT(signals_by_file) { ::fcntl(3, F_SETOWN, ::getpid() - 1); }
