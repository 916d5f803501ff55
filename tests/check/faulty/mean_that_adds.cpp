// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Sales a day: says that it adds up over days, which a mean does not.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        const Asked sales = d.measure(total("orders", "amount"));
        d.computed("daily_sales", {"日均销售", "Sales a day"}, Unit::money,
                   [=](const Evaluation& ask) -> std::optional<Fraction> {
                       const auto fen = ask(sales);
                       const siyu_period period = ask.period();
                       return Fraction(fen->num, period.last - period.first + 1);
                   })
            .adding();
    }
};

SIYU_PLUGIN(Faulty, "mean_that_adds", "1.0.0")
