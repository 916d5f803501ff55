// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Built against the headers of contract 1.0 for good: says everything that could be said then, and asks it too.
class FrozenCpp final : public Plugin {
    void declare(Declarations& d) override {
        sets(d);
        measures(d);
        d.lines("retention", Fraction(1, 2), std::nullopt, Fraction(9, 10));
        d.staffing(d.settings().positive("members_each_guide", 8'000), Fraction(20));
        d.role("advisor", {"顾问", "Advisor"}, count(members(at_end)), Fraction(500), 2);
        const Asked orders = d.measure(rows("orders")), gmv = d.measure(total("orders", "amount"));
        d.computed("basket", {"客单价", "Basket"}, Unit::money, [=](const Evaluation& e) -> std::optional<Fraction> {
            const auto n = e(orders), money = e(gmv);
            if (!n || !money || *n == Fraction(0)) return std::nullopt;
            return *money / *n;
        });
        d.computed("broken", {"出错", "Broken"}, Unit::count,
                   [](const Evaluation&) -> std::optional<Fraction> { throw Failure(SIYU_FAILED, "said in 1.0"); });
        d.section("own", {"自己的", "Own"}, {"{{hello}} {{basket}}", "{{hello}}"})
            .in(SIYU_WEEKLY)
            .fills({"hello"}, [](const Evaluation& e, const Texts& texts) {
                texts.put("hello", "to day " + std::to_string(e.period().last));
            });
    }

    static void sets(Declarations& d) {
        const Set present = members(at_start) | joined();
        d.ratio("retention", {"留存", "Retention"}, count(members(at_start) & members(at_end)),
                count(members(at_start)))
            .group(service)
            .headline();
        d.ratio("churn", {"流失", "Churn"}, count(present - members(at_end)), count(present)).lower_is_better();
        d.count("everybody", {"人数", "People"},
                count(group_members(at_end) | left() | interacted(where("kind", "live")) | arrived(with("post_id"))));
        d.count("regulars", {"回头客", "Regulars"}, count(at_least(2, bought(trailing(90), lacking("guide_id")))))
            .adding()
            .projected();
    }

    static void measures(Declarations& d) {
        d.money("net", {"净额", "Net"}, total("orders", "amount") - refunds_booked(where("channel", "天猫"))).adding();
        d.ratio("answered", {"首响", "Answered"}, tickets_answered(10), rows("tickets"));
        d.ratio("overdue", {"积压", "Overdue"}, tickets_overdue(48), tickets_due(48)).neither_is_better();
        d.ratio("happy", {"满意", "Happy"}, surveys_satisfied(), rows("surveys"));
        d.ratio("replied", {"回复", "Replied"}, chats_replied(),
                total("guide_days", "chats", with("reply_percentage")));
        d.ratio("diligent", {"达标", "Diligent"}, guide_days_reaching(3, 3, 3), guide_days_allocated());
        d.multiple("leverage", {"人效", "Leverage"}, total("orders", "amount", trailing(30)),
                   guide_cost() + service_fee() + full_time_guides() + 100)
            .agency_only();
        d.count("kocs", {"KOC", "KOCs"}, distinct("posts", "koc_id"));
    }
};

SIYU_PLUGIN(FrozenCpp, "frozen_cpp", "1.0.0")
