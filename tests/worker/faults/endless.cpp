// SPDX-License-Identifier: Apache-2.0
#include "fault.hpp"

FAULT(endless) {
    for (volatile unsigned i = 0;; i = i + 1) {
    }
}
