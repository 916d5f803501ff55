// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Built without the map of symbols: everybody sees this.
extern "C" SIYU_EXPORT int many_symbols_helper() { return 1; }

class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders_paid", {"订单", "Orders"}, rows("orders") + (many_symbols_helper() - 1));
    }
};

SIYU_PLUGIN(Faulty, "many_symbols", "1.0.0")
