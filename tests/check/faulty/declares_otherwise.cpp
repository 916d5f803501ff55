// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Each instance has another name for its KPI.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        static int instances = 0;
        const std::string number = std::to_string(++instances);
        d.count("orders_paid", {"订单" + number, "Orders " + number}, rows("orders"));
    }
};

SIYU_PLUGIN(Faulty, "declares_otherwise", "1.0.0")
