// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "fault.hpp"

FAULT(writes_file) { std::fopen("/tmp/siyu-was-here", "w"); }
