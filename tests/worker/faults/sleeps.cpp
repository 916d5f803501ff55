// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "fault.hpp"

// Uses no processor time at all.
FAULT(sleeps) { ::sleep(1000); }
