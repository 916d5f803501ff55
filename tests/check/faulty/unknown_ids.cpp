// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Lines for a KPI that nobody declares.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders_paid", {"订单", "Orders"}, rows("orders"));
        d.lines("orders_payed", Fraction(1), Fraction(2), Fraction(3));
    }
};

SIYU_PLUGIN(Faulty, "unknown_ids", "1.0.0")
