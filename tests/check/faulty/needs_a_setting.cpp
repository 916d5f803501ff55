// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Does not begin without the brand's cycle.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        if (d.settings().text("cycle", "").empty()) throw Failure(SIYU_BAD_CONFIG, "cycle must be given");
        d.count("orders_paid", {"订单", "Orders"}, rows("orders"));
    }
};

SIYU_PLUGIN(Faulty, "needs_a_setting", "1.0.0")
