// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A good plugin that uses everything that came with contract 1.1.
class AllOf11 final : public Plugin {
    static constexpr std::int64_t yuan = 100;

    void declare(Declarations& d) override {
        sets(d);
        measures(d);
        const Asked gmv = d.measure(total("orders", "amount"));
        d.computed("yesterday", {"昨日", "Yesterday"}, Unit::money,
                   [=](const Evaluation& e) { return e.over(gmv, e.period().last - 1, e.period().last - 1); });
        d.computed("best_guide", {"最高", "Best"}, Unit::money, [=](const Evaluation& e) {
            std::optional<Fraction> best;
            for (const Part& part : e.split(gmv, "guide_id"))
                if (part.figure && (!best || *best < *part.figure)) best = part.figure;
            return best;
        });
        d.section(
             "guides", {"导购", "Guides"},
             {"<p>{{phase}} {{share}}</p><ul>{{#guides}}<li>{{name}} {{gmv}}</li>{{/guides}}</ul>{{^guides}}<p>无</p>"
              "{{/guides}}",
              "<p>{{phase}} {{share}}</p>{{#guides}}<p>{{name}} {{gmv}}</p>{{/guides}}"})
            .fills({"phase", "share", "guides.name", "guides.gmv"},
                   [=](const Evaluation& e, const Texts& texts) { fill(gmv, e, texts); });
    }

    static void sets(Declarations& d) {
        const auto people = [&](const char* id, const Set& set) { d.count(id, {"人数", "People"}, count(set)); };
        people("big_spenders", spent(10'000 * yuan, trailing(365)));
        people("step", basket(50 * yuan, below(100 * yuan), where("渠道", "天猫")));
        people("kocs_buying", listed("KOC 名册", where("status", "active")) & bought());
        people("pickups_then_full",
               followed(bought(where("path", "pickup")), bought(where("pricing", "full")), 30, trailing(90)));
        people("due_again", bought(trailing(28).ago(7)));
        people("premium_kept", group_members(at_start, where("group_id.tier", "premium")) &
                                   group_members(at_end, where("群ID.群等级", "premium")));
        people("store_members", members(at_end, where("guide_id.store_id", "s1")));
    }

    static void measures(Declarations& d) {
        const auto measure = [&](const char* id, const Measure& above) { d.count(id, {"数", "Number"}, above); };
        measure("core_sales", total("orders", "amount", of(listed("kocs"))));
        measure("core_buyers",
                distinct("orders", "customer_id", of(joined()), with("guide_id.store_id"), trailing(30)));
        measure("core_refunds", refunds_booked(of(listed("kocs"))));
        measure("premium_groups", rows("groups", where("tier", "premium")));
        measure("uplines", distinct("agents", "upline_id"));
        measure("recruits", begun("agents", where("level", "gold"), trailing(30)));
        measure("fed_back", sales_at_origin(where("channel", "抖音")));
        measure("renewed", memberships_renewed(14));
        measure("plan_sales", total("orders", "amount", where("customer_id.plan", "gold")));
    }

    static void fill(Asked gmv, const Evaluation& e, const Texts& texts) {
        texts.put("phase", "第 " + day_text(e.period().last) + " 天");
        texts.put("share", Fraction(1, 3), Unit::ratio);
        const auto parts = e.split(gmv, "guide_id", e.period().first, e.period().last);
        for (const RosterRow& guide : e.roster("store_guides", {"guide_id", "name", "from"})) {
            std::optional<Fraction> sales;
            for (const Part& part : parts)
                if (part.value == guide["guide_id"]) sales = part.figure;
            texts.row("guides", {{"name", guide[1] + guide["from"]}, {"gmv", sales, Unit::money}});
        }
    }
};

SIYU_PLUGIN(AllOf11, "all_of_1_1", "1.0.0")
