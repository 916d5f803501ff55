// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <csignal>

#include "fault.hpp"

FAULT(kills) { ::kill(::getppid(), SIGKILL); }
