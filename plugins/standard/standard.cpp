// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// The catalogue that every brand gets and that client plugins extend: traffic, service, result.
class Standard final : public Plugin {
    void declare(Declarations& d) override {
        traffic_kpis(d);
        service_kpis(d);
        result_kpis(d);
        d.staffing(25'000, Fraction(20));
    }

    static void traffic_kpis(Declarations& d) {
        d.count("diverted_users", {"导流用户数", "Users brought in"}, count(arrived()))
            .group(traffic)
            .adding()
            .scales_with_traffic()
            .projected()
            .headline();
        d.ratio("diversion_rate", {"导流率", "Diversion rate"}, count(arrived()), total("touches", "touches"))
            .group(traffic);
        d.money("cost_per_user", {"单客成本", "Cost per user"}, total("touches", "cost"), count(arrived()))
            .group(traffic)
            .lower_is_better();
        d.count("members", {"私域成员数", "Members"}, count(members(at_end))).group(traffic).headline();
    }

    static void service_kpis(Declarations& d) {
        const Set present = members(at_start) | joined();
        d.ratio("retention_rate", {"留存率", "Retention rate"}, count(members(at_start) & members(at_end)),
                count(members(at_start)))
            .group(service)
            .headline();
        d.ratio("churn_rate", {"流失率", "Churn rate"}, count(present - members(at_end)), count(present))
            .group(service)
            .lower_is_better();
        d.ratio("satisfaction", {"满意度", "Satisfaction"}, surveys_satisfied(), rows("surveys"))
            .group(service)
            .headline();
        d.ratio("interaction_rate", {"互动率", "Interaction rate"}, count(interacted() & present), count(present))
            .group(service)
            .headline();
        d.ratio("group_retention", {"群留存", "Group retention"},
                count(group_members(at_start) & group_members(at_end)), count(group_members(at_start)))
            .group(service);
        d.ratio("response_rate", {"首响率", "First response rate"}, tickets_answered(10), rows("tickets"))
            .group(service);
        d.ratio("backlog_rate", {"积压率", "Backlog rate"}, tickets_overdue(48), tickets_due(48))
            .group(service)
            .lower_is_better();
        d.ratio("reply_rate", {"聊天回复率", "Chat reply rate"}, chats_replied(),
                total("guide_days", "chats", with("reply_percentage")))
            .group(service);
        d.ratio("group_active_rate", {"群活跃率", "Group activity rate"}, total("group_days", "active_members"),
                total("group_days", "members", with("active_members")))
            .group(service);
        d.ratio("guide_333", {"3+3+3 达标率", "3+3+3 rate"}, guide_days_reaching(3, 3, 3), guide_days_allocated())
            .group(service);
    }

    static void result_kpis(Declarations& d) {
        const Measure gmv = total("orders", "amount");
        const Set recent = bought(trailing(30));
        d.money("gmv", {"GMV", "GMV"}, gmv).adding().scales_with_traffic().projected().headline();
        d.count("koc_posts", {"KOC 分发", "KOC posts"}, rows("posts")).adding().projected().headline();
        d.count("koc_users", {"KOC 带来用户", "Users from KOCs"}, count(arrived(with("post_id"))))
            .adding()
            .scales_with_traffic()
            .projected();
        d.count("referral_users", {"老带新", "Referred users"}, count(arrived(with("inviter_id"))))
            .adding()
            .scales_with_traffic()
            .projected()
            .headline();
        d.money("net_gmv", {"净 GMV", "Net GMV"}, gmv - refunds_booked()).adding().scales_with_traffic().projected();
        d.ratio("return_rate", {"退款率", "Refund rate"}, refunds_booked(), gmv).lower_is_better();
        d.count("buyers", {"成交客户数", "Buyers"}, count(bought())).adding().scales_with_traffic();
        d.money("arpu", {"人均贡献", "GMV per member"}, gmv, count(members(at_end))).adding().scales_with_traffic();
        d.ratio("private_share", {"私域占比", "Private share"}, gmv, total("brand_sales", "gmv"));
        d.ratio("repurchase_30d", {"30 天复购率", "30-day repurchase rate"}, count(at_least(2, recent)), count(recent));
        d.multiple("roi_90d", {"90 天 ROI", "90-day ROI"}, total("orders", "amount", trailing(90)),
                   total("touches", "cost", trailing(90)) + service_fee(trailing(90)));
        d.count("koc_active", {"活跃 KOC", "Active KOCs"}, distinct("posts", "koc_id")).adding();
        d.money("gmv_per_guide", {"人均产出", "GMV per guide"}, gmv, full_time_guides()).adding().scales_with_traffic();
        d.multiple("labour_leverage", {"人效", "GMV per labour cost"}, gmv, guide_cost()).agency_only();
    }
};

SIYU_PLUGIN(Standard, "standard", "1.0.0")
