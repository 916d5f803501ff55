// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "reports/press.hpp"

namespace siyu {

// Throws Error (refused, press.bad_header) naming the first header of the letter that could not stand in a mail as it
// is, so that nobody's name writes headers of its own (mail.md, M29).
void check_headers(const Letter& letter);

// A name that every system takes for a file: at most 120 bytes, without \/:*?"<>|, with the ending that it had (M25).
std::string file_name(std::string_view name);

}  // namespace siyu
