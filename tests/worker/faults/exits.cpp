// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "fault.hpp"

FAULT(exits) { std::exit(0); }
