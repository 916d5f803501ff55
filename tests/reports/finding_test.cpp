// SPDX-License-Identifier: Apache-2.0
#include "reports/finding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/page.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Finding finding_of(const Scorecard& card) {
    static const Catalogue zh(Language::zh);
    return find_out(View(card, Audience::brand, zh));
}

// Nothing that anybody would have to decide about.
Scorecard calm() {
    Scorecard card = sample_scorecard();
    card.missing_days.clear();
    card.quality.clear();
    card.delivery_factor = Fraction(1);
    card.staffing.allocated = Fraction(2);
    figure_of(card, "gmv").standing->floor_breached = false;
    figure_of(card, "gmv").standing->line = Line::normal;
    return card;
}

TEST(Finding, SaysTheMainFiguresTheirChangeAndWhatDroveThem) {
    EXPECT_EQ(finding_of(sample_scorecard()).happened,
              "本周导流用户数 1,234（环比 ▲ +12.2%，天猫占 51.9%）；GMV ¥123.5\u00A0万（环比 ▼ −5.0%，天猫占 59.5%）；"
              "其余指标中变化最大：KOC 分发 0（▼ −100.0% 转差）；导流率已达超额线。");
}

TEST(Finding, ABreachOfTheFloorNamesWhoseShortfallItIs) {
    EXPECT_THAT(finding_of(sample_scorecard()).decisions,
                Contains(HasSubstr("GMV 本月至今只达成应达的 70.0%，低于保底线，需商定补救办法：缺口中甲方 "
                                   "¥66.0\u00A0万（承诺的流量未到位），代运营 ¥70.2\u00A0万")));
    Scorecard card = sample_scorecard();
    figure_of(card, "gmv").standing->client_gap = 0;
    EXPECT_THAT(finding_of(card).decisions, Contains(HasSubstr("缺口 ¥70.2\u00A0万 属代运营")));
}

TEST(Finding, MissingDataIsADecisionAndAGapIsNamedAsOne) {
    Scorecard card = sample_scorecard();
    figure_of(card, "gmv").value = Gap::not_ready;
    card.held = true;
    const Finding finding = finding_of(card);
    EXPECT_THAT(finding.happened, HasSubstr("GMV 数据未齐"));
    EXPECT_THAT(finding.decisions[0], HasSubstr("报告已扣留"));
    EXPECT_THAT(finding.decisions[1], HasSubstr("11月12日 的必需数据未到"));
}

TEST(Finding, NothingToDecideOnlyWhenNothingIs) {
    EXPECT_THAT(finding_of(calm()).decisions, IsEmpty());
    for (const auto& spoil : std::vector<std::function<void(Scorecard&)>>{
             [](Scorecard& card) { card.quality = sample_scorecard().quality; },
             [](Scorecard& card) { card.missing_days = {Day{20000}}; }, [](Scorecard& card) { card.held = true; },
             [](Scorecard& card) { card.delivery_factor = Fraction(99, 100); },
             [](Scorecard& card) { card.movement.closing += 1; },
             [](Scorecard& card) { card.staffing.allocated = Fraction(1); },
             [](Scorecard& card) { figure_of(card, "retention_rate").standing->line = Line::fail; },
             [](Scorecard& card) { figure_of(card, "gmv").standing->floor_breached = true; }}) {
        Scorecard card = calm();
        spoil(card);
        EXPECT_EQ(finding_of(card).decisions.size(), 1u);
    }
}

TEST(Finding, WithoutForecastTheSentenceDoesNotClaimThatAllIsWell) {
    Scorecard card = calm();
    const Catalogue zh(Language::zh);
    EXPECT_THAT(html_page(card, Audience::brand, zh), HasSubstr("有预测的指标都在保底线以上"));
    for (Figure& figure : card.figures) figure.standing.reset();
    EXPECT_THAT(html_page(card, Audience::brand, zh), Not(HasSubstr("保底线以上")));
}

TEST(Finding, AFigureFromZeroIsNoRise) {
    Scorecard card = calm();
    figure_of(card, "diverted_users").prev = 0;
    EXPECT_THAT(finding_of(card).happened, HasSubstr("导流用户数 1,234（上周为 0，天猫占 51.9%）"));
}

}  // namespace
}  // namespace siyu
