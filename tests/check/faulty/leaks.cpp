// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Nobody frees what it makes.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        volatile char* memory = new char[100];
        memory[0] = 'x';
        d.count("orders_paid", {"订单", "Orders"}, rows("orders"));
    }
};

SIYU_PLUGIN(Faulty, "leaks", "1.0.0")
