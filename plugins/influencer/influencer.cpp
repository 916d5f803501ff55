// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <siyu/plugin.hpp>

#include "kocs.hpp"
#include "sections.hpp"

using namespace siyu;

// The shop of somebody whom people follow: its best customers become KOCs, each leads groups, and the department
// answers for its members and what they buy, not for the GMV of the channel.
class Influencer final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Settings settings = d.settings();
        const auto year = window(settings, "candidate_days", 365);
        // Over so many orders and over so many yuan: exactly so many is not over.
        const std::int64_t orders = std::min<std::int64_t>(settings.whole("candidate_orders", 5), 1'000'000);
        const Set best = at_least(orders + 1, bought(year)) &
                         spent((settings.positive("candidate_yuan", 10'000) * Fraction(100)).floor() + 1, year);
        const auto lately = window(settings, "active_days", 30);
        const Set candidates = (best & interacted(lately) & members(at_end)) - listed("kocs");

        kocs(d, candidates, lately);
        members_and_sales(d, settings, lately);
        d.ratio("best_in", {"核心客户入私域率", "Best customers who are members"}, count(best & members(at_end)),
                count(best));
        d.lines("best_in", Fraction(70, 100), Fraction(80, 100), std::nullopt);
        refunds(d, window(settings, "refund_days", 90));
        d.lines("diversion_rate", Fraction(3, 100), std::nullopt, Fraction(15, 100));

        declare_bench(d, d.measure(count(candidates)));
        declare_koc_groups(d);
        declare_ranking(d);
        declare_diversion(d);
    }

    static Trailing window(const Settings& settings, const char* key, std::int64_t fallback) {
        return trailing(static_cast<std::uint32_t>(settings.days(key, fallback)));
    }

    static void kocs(Declarations& d, const Set& candidates, Trailing lately) {
        d.count("koc_candidates", {"KOC 候选人数", "KOC candidates"}, count(candidates));
        d.ratio("koc_activity", {"KOC 发帖率", "Active KOCs who posted"},
                distinct("posts", "koc_id", where("koc_id.status", "active"), lately),
                rows("kocs", where("status", "active")))
            .group(service);
        d.role("premium_kocs", {"核心群 KOC", "KOCs of premium groups"}, rows("groups", where("tier", "premium")), 1);
        d.role("regular_kocs", {"普通群 KOC", "KOCs of regular groups"}, rows("groups", where("tier", "regular")),
               d.settings().positive("groups_each_koc", 4));
    }

    static void members_and_sales(Declarations& d, const Settings& settings, Trailing lately) {
        const Set now = members(at_end);
        d.ratio("activity_rate", {"成员活跃率", "Member activity rate"},
                count((interacted(lately) | bought(lately)) & now), count(now))
            .group(service)
            .headline();
        d.lines("activity_rate", Fraction(30, 100), Fraction(35, 100), Fraction(40, 100));

        const auto long_ago = window(settings, "churn_days", 548);
        const Set ever = members(at_start, long_ago) | joined(long_ago);
        d.ratio("long_churn", {"18 个月流失率", "Churn in 18 months"}, count(ever - now), count(ever))
            .group(service)
            .lower_is_better();
        d.lines("long_churn", Fraction(50, 100), Fraction(20, 100), std::nullopt);

        d.money("gmv", {"GMV", "GMV"}, total("orders", "amount")).adding().scales_with_traffic().projected();
        const Measure net = total("orders", "amount", of(now)) - refunds_booked(of(now));
        d.money("member_net_sales", {"成员净销售额", "Net sales to members"}, net)
            .adding()
            .scales_with_traffic()
            .projected()
            .headline();
        d.ratio("net_private_share", {"成员净销售占比", "Members' share of net sales"}, net,
                total("brand_sales", "gmv"))
            .headline();
        d.lines("net_private_share", Fraction(35, 100), std::nullopt, Fraction(50, 100));
    }

    // Core members are those of premium groups; everybody else who bought is compared with them.
    static void refunds(Declarations& d, Trailing lately) {
        const Set core = group_members(at_end, where("group_id.tier", "premium"));
        const Measure core_back = refunds_booked(lately, of(core)),
                      core_sold = total("orders", "amount", lately, of(core)),
                      back = refunds_booked(lately) - core_back, sold = total("orders", "amount", lately) - core_sold;
        d.ratio("core_refund_rate", {"核心成员退款率", "Refund rate of core members"}, core_back, core_sold)
            .lower_is_better();
        d.ratio("other_refund_rate", {"其他客户退款率", "Refund rate of others"}, back, sold).lower_is_better();
        const Asked a = d.measure(core_back), b = d.measure(core_sold), x = d.measure(back), y = d.measure(sold);
        d.computed("core_refund_advantage", {"核心成员退款率优势", "How much lower the refund rate of core members is"},
                   Unit::ratio, [=](const Evaluation& e) -> std::optional<Fraction> {
                       const auto of_core = e(a), by_core = e(b), of_others = e(x), by_others = e(y);
                       if (!of_core || !by_core || !of_others || !by_others) return std::nullopt;
                       if (*by_core <= Fraction(0) || *by_others <= Fraction(0) || *of_others <= Fraction(0))
                           return std::nullopt;  // nothing to be lower than
                       return Fraction(1) - *of_core / *by_core / (*of_others / *by_others);
                   });
        d.lines("core_refund_advantage", Fraction(10, 100), std::nullopt, Fraction(20, 100));
    }
};

SIYU_PLUGIN(Influencer, "influencer", "1.0.0")
