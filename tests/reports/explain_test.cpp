// SPDX-License-Identifier: Apache-2.0
#include "reports/explain.hpp"

#include <gtest/gtest.h>

#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

std::string explained(const char* kpi, Language language) {
    const Scorecard card = sample_scorecard();
    return explain(*card.blueprint.kpi(kpi), card.blueprint, Catalogue(language));
}

TEST(Explain, FormulasAreReadOffTheBlueprint) {
    EXPECT_EQ(explained("diversion_rate", Language::zh), "新增客户（期内加入且期初不是成员）的人数 ÷ 触达数合计");
    EXPECT_EQ(explained("diversion_rate", Language::en),
              "number of new customers (joined in the period and no member at its start) ÷ touches");
    EXPECT_EQ(explained("retention_rate", Language::zh), "期初成员中同时是期末成员的人数 ÷ 期初成员的人数");
    EXPECT_EQ(explained("churn_rate", Language::zh),
              "（期初成员或加入的客户）中去掉期末成员的人数 ÷ 期初成员或加入的客户的人数");
    EXPECT_EQ(explained("response_rate", Language::zh), "期内提出且 10 分钟内首次响应的问题数 ÷ 提出的服务问题数");
    EXPECT_EQ(explained("net_gmv", Language::zh), "订单付款金额合计 − 期内入账的退款");
    EXPECT_EQ(explained("roi_90d", Language::zh), "近 90 天的订单付款金额合计 ÷ 近 90 天的投放花费合计");
    EXPECT_EQ(explained("referral_users", Language::zh), "新增客户（期内加入且期初不是成员）（有邀请人）的人数");
}

TEST(Explain, SumsBelowTheLineStandInBrackets) {
    Scorecard card = sample_scorecard();
    Kpi kpi = *card.blueprint.kpi("net_gmv");
    kpi.below = kpi.above;
    EXPECT_EQ(explain(kpi, card.blueprint, Catalogue(Language::zh)),
              "（订单付款金额合计 − 期内入账的退款） ÷ （订单付款金额合计 − 期内入账的退款）");
}

TEST(Explain, ACallbackIsNamedWithItsPlugin) {
    Scorecard card = sample_scorecard();
    Kpi kpi = card.blueprint.kpis[0];
    kpi.compute = [](Evaluation&) { return Value(1); };
    EXPECT_EQ(explain(kpi, card.blueprint, Catalogue(Language::zh)), "由插件 standard 的程序计算，没有可展开的公式。");
}

// A blueprint of one KPI, made by hand.
struct Made {
    SetId set(SetNode node) {
        blueprint.sets.push_back(std::move(node));
        return static_cast<SetId>(blueprint.sets.size()) - 1;
    }
    SetId set(SetNode::Op op, std::vector<Filter> filters = {}) {
        SetNode node;
        node.op = op;
        node.filters = std::move(filters);
        return set(std::move(node));
    }
    MeasureNode total(const std::string& fact, const std::string& column = "") {
        MeasureNode node;
        node.op = MeasureNode::Op::total;
        node.name = fact;
        node.column = column;
        return node;
    }
    std::string explained(SetId id, Language language = Language::zh) {
        MeasureNode node;
        node.op = MeasureNode::Op::size;
        node.set = id;
        return explained(node, language);
    }
    std::string explained(const MeasureNode& node, Language language = Language::zh) {
        blueprint.measures = {node};
        Kpi kpi;
        kpi.above = 0;
        return explain(kpi, blueprint, Catalogue(language));
    }
    Blueprint blueprint;
};

TEST(Explain, StepsOfMoneyAreInYuan) {
    Made made;
    SetNode node;
    node.op = SetNode::Op::spent;
    node.at_least = 1'000'050;
    node.trailing_days = 365;
    EXPECT_EQ(made.explained(made.set(node)), "近 365 天的付款合计满 ¥10,000.50 的客户的人数");
    EXPECT_EQ(made.explained(made.set(node), Language::en),
              "number of over 365 days: customers whose orders come to ¥10,000.50 or more");
    node.op = SetNode::Op::basket;
    node.trailing_days = 0;
    node.at_least = 5000;
    node.below = 10000;
    EXPECT_EQ(made.explained(made.set(node)), "平均每单满 ¥50.00、不到 ¥100.00 的客户的人数");
}

TEST(Explain, WindowsThatEndEarlierAndWhatFollows) {
    Made made;
    SetNode node;
    node.op = SetNode::Op::bought;
    node.trailing_days = 28;
    node.days_ago = 7;
    EXPECT_EQ(made.explained(made.set(node)), "截至 7 天前的 28 天内有付款订单的客户的人数");
    EXPECT_EQ(made.explained(made.set(node), Language::en),
              "number of over 28 days up to 7 days ago: customers with a paid order");
    SetNode followed;
    followed.op = SetNode::Op::followed;
    followed.left = made.set(SetNode::Op::bought, {{"path", Filter::Test::equals, "pickup"}});
    followed.right = made.set(SetNode::Op::bought, {{"pricing", Filter::Test::equals, "full"}});
    followed.within_days = 30;
    EXPECT_EQ(
        made.explained(made.set(followed)),
        "先是有付款订单的客户（成交路径为“到店自提”）、之后 30 天内又是有付款订单的客户（价格类型为“正价”）的人数");
}

TEST(Explain, LookedUpColumnsNameBothRosterAndAttribute) {
    Made made;
    EXPECT_EQ(
        made.explained(made.set(SetNode::Op::group_members, {{"group_id.tier", Filter::Test::equals, "premium"}})),
        "期初群成员（群的等级为“优质群”）的人数");
    EXPECT_EQ(
        made.explained(made.set(SetNode::Op::bought, {{"customer_id.plan", Filter::Test::lacking, ""}}), Language::en),
        "number of customers with a paid order (without plan of the customer)");
}

TEST(Explain, RostersAndTheCustomersOfASet) {
    Made made;
    SetNode listed;
    listed.op = SetNode::Op::listed;
    listed.name = "kocs";
    const SetId kocs = made.set(listed);
    EXPECT_EQ(made.explained(kocs), "期末在KOC 名册里的客户的人数");
    MeasureNode sales = made.total("orders", "amount");
    sales.set = kocs;
    EXPECT_EQ(made.explained(sales), "订单付款金额合计（只算期末在KOC 名册里的客户）");
    EXPECT_EQ(made.explained(made.total("memberships")), "会员数");
    EXPECT_EQ(made.explained(made.total("memberships", "price")), "会员的会员费合计");
    MeasureNode begun = made.total("agents");
    begun.op = MeasureNode::Op::begun;
    begun.filters = {{"level", Filter::Test::equals, "省代"}};
    EXPECT_EQ(made.explained(begun), "新增的代理数（代理级别为“省代”）");
    EXPECT_EQ(made.explained(begun, Language::en), "agents that began (level “省代”)");
}

TEST(Explain, EveryQuantityHasASentenceInBothLanguages) {
    Made made;
    for (const Quantity& quantity : quantities()) {
        MeasureNode node;
        node.op = MeasureNode::Op::quantity;
        node.name = quantity.name;
        for (int i = 0; i < quantity.arguments; ++i) node.arguments.push_back(41 + i);
        for (const Language language : {Language::zh, Language::en}) {
            const std::string text = made.explained(node, language);
            EXPECT_NE(text, quantity.name);
            EXPECT_EQ(text.find('{'), std::string::npos) << text;
            for (int i = 0; i < quantity.arguments; ++i)
                EXPECT_NE(text.find(std::to_string(41 + i)), std::string::npos) << text;
        }
    }
}

}  // namespace
}  // namespace siyu
