// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.hpp"

namespace siyu {

// Asks a web service, as Network::ask says. Throws nothing.
WebReply ask_web(const WebQuery& query);
// What its address and values say, for one_line.
std::vector<std::string> secrets_of(const WebQuery& query);

}  // namespace siyu
