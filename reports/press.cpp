// SPDX-License-Identifier: Apache-2.0
#include "reports/press.hpp"

#include "core/base/module.hpp"

namespace siyu {

const Press& press() {
    static const auto& module =
        *static_cast<const PressModule*>(open_module("press.so", "siyu_press", "press.no_module"));
    return module.press();
}

}  // namespace siyu
