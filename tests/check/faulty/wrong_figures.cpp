// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Good in itself; its golden case wants something else (tests/check/wrong_figures).
class Faulty final : public Plugin {
    void declare(Declarations& d) override { d.count("orders_paid", {"订单", "Orders"}, rows("orders")).adding(); }
};

SIYU_PLUGIN(Faulty, "wrong_figures", "1.0.0")
