// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Never comes back from the section of a brand that has no orders.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        const Asked orders = d.measure(rows("orders"));
        d.section("orders", {"订单", "Orders"}, {"<p>{{n}}</p>", "<p>{{n}}</p>"})
            .fills({"n"}, [=](const Evaluation& ask, const Texts& put) {
                volatile int forever = 1;
                while (ask(orders)->num == 0 && forever) {
                }
                put.put("n", "1");
            });
    }
};

SIYU_PLUGIN(Faulty, "hangs_in_a_section", "1.0.0")
