// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <siyu/plugin.hpp>
#include <thread>

using namespace siyu;

// Does something at length before anybody asked for it.
static const int waited = [] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    return 1;
}();

class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders_paid", {"订单", "Orders"}, rows("orders") + (waited - 1));
    }
};

SIYU_PLUGIN(Faulty, "loads_slowly", "1.0.0")
