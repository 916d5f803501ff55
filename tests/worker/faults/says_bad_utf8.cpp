// SPDX-License-Identifier: Apache-2.0
#include "fault.hpp"

FAULT(says_bad_utf8) { throw siyu::Failure(SIYU_FAILED, "\xff\xfe"); }
