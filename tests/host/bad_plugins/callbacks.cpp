// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A good plugin whose callbacks do what the tests ask for.
class Callbacks final : public Plugin {
    void declare(Declarations& d) override {
        const Settings settings = d.settings();
        const auto low = settings.positive_whole("low", 5);
        if (settings.yes("lower", false)) d.staffing(Fraction(low));
        const Asked orders = d.measure(rows("orders")), gmv = d.measure(total("orders", "amount"));
        d.computed("basket", {"客单价", "Basket"}, Unit::money, [=](const Evaluation& e) -> std::optional<Fraction> {
            const auto n = e(orders), money = e(gmv);
            if (!n || !money || *n == Fraction(0)) return std::nullopt;
            return *money / *n;
        });
        d.computed("fails", {"出错", "Fails"}, Unit::count, [](const Evaluation&) -> std::optional<Fraction> {
            throw Failure(SIYU_FAILED, "the moon is wrong");
        });
        d.section("own", {"自己的", "Own"}, {"{{hello}}{{#tenant}}{{last}}{{/tenant}}", "{{hello}}"})
            .fills({"hello"}, [](const Evaluation& e, const Texts& texts) {
                texts.put("hello", "第 " + std::to_string(e.period().last) + " 天");
            });
        d.section("undeclared", {"自己的", "Own"}, {"{{hello}}", "{{hello}}"})
            .fills({"hello"}, [](const Evaluation&, const Texts& texts) { texts.put("goodbye", ""); });
    }
};

SIYU_PLUGIN(Callbacks, "callbacks", "1.0.0")
