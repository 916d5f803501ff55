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

}  // namespace
}  // namespace siyu
