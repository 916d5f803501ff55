// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

// One plugin as it was and as it became: FORMULA and VERSION come from the build.
class Shop final : public siyu::Plugin {
    void declare(siyu::Declarations& d) override {
        d.count("paid_orders", {"付款订单", "Paid orders"}, FORMULA);
        d.money("sales", {"销售额", "Sales"}, siyu::total("orders", "amount"));
    }
};
SIYU_PLUGIN(Shop, "shop", VERSION)
