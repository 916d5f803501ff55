// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.hpp"

#include "core/base/module.hpp"

namespace siyu {

const Network& network() {
    static const auto& module =
        *static_cast<const NetworkModule*>(open_module("net.so", "siyu_network", "delivery.no_module"));
    return module.network();
}

}  // namespace siyu
