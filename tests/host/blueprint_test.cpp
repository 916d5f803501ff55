// SPDX-License-Identifier: Apache-2.0
#include "tests/host/fixture.hpp"

namespace siyu {

namespace {

std::string show(const Blueprint& b, SetId id);

std::string window(int days) { return days ? " trailing " + std::to_string(days) : ""; }

std::string show(const std::vector<Filter>& filters) {
    std::string text;
    for (const Filter& filter : filters)
        text += " " + filter.column +
                (filter.test == Filter::Test::equals    ? "=" + filter.value
                 : filter.test == Filter::Test::present ? "+"
                                                        : "-");
    return text;
}

// Expressions as text: (members.start & members.end), total(orders.amount trailing 90).
std::string show(const Blueprint& b, SetId id) {
    const SetNode& n = b.sets.at(static_cast<std::size_t>(id));
    constexpr const char* names[] = {"members", "group_members", "joined", "arrived", "left",   "interacted", "bought",
                                     " & ",     " | ",           " - ",    "spent",   "basket", "listed ",    ""};
    const auto op = static_cast<std::size_t>(n.op);
    if (n.op == SetNode::Op::followed)
        return "(" + show(b, n.left) + " then " + show(b, n.right) + " in " + std::to_string(n.within_days) +
               window(n.trailing_days) + ")";
    if (n.left != none) return "(" + show(b, n.left) + names[op] + show(b, n.right) + ")";
    std::string text = names[op] + n.name;
    if (n.op <= SetNode::Op::group_members) text += n.at_end ? ".end" : ".start";
    if (n.at_least != 1) text += " x" + std::to_string(n.at_least);
    if (n.below != 0) text += " to " + std::to_string(n.below);
    if (n.days_ago != 0) text += " " + std::to_string(n.days_ago) + " ago";
    return text + show(n.filters) + window(n.trailing_days);
}

std::string show_measure(const Blueprint& b, MeasureId id) {
    if (id == none) return "";
    const MeasureNode& n = b.measures.at(static_cast<std::size_t>(id));
    std::string arguments;
    for (const auto argument : n.arguments) arguments += " " + std::to_string(argument);
    std::string rest = arguments + show(n.filters) + window(n.trailing_days);
    if (n.set != none && n.op != MeasureNode::Op::size) rest += " of " + show(b, n.set);
    switch (n.op) {
        case MeasureNode::Op::constant: return n.constant.rounded(0);
        case MeasureNode::Op::total: return n.name + "." + n.column + rest;
        case MeasureNode::Op::distinct: return "distinct " + n.name + "." + n.column + rest;
        case MeasureNode::Op::size: return "|" + show(b, n.set) + "|";
        case MeasureNode::Op::quantity: return n.name + rest;
        case MeasureNode::Op::begun: return "begun " + n.name + rest;
        case MeasureNode::Op::plus: return show_measure(b, n.left) + " + " + show_measure(b, n.right);
        case MeasureNode::Op::minus: return show_measure(b, n.left) + " - " + show_measure(b, n.right);
    }
    return "?";
}

std::string formula(const Blueprint& b, const Kpi& kpi) {
    return show_measure(b, kpi.above) + (kpi.below == none ? "" : " / " + show_measure(b, kpi.below));
}

std::vector<std::string> ids(const Blueprint& blueprint, bool (*wanted)(const Kpi&)) {
    std::vector<std::string> ids;
    for (const Kpi& kpi : blueprint.kpis)
        if (wanted(kpi)) ids.push_back(kpi.id);
    return ids;
}

using testing::ElementsAre;

}  // namespace

TEST(Standard, DeclaresTheWholeCatalogueByGroupWithItsFormulas) {
    const Blueprint b = Plugins({shipped}).blueprint("standard");
    const std::vector<std::pair<std::string, std::string>> catalogue{
        {"diverted_users", "|arrived|"},
        {"diversion_rate", "|arrived| / touches.touches"},
        {"cost_per_user", "touches.cost / |arrived|"},
        {"members", "|members.end|"},
        {"retention_rate", "|(members.start & members.end)| / |members.start|"},
        {"churn_rate", "|((members.start | joined) - members.end)| / |(members.start | joined)|"},
        {"satisfaction", "surveys_satisfied / surveys."},
        {"interaction_rate", "|(interacted & (members.start | joined))| / |(members.start | joined)|"},
        {"group_retention", "|(group_members.start & group_members.end)| / |group_members.start|"},
        {"response_rate", "tickets_answered 10 / tickets."},
        {"backlog_rate", "tickets_overdue 48 / tickets_due 48"},
        {"reply_rate", "chats_replied / guide_days.chats reply_percentage+"},
        {"group_active_rate", "group_days.active_members / group_days.members active_members+"},
        {"guide_333", "guide_days_reaching 3 3 3 / guide_days_allocated"},
        {"gmv", "orders.amount"},
        {"koc_posts", "posts."},
        {"koc_users", "|arrived post_id+|"},
        {"referral_users", "|arrived inviter_id+|"},
        {"net_gmv", "orders.amount - refunds_booked"},
        {"return_rate", "refunds_booked / orders.amount"},
        {"buyers", "|bought|"},
        {"arpu", "orders.amount / |members.end|"},
        {"private_share", "orders.amount / brand_sales.gmv"},
        {"repurchase_30d", "|bought x2 trailing 30| / |bought trailing 30|"},
        {"roi_90d", "orders.amount trailing 90 / touches.cost trailing 90 + service_fee trailing 90"},
        {"koc_active", "distinct posts.koc_id"},
        {"gmv_per_guide", "orders.amount / full_time_guides"},
        {"labour_leverage", "orders.amount / guide_cost"},
    };
    std::vector<std::pair<std::string, std::string>> declared;
    for (const Kpi& kpi : b.kpis) declared.emplace_back(kpi.id, formula(b, kpi));
    EXPECT_EQ(declared, catalogue);
    EXPECT_EQ(b.plugin, "standard");
    EXPECT_EQ(b.version, "1.0.0");
    EXPECT_EQ(b.staffing.members_per_guide, Fraction(25'000));
    EXPECT_EQ(b.staffing.guides_per_operator, Fraction(20));
}

TEST(Standard, FlagsAreThoseOfTheCatalogue) {
    const Blueprint b = Plugins({shipped}).blueprint("standard");
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.adding; }),
                ElementsAre("diverted_users", "gmv", "koc_posts", "koc_users", "referral_users", "net_gmv", "buyers",
                            "arpu", "koc_active", "gmv_per_guide"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.scales_with_traffic; }),
                ElementsAre("diverted_users", "gmv", "koc_users", "referral_users", "net_gmv", "buyers", "arpu",
                            "gmv_per_guide"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.projected; }),
                ElementsAre("diverted_users", "gmv", "koc_posts", "koc_users", "referral_users", "net_gmv"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.headline; }),
                ElementsAre("diverted_users", "members", "retention_rate", "satisfaction", "interaction_rate", "gmv",
                            "koc_posts", "referral_users"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.better == Better::lower; }),
                ElementsAre("cost_per_user", "churn_rate", "backlog_rate", "return_rate"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.audience == Audience::agency; }), ElementsAre("labour_leverage"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.unit == Unit::money; }),
                ElementsAre("cost_per_user", "gmv", "net_gmv", "arpu", "gmv_per_guide"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.unit == Unit::multiple; }),
                ElementsAre("roi_90d", "labour_leverage"));
    EXPECT_THAT(
        ids(b, [](const Kpi& k) { return k.unit == Unit::count; }),
        ElementsAre("diverted_users", "members", "koc_posts", "koc_users", "referral_users", "buyers", "koc_active"));
    EXPECT_THAT(ids(b, [](const Kpi& k) { return k.group == Group::traffic; }),
                ElementsAre("diverted_users", "diversion_rate", "cost_per_user", "members"));
    EXPECT_EQ(b.kpi("gmv")->title_zh, "GMV");
    EXPECT_EQ(b.kpi("churn_rate")->title_zh, "流失率");
}

