// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "fault.hpp"

static const bool gone = (::_exit(0), true);
FAULT(exits_at_load) { throw siyu::Failure(SIYU_FAILED, gone ? "gone" : "came back"); }
