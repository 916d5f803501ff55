// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "fault.hpp"

FAULT(prints) { std::printf("hello\n"); }
