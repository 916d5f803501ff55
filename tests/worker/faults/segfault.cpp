// SPDX-License-Identifier: Apache-2.0
#include "fault.hpp"

FAULT(segfault) { *reinterpret_cast<volatile int*>(16) = 1; }
