// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Uses a library that the program happens to have, and is not linked to it.
extern "C" int sqlite3_libversion_number();

class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders_paid", {"订单", "Orders"}, rows("orders") + (sqlite3_libversion_number() > 0 ? 0 : 1));
    }
};

SIYU_PLUGIN(Faulty, "borrows", "1.0.0")
