// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "fault.hpp"

FAULT(opens_socket) { ::socket(AF_INET, SOCK_STREAM, 0); }
