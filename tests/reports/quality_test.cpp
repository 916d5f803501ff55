// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/kpi_json.hpp"
#include "reports/page.hpp"
#include "reports/quality_page.hpp"
#include "reports/quality_words.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

const Catalogue& zh() { return catalogue(Language::zh); }

// A half-empty export, a file with fewer rows for the agency alone, and a row that was set aside.
Scorecard with_findings() {
    Scorecard card = sample_scorecard();
    card.tenant = "aurora";
    Quality fewer{
        Quality::Weight::warning,
        {"quality.fewer_rows",
         {{"fact", "orders"},
          {"file", "订单<1>.csv"},
          {"before", "订单.csv"},
          {"batch_before", "aurora:11"},
          {"holders", "aurora:11"},
          {"dates", "2026-11-12"},
          {"lacking", "1,200"},
          {"rows_before", "3,000"},
          {"rows", "1,800"}}},
        Audience::agency,
        "orders",
        *parse_day("2026-11-12"),
        {{.batch = "aurora:12", .file = "订单<1>.csv"}, {.batch = "aurora:12", .file = "订单<1>.csv", .row = "o77"}}};
    card.quality.push_back(std::move(fewer));
    card.rejected = {{"aurora:12",
                      "订单<1>.csv",
                      "orders",
                      4,
                      {{.batch = "aurora:12",
                        .file = "订单<1>.csv",
                        .line = 1234,
                        .column = "金额",
                        .reason = Note{"quality.all_channels", {}}}}}};
    card.looked = {"movement", "files", "future"};
    return card;
}

TEST(QualityPart, TheAgencyReadsFileRowAndCommandAndTheBrandDoesNot) {
    const Scorecard card = with_findings();
    const std::string agency = html_page(card, Audience::agency, zh()), brand = html_page(card, Audience::brand, zh());
    EXPECT_THAT(agency, HasSubstr("订单&lt;1&gt;.csv（aurora:12）；编号 o77"));
    EXPECT_THAT(agency, HasSubstr("siyu import undo aurora:11"));
    EXPECT_THAT(agency, HasSubstr("第 1,234 行「金额」列：全部渠道"));
    for (const char* own : {"o77", "siyu import undo", "1,234 行「"}) EXPECT_THAT(brand, Not(HasSubstr(own)));
    EXPECT_THAT(text_page(card, Audience::agency, zh()), HasSubstr("编号 o77"));
}

TEST(QualityPage, ListsWhatToDoFirstAndWhatIsFine) {
    const Scorecard card = with_findings();
    const Document document = quality_document(View(card, Audience::agency, zh()));
    ASSERT_EQ(document.parts.size(), 3U);
    EXPECT_EQ(document.parts[0].id + document.parts[1].id + document.parts[2].id, "warningnotefine");
    EXPECT_EQ(document.decisions.size(), 3U);
    const std::string page = html_page(document, zh());
    EXPECT_THAT(page, HasSubstr("siyu import rejects aurora:12"));
    EXPECT_THAT(page, HasSubstr("成员变动对得上、没有未来的日期"));
    EXPECT_THAT(page, Not(HasSubstr("重新导出的文件没有少行")));
    EXPECT_THAT(page, Not(HasSubstr("id=\"figures\"")));
    EXPECT_TRUE(needs_a_look(card));
}

TEST(QualityPage, NothingFoundIsSaidAndNeedsNoLook) {
    Scorecard card = with_findings();
    card.quality = {{Quality::Weight::note, {"quality.refund_without_time", {{"count", "3"}}}, Audience::brand}};
    card.rejected.clear();
    EXPECT_FALSE(needs_a_look(card));
    card.quality.clear();
    const Document document = quality_document(View(card, Audience::agency, zh()));
    EXPECT_TRUE(document.decisions.empty());
    EXPECT_EQ(document.happened, "查了 7 天的数据，没有发现问题。");
    EXPECT_THAT(html_page(document, zh()), HasSubstr("没有要处理的。"));
}

TEST(QualityJson, SaysMoreThanBeforeAndNothingElse) {
    const Scorecard card = with_findings();
    const auto agency = nlohmann::json::parse(kpi_json(card, Audience::agency, zh())).at("data_quality");
    const auto& fewer = agency.back();
    EXPECT_EQ(fewer.at("id"), "quality.fewer_rows");
    EXPECT_EQ(fewer.at("weight"), "warning");
    EXPECT_EQ(fewer.at("date"), "2026-11-12");
    EXPECT_EQ(fewer.at("places").at(1).at("row"), "o77");
    EXPECT_THAT(fewer.at("todo").get<std::string>(), HasSubstr("--tenant aurora"));
    const auto brand = nlohmann::json::parse(kpi_json(card, Audience::brand, zh())).at("data_quality");
    for (const auto& one : brand) EXPECT_FALSE(one.contains("places") || one.contains("todo"));
    const auto all = nlohmann::json::parse(quality_json(View(card, Audience::agency, zh())));
    EXPECT_EQ(all.at("data_quality"), agency);
    EXPECT_EQ(all.at("rejected").at(0).at("first").at(0).at("line"), 1234);
    EXPECT_EQ(all.at("looked").size(), 3U);
}

TEST(QualityWords, FactsAreNamedAsPeopleKnowThem) {
    EXPECT_EQ(told(Note{"quality.missing_together", {{"facts", "orders joins"}, {"date", "2026-11-12"}}}, zh()),
              "2026-11-12 没有这些数据：订单、加粉；此前多数日子都有：请确认是否漏传，否则相关指标会偏低。");
}

}  // namespace
}  // namespace siyu