TEST(Standard, EqualExpressionsAreOneNode) {
    const Blueprint b = Plugins({shipped}).blueprint("standard");
    EXPECT_EQ(b.kpi("gmv")->above, b.kpi("arpu")->above);
    EXPECT_EQ(b.kpi("churn_rate")->below, b.kpi("interaction_rate")->below);
    EXPECT_EQ(b.kpi("diverted_users")->above, b.kpi("cost_per_user")->below);
}

TEST(Pawpaw, AddsToTheCatalogueAndRedefinesInPlace) {
    const Blueprint model = Plugins({shipped}).blueprint("pet_nutrition"), b = Plugins({shipped}).blueprint("pawpaw");
    EXPECT_EQ(b.plugin, "pawpaw");
    ASSERT_EQ(b.kpis.size(), model.kpis.size() + 1);
    EXPECT_EQ(b.kpis.back().id, "regulars_90d");
    EXPECT_EQ(formula(b, b.kpis.back()), "|(bought x2 trailing 90 & members.end)| / |members.end|");
    for (std::size_t i = 0; i < model.kpis.size(); ++i) {
        const Kpi &before = model.kpis[i], &after = b.kpis[i];
        EXPECT_EQ(after.id, before.id);
        EXPECT_EQ(after.title_zh, before.title_zh);
        EXPECT_EQ(after.headline, before.headline);
        if (after.id == "interaction_rate") continue;
        EXPECT_EQ(formula(b, after), formula(model, before));
        EXPECT_EQ(after.declared_by, before.declared_by);
    }
    EXPECT_EQ(b.kpi("interaction_rate")->declared_by, "pawpaw");
    EXPECT_EQ(formula(b, *b.kpi("interaction_rate")),
              "|((interacted kind=private_reply | interacted kind=live) & (members.start | joined))| / "
              "|(members.start | joined)|");
}

