// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Takes 0 for the ratio of nothing.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        const Asked refunds = d.measure(refunds_booked()), sales = d.measure(total("orders", "amount"));
        d.computed("refund_share", {"退款占比", "Refund share"}, Unit::ratio, [=](const Evaluation& ask) {
            const auto above = ask(refunds), below = ask(sales);
            return above && below && below->num > 0 ? std::optional(Fraction(above->num, below->num)) : Fraction(0);
        });
    }
};

SIYU_PLUGIN(Faulty, "value_of_nothing", "1.0.0")
