// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

class SaidTwice final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders", {"订单数", "Orders"}, rows("orders"));
        d.count("orders", {"订单数", "Orders"}, rows("orders"));
    }
};

SIYU_PLUGIN(SaidTwice, "said_twice", "1.0.0")
