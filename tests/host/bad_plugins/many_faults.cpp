// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Each line is wrong; all of them are told at once.
class ManyFaults final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        d.count("Bad Id", {"订单数", "Orders"}, rows("orders"));
        d.count("untitled", {"", "Orders"}, rows("orders"));
        d.count("wrong_fact", {"订单数", "Orders"}, rows("order"));
        d.count("wrong_column", {"订单数", "Orders"}, total("orders", "amout"));
        d.count("not_summed", {"订单数", "Orders"}, total("orders", "channel"));
        d.count("plan", {"预测行", "Forecast rows"}, rows("forecast"));
        d.count("wrong_filter", {"订单数", "Orders"}, rows("orders", where("chanel", "天猫")));
        d.count("wrong_word", {"订单数", "Orders"}, rows("orders", where("path", "teleport")));
        d.count("wrong_quantity", {"工单", "Tickets"}, quantity("tickets_answerd", {10}));
        d.count("wrong_arguments", {"工单", "Tickets"}, quantity("tickets_answered"));
        d.count("often", {"人数", "People"}, siyu::count(at_least(2, joined())));
        d.count("ages", {"人数", "People"}, siyu::count(bought(trailing(100'000))));
        d.ratio("no_below", {"比率", "Ratio"}, rows("orders"), rows("orders")).projected();
        d.redefine("gmw", total("orders", "amount"));
        d.redefine("retention_rate", rows("orders"));
        d.lines("gmw", 1, 2, 3);
        d.lines("gmv", 3, 2, 1);
        d.lines("churn_rate", Fraction(1, 10), Fraction(5, 100), Fraction(1, 100));
        d.staffing(0);
        d.role("koc", {"KOC", "KOC"}, rows("orders"), Fraction(-1));
        d.section("open", {"分节", "Section"}, {"{{#gmv}}", "{{gmv}}"});
        d.section("raw", {"分节", "Section"}, {"{{{gmv}}}", "{{&gmv}}"});
        d.section("strange", {"分节", "Section"}, {"{{gmw}}", "{{>gmv}}"});
        d.section("secret", {"分节", "Section"}, {"{{labour_leverage}}", "{{gmv}}"});
        d.section("keyless", {"分节", "Section"}, {"{{own}}", "{{own}}"}).fills({"own"}, nullptr);
    }
};

SIYU_PLUGIN(ManyFaults, "many_faults", "1.0.0")
