// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "by_value.hpp"
#include "sections.hpp"

using namespace siyu;

// A club whose members pay for being served: one guide for five hundred of them, an answer at once, and what counts is
// whether they pay again.
class Membership final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Settings settings = d.settings();
        const std::int64_t minutes = settings.positive_whole("answer_minutes", 1),
                           grace = settings.days("grace_days", 30);
        const Fraction each_guide = settings.positive("members_each_guide", 500);
        const Set paying = listed("memberships");

        d.count("paying_members", {"付费会员数", "Paying members"}, count(paying)).group(traffic).headline();
        const Set before = listed("memberships", trailing(1).ago(30));
        d.count("joined_30d", {"30 天新增会员", "Members gained in 30 days"}, count(paying - before)).group(traffic);
        d.count("lapsed_30d", {"30 天到期未续会员", "Members lost in 30 days"}, count(before - paying))
            .group(traffic)
            .lower_is_better();
        d.count("memberships_begun", {"新开会籍份数", "Memberships begun"}, begun("memberships"))
            .group(traffic)
            .adding();

        d.ratio("answered_at_once", {"即时应答率", "Answered at once"}, tickets_answered(minutes), rows("tickets"))
            .group(service)
            .headline();
        d.count("usual_reply_minutes", {"平均回复时长（分钟）", "Usual minutes to a reply"}, reply_minutes(),
                total("guide_days", "chats", with("avg_reply_minutes")))
            .group(service)
            .lower_is_better();
        d.count("members_per_guide", {"人均服务会员数", "Paying members per guide"}, count(paying), full_time_guides())
            .group(service)
            .lower_is_better();
        d.lines("members_per_guide", each_guide, std::nullopt, std::nullopt);
        d.staffing(each_guide);

        d.ratio("renewal_rate", {"续费率", "Renewal rate"}, memberships_renewed(grace), memberships_due(grace))
            .headline();
        d.ratio("plan_sales_share", {"会员 GMV 占比", "Paying members' share of GMV"},
                total("orders", "amount", of(paying)), total("orders", "amount"));

        declare_plans(d);
        declare_renewal(d, grace);
        declare_answers(d, minutes);
        declare_guides(d, minutes);
    }
};

SIYU_PLUGIN(Membership, "membership", "1.0.0")
