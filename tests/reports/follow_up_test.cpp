// SPDX-License-Identifier: Apache-2.0
#include "reports/follow_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/compose.hpp"
#include "reports/document_bytes.hpp"
#include "reports/page.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Catalogue& zh() { return catalogue(Language::zh); }
const Day today = *parse_day("2026-11-20");

Document document(const Scorecard& card = sample_scorecard()) { return compose(View(card, Audience::brand, zh())); }

TEST(FollowUp, CorrectionsAreTheFiguresThatDiffer) {
    Scorecard card = sample_scorecard();
    const Document before = document(card);
    EXPECT_TRUE(corrections(before, before).empty());
    figure_of(card, "gmv").value = 123456790;  // one fen
    figure_of(card, "gmv").standing->attainment = Fraction(8, 10);
    figure_of(card, "satisfaction").value = Fraction(9, 10);
    const auto found = corrections(before, document(card));
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].title + found[0].before + found[0].after, "满意度–90.00%");
    EXPECT_EQ(found[1].before + " " + found[1].after, "¥1,234,567.89 ¥1,234,567.90");
    EXPECT_EQ(found[2].title + found[2].before + found[2].after, "GMV（本月至今达成）70.00%80.00%");
}

TEST(FollowUp, AFigureOfOneEditionOnlyIsToldToo) {
    const Document both = document();
    Document fewer = both;
    std::erase_if(fewer.figures, [](const ToldFigure& figure) { return figure.id == "gmv"; });
    auto found = corrections(fewer, both);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].before + "|" + found[0].after, "|¥1,234,567.89");
    found = corrections(both, fewer);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].before + "|" + found[0].after, "¥1,234,567.89|");
}

TEST(FollowUp, NothingAddedChangesNothing) {
    Document made = document();
    add(made, {}, today, zh());
    EXPECT_EQ(write_document(made), write_document(document()));
    FollowUp blank;
    blank.comment = " \r\n\t";
    add(made, blank, today, zh());
    EXPECT_EQ(write_document(made), write_document(document()));
}

TEST(FollowUp, PartsStandBeforeTheOthersAndFiguresStay) {
    FollowUp more;
    more.comment = "第一段\n\n第二段";
    more.author = "李雷";
    more.steps = {{"甲", "王", today - 1, today - 3}, {"乙", "王", today - 1, {}}, {"丙", "王", today, {}}};
    more.objections = {{"GMV", "上周", "不对", "", false}};
    more.edition = 3;
    more.why = "补收订单";
    Document made = document();
    const auto figures = made.figures.size();
    add(made, more, today, zh());
    EXPECT_EQ(made.figures.size(), figures);
    ASSERT_GT(made.parts.size(), 5u);
    EXPECT_EQ(made.parts[0].id + made.parts[1].id + made.parts[2].id + made.parts[3].id,
              "correctionscommentstepsobjections");
    EXPECT_EQ(made.parts[1].title, "本期点评（李雷）");
    EXPECT_EQ(made.parts[1].blocks.size(), 2u);
    const auto& steps = std::get<PageTable>(made.parts[2].blocks.at(0)).rows;
    EXPECT_EQ(steps[0].cells[3].text + steps[1].cells[3].text + steps[2].cells[3].text,
              "已完成（11月17日）已逾期 1 天进行中");
    EXPECT_TRUE(steps[0].cells[3].tone == Tone::good && steps[1].cells[3].tone == Tone::bad);
    ASSERT_EQ(made.marks.size(), 1u);
    EXPECT_THAT(made.marks[0], HasSubstr("第 3 版"));
    for (const std::string& page : {html_page(made, zh()), text_page(made, zh())}) {
        EXPECT_THAT(page, HasSubstr("更正原因：补收订单"));
        EXPECT_THAT(page, HasSubstr("各项指标的数字没有变化"));
        EXPECT_LT(page.find("第 3 版"), page.find("一句话结论"));
    }
    EXPECT_EQ(write_document(read_document(write_document(made))), write_document(made));
}

TEST(FollowUp, AConfirmationIsALineOfItsOwn) {
    FollowUp more;
    more.confirmations = {{"GMV", 3, "2026-11-19", "王<芳>", today}, {"GMV", 3, "2026-11-19", "李雷", today}};
    Document made = document();
    add(made, more, today, zh());
    EXPECT_EQ(made.parts[0].id, "confirmations");
    EXPECT_THAT(
        text_page(made, zh()),
        AllOf(HasSubstr("品牌方已确认 2026-11-19 的 GMV 等 3 项数字（王<芳>，11月20日）。"), HasSubstr("（李雷，")));
    EXPECT_THAT(html_page(made, zh()), AllOf(HasSubstr("王&lt;芳&gt;"), Not(HasSubstr("王<芳>"))));
}

TEST(FollowUp, AReportSentWithoutAllDataIsHeldNoMore) {
    Scorecard card = sample_scorecard();
    card.held = true;
    Document made = document(card);
    EXPECT_THAT(text_page(made, zh()), HasSubstr("请勿外发"));
    FollowUp more;
    more.incomplete = true;
    add(made, more, today, zh());
    for (const std::string& page : {html_page(made, zh()), text_page(made, zh())}) {
        EXPECT_THAT(page, Not(HasSubstr("扣留")));
        EXPECT_THAT(page, HasSubstr("补齐后另发更正版"));
    }
}

}  // namespace
}  // namespace siyu
