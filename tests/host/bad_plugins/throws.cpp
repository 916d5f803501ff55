// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

class Throws final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders", {"订单数", "Orders"}, rows("orders"));
        throw std::runtime_error("the rate card is missing");
    }
};

SIYU_PLUGIN(Throws, "throws", "1.0.0")