TEST(Pawpaw, BringsItsStaffingLinesAndSection) {
    const Blueprint b = Plugins({shipped}).blueprint("pawpaw");
    EXPECT_EQ(b.staffing.members_per_guide, Fraction(8'000));
    EXPECT_EQ(b.staffing.guides_per_operator, Fraction(20));
    const Lines* lines = b.lines_of("repurchase_30d");
    ASSERT_TRUE(lines);
    EXPECT_EQ(lines->normal, Fraction(3, 20));
    EXPECT_EQ(lines->excess, Fraction(1, 4));
    ASSERT_FALSE(b.sections.empty());
    const Section& own = b.sections.back();
    EXPECT_EQ(own.id, "loyalty");
    EXPECT_EQ(own.title_zh, "回购与长期价值");
    EXPECT_FALSE(own.daily);
    EXPECT_TRUE(own.weekly && own.monthly);
    EXPECT_FALSE(own.fill);
    EXPECT_EQ(Plugins({shipped}).blueprint("pawpaw", {{"members_each_guide", "500"}}).staffing.members_per_guide,
              Fraction(500));
}

TEST(VersionOneOne, SetsMeasuresFiltersAndListsArriveAsDeclared) {
    const Blueprint b = Plugins({bad}).blueprint("all_of_1_1");
    const std::vector<std::pair<std::string, std::string>> expected{
        {"big_spenders", "|spent x1000000 trailing 365|"},
        {"step", "|basket x5000 to 10000 channel=天猫|"},
        {"kocs_buying", "|(listed kocs status=active & bought)|"},
        {"pickups_then_full", "|(bought path=pickup then bought pricing=full in 30 trailing 90)|"},
        {"due_again", "|bought 7 ago trailing 28|"},
        {"premium_kept", "|(group_members.start group_id.tier=premium & group_members.end group_id.tier=premium)|"},
        {"store_members", "|members.end guide_id.store_id=s1|"},
        {"core_sales", "orders.amount of listed kocs"},
        {"core_buyers", "distinct orders.customer_id guide_id.store_id+ trailing 30 of joined"},
        {"core_refunds", "refunds_booked of listed kocs"},
        {"premium_groups", "groups. tier=premium"},
        {"uplines", "distinct agents.upline_id"},
        {"recruits", "begun agents level=gold trailing 30"},
        {"fed_back", "sales_at_origin channel=抖音"},
        {"renewed", "memberships_renewed 14"},
        {"plan_sales", "orders.amount customer_id.plan=gold"},
    };
    std::vector<std::pair<std::string, std::string>> declared;
    for (const Kpi& kpi : b.kpis)
        if (!kpi.compute) declared.emplace_back(kpi.id, formula(b, kpi));
    EXPECT_EQ(declared, expected);
    EXPECT_THAT(b.sections.at(0).keys, ElementsAre("phase", "share", "guides.name", "guides.gmv"));
}

TEST(PlainC, DeclaresWithoutTheSdk) {
    const Blueprint b = Plugins({bad}).blueprint("com.acme.plain_c");
    ASSERT_EQ(b.kpis.size(), 1u);
    EXPECT_EQ(formula(b, b.kpis[0]), "orders.");
    EXPECT_TRUE(b.kpis[0].adding && b.kpis[0].projected);
    EXPECT_EQ(b.version, "2.1.0");
}

TEST(Blueprint, MadeTwiceIsTheSame) {
    const Plugins plugins({shipped});
    const Blueprint a = plugins.blueprint("pawpaw"), b = plugins.blueprint("pawpaw");
    EXPECT_EQ(a.sets, b.sets);
    EXPECT_EQ(a.measures, b.measures);
}

}  // namespace siyu
