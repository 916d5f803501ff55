// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A section that cannot do without orders.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        const Asked orders = d.measure(rows("orders"));
        d.section("orders", {"订单", "Orders"}, {"<p>{{mean}}</p>", "<p>{{mean}}</p>"})
            .fills({"mean"}, [=](const Evaluation& ask, const Texts& put) {
                if (ask(orders)->num == 0) throw Failure(SIYU_FAILED, "there are no orders");
                put.put("mean", "1");
            });
    }
};

SIYU_PLUGIN(Faulty, "fails_when_empty", "1.0.0")
