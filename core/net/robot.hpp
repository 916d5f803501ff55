// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/network/network.hpp"

namespace siyu {

// Posts to a WeCom group robot, as Network::robot says. Throws nothing.
Receipt post_to_robot(const std::string& url, const std::string& json, const std::string& authority,
                      int timeout_seconds);

}  // namespace siyu
