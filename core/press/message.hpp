// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reports/press.hpp"

namespace siyu {

// Press::message.
std::string write_message(const Letter& letter);

}  // namespace siyu
