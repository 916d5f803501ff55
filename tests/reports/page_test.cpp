// SPDX-License-Identifier: Apache-2.0
#include "reports/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "reports/markup.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

const Catalogue& zh() {
    static const Catalogue catalogue(Language::zh);
    return catalogue;
}
const Catalogue& en() {
    static const Catalogue catalogue(Language::en);
    return catalogue;
}

std::string html(const Scorecard& card, Audience audience = Audience::brand) { return html_page(card, audience, zh()); }
std::string text(const Scorecard& card, Audience audience = Audience::brand) { return text_page(card, audience, zh()); }

std::string without_tags(const std::string& page) {
    return std::regex_replace(page.substr(page.find("<body>")), std::regex("<[^>]*>"), " ");
}

// Every number of the page, as it is written there.
std::set<std::string> numbers_in(const std::string& page) {
    std::set<std::string> numbers;
    const std::regex number("[0-9][0-9,]*(\\.[0-9]+)?%?");
    for (std::sregex_iterator it(page.begin(), page.end(), number), end; it != end; ++it) numbers.insert(it->str());
    return numbers;
}

TEST(Page, SameInputSameBytesAndSamplesLieInTheBuildFolder) {
    const std::filesystem::path folder = std::filesystem::path(SIYU_BINARY_DIR) / "sample-pages";
    std::filesystem::create_directories(folder);
    for (const Catalogue* catalogue : {&zh(), &en()})
        for (const Audience audience : {Audience::brand, Audience::agency}) {
            const Scorecard card = sample_scorecard(), again = sample_scorecard();
            const std::string page = html_page(card, audience, *catalogue),
                              plain = text_page(card, audience, *catalogue);
            EXPECT_EQ(page, html_page(again, audience, *catalogue));
            EXPECT_EQ(plain, text_page(again, audience, *catalogue));
            const std::string name =
                std::string(to_string(catalogue->language())) + (audience == Audience::brand ? "-brand" : "-agency");
            std::ofstream(folder / (name + ".html"), std::ios::binary) << page;
            std::ofstream(folder / (name + ".txt"), std::ios::binary) << plain;
        }
}

TEST(Page, EveryFigureOfTheHtmlPageIsInTheTextPage) {
    for (const Audience audience : {Audience::brand, Audience::agency}) {
        const std::set<std::string> in_text = numbers_in(text(sample_scorecard(), audience));
        std::set<std::string> in_html = numbers_in(without_tags(html(sample_scorecard(), audience)));
        in_html.erase("39");  // of &#39;
        EXPECT_GT(in_html.size(), 100u);
        for (const std::string& number : in_html) EXPECT_TRUE(in_text.contains(number)) << number;
    }
}

TEST(Page, PartsStandInTheAgreedOrder) {
    const std::string page = html(sample_scorecard());
    std::size_t at = 0;
    for (const char* heading :
         {"环比基准", "一句话结论", "核心指标", "育儿服务", "指标总表", "成员变动", "渠道流量与甲方承诺", "预测表达成",
          "服务质量", "经营结果", "导购与人员配置", "数据质量", "指标口径"}) {
        const std::size_t next = page.find(">" + std::string(heading), at);
        ASSERT_NE(next, std::string::npos) << heading;
        at = next;
    }
}

TEST(Page, PeriodAndComparisonAreNamedWithDates) {
    const std::string page = html(sample_scorecard());
    EXPECT_THAT(page, HasSubstr("2026年11月9日（周一）至11月15日（周日）"));
    EXPECT_THAT(page, HasSubstr("环比基准：上周，2026年11月2日（周一）至11月8日（周日）"));
    EXPECT_THAT(html_page(sample_scorecard(), Audience::brand, en()), HasSubstr("Mon 9 Nov to Sun 15 Nov 2026"));
}

TEST(Page, BrandNeverSeesCostMarginFeeOrLeverage) {
    for (const std::string& page : {html(sample_scorecard()), text(sample_scorecard())}) {
        // Costs of guides, labour cost, fee, margin, leverage, and the note for the agency.
        for (const char* secret : {"2,100.00", "987.65", "3,087.65", "7,000.00", "3,912.35", "8.71", "人效", "毛利",
                                   "服务费", "人力成本", "1.25"})
            EXPECT_THAT(page, Not(HasSubstr(secret))) << secret;
        EXPECT_THAT(page, HasSubstr("12,345.67"));  // what the brand itself paid for traffic
    }
    for (const std::string& page :
         {html(sample_scorecard(), Audience::agency), text(sample_scorecard(), Audience::agency)})
        for (const char* figure : {"2,100.00", "987.65", "3,087.65", "7,000.00", "3,912.35", "8.71", "1.25"})
            EXPECT_THAT(page, HasSubstr(figure)) << figure;
}

TEST(Page, AKpiMadeOfGuideCostIsForTheAgencyEvenWhenItsPluginForgotToSaySo) {
    Scorecard card = sample_scorecard();
    for (Kpi& kpi : card.blueprint.kpis) kpi.audience = Audience::brand;
    EXPECT_THAT(html(card), Not(HasSubstr("人效")));
    EXPECT_THAT(html(card, Audience::agency), HasSubstr("人效"));
}

TEST(Page, SectionsAndRosterFilesOfTheAgencyAreLeftOutForTheBrand) {
    Scorecard card = sample_scorecard();
    card.blueprint.sections[0].audience = Audience::agency;
    card.rejected.push_back({"18", "导购分配.csv", "allocations", 2});
    EXPECT_THAT(html(card), Not(HasSubstr("育儿服务")));
    EXPECT_THAT(html(card), Not(HasSubstr("导购分配.csv")));
    EXPECT_THAT(html(card, Audience::agency), HasSubstr("育儿服务"));
    EXPECT_THAT(html(card, Audience::agency), HasSubstr("导购分配.csv"));
}

TEST(Page, HtmlInNamesIsText) {
    Scorecard card = sample_scorecard();
    card.tenant_name = "<script>alert('x')</script>&\"";
    card.kocs[0].name = "<img src=x onerror=1>";
    card.quality[1].note.with[0].second = "<b>";
    card.blueprint.kpis[0].title_zh = "<u>导流</u>";
    const std::string page = html(card);
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
    EXPECT_THAT(page, HasSubstr("抖音&lt;b&gt;店&lt;/b&gt;"));
    EXPECT_THAT(page, HasSubstr("处于调整期 &lt;50 群&gt;"));
    for (const char* tag : {"<script", "<img", "<b>店", "<u>", "<i>"}) EXPECT_THAT(page, Not(HasSubstr(tag)));
    const std::string plain = text(card);
    EXPECT_THAT(plain, HasSubstr("<script>alert('x')</script>&\""));
    EXPECT_THAT(plain, HasSubstr("处于调整期 <50 群>"));
    EXPECT_THAT(plain, Not(HasSubstr("&lt;")));
    EXPECT_THAT(plain, Not(HasSubstr("&amp;")));
}

TEST(Page, MustacheInNamesIsText) {
    Scorecard card = sample_scorecard();
    card.kocs[0].name = "{{{css}}}{{gmv}}";
    EXPECT_THAT(html(card), HasSubstr("{{{css}}}{{gmv}}"));
    EXPECT_THAT(text(card), HasSubstr("{{{css}}}{{gmv}}"));
}

TEST(Page, ControlAndDirectionCharactersOfNamesAreTakenOut) {
    Scorecard card = sample_scorecard();
    card.kocs[0].name =
        "a\x01\xE2\x80\xAE"
        "b\nc";
    EXPECT_THAT(html(card), HasSubstr(">ab c<"));
    EXPECT_THAT(text(card), HasSubstr("ab c"));
}

TEST(Page, NothingIsLoadedAndNothingRuns) {
    const std::string page = html(sample_scorecard(), Audience::agency);
    for (const char* what : {"http:", "https:", "<script", "<link", "url(", "@import", "src="})
        EXPECT_THAT(page, Not(HasSubstr(what))) << what;
    EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
    EXPECT_THAT(html_page(sample_scorecard(), Audience::brand, en()), HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Page, EveryPictureHasATextAlternative) {
    const std::string page = html(sample_scorecard());
    std::size_t pictures = 0;
    for (std::size_t at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1)) {
        ++pictures;
        const std::string head = page.substr(at, 900);
        EXPECT_THAT(head, HasSubstr("role=\"img\""));
        EXPECT_TRUE(std::regex_search(
            head, std::regex("<title id=\"chart[0-9]+t\">[^<]+</title><desc id=\"chart[0-9]+d\">[^<]+</desc>")))
            << head;
    }
    EXPECT_GT(pictures, 15u);
}

TEST(Page, GapsAreWordsAndNeverZero) {
    Scorecard card = sample_scorecard();
    figure_of(card, "gmv").value = Gap::not_ready;
    figure_of(card, "roi_90d").value = Gap::not_applicable;
    const std::string plain = text(card);
    EXPECT_THAT(plain, HasSubstr("GMV  数据未齐"));
    EXPECT_THAT(plain, HasSubstr("GMV 数据未齐"));  // in the sentence
    EXPECT_THAT(plain, HasSubstr("不适用"));
    EXPECT_TRUE(std::regex_search(plain, std::regex("满意度 +–"))) << plain;
}

TEST(Page, AGapInACourseIsAGapInTheLine) {
    Scorecard card = sample_scorecard();
    std::vector<Value>& series = figure_of(card, "diverted_users").series;
    series.assign(30, Value(Gap::not_ready));
    series[0] = 5;
    series[1] = 6;
    series[3] = 7;
    const std::string page = html(card);
    const std::string chart =
        page.substr(page.find("<svg class=\"chart\""),
                    page.find("</svg>", page.find("<svg class=\"chart\"")) - page.find("<svg class=\"chart\""));
    EXPECT_THAT(chart, HasSubstr("其中 27 天没有数据"));
    EXPECT_EQ(chart.find("polyline"), chart.rfind("polyline"));  // one run of two days, then a dot
    EXPECT_THAT(chart, HasSubstr("<circle"));
}

TEST(Page, EmptyPartsSaySoAndShowNoEmptyTable) {
    Scorecard card = sample_scorecard();
    card.kocs.clear();
    card.guides.clear();
    card.commitments.clear();
    card.breakdowns.clear();
    card.quality.clear();
    card.rejected.clear();
    card.missing_days.clear();
    for (Figure& figure : card.figures) figure.standing.reset();
    const std::string page = html(card);
    for (const char* sentence :
         {"本周没有 KOC 发布。", "本周没有分配到本品牌的导购。", "本月没有登记甲方承诺", "本期没有触达和导流数据。",
          "本周没有成交。", "2026年11月没有预测表", "没有发现数据问题"})
        EXPECT_THAT(page, HasSubstr(sentence)) << sentence;
    EXPECT_THAT(page, Not(HasSubstr("</thead>\n</table>")));
}

TEST(Page, AnEmptyScorecardIsStillAPage) {
    Scorecard card;
    card.tenant = "new";
    card.period = period_of(Rhythm::daily, *parse_day("2026-11-15"));
    card.compared_with = previous(card.period);
    EXPECT_THAT(html(card), HasSubstr("没有可以展示的指标。"));
    EXPECT_THAT(text(card, Audience::agency), HasSubstr("还没有成员"));
}

TEST(Page, AHeldReportSaysSoBeforeAnythingElse) {
    Scorecard card = sample_scorecard();
    EXPECT_THAT(html(card), Not(HasSubstr("已扣留")));
    card.held = true;
    const std::string page = html(card);
    EXPECT_LT(page.find("已扣留，请勿外发"), page.find("一句话结论"));
}

TEST(Page, MovementAddsUpOrTheReportSaysItDoesNot) {
    Scorecard card = sample_scorecard();
    EXPECT_THAT(text(card), HasSubstr("期初 20,000 人 + 加入 1,234 人 − 离开 221 人 = 期末 21,013 人。"));
    card.movement.closing = 21000;
    EXPECT_THAT(text(card), HasSubstr("推算期末应为 21,013 人，实际为 21,000 人"));
}

TEST(Page, ATableCutAtTwentyRowsSaysHowManyAreLeftOutAndWhere) {
    Scorecard card = sample_scorecard();
    for (int i = 0; i < 23; ++i)
        card.breakdowns["gmv"]["category"]["类目" + std::to_string(100 + i)] = Fraction(100000 - i);
    const std::string page = html(card);
    EXPECT_THAT(page, HasSubstr("共 23 行，此处只列前 20 行，其余 3 行可向代运营索取"));
    EXPECT_THAT(html_page(card, Audience::agency, zh()), HasSubstr("其余 3 行可用 siyu kpi --json 查看"));
    EXPECT_THAT(page, HasSubstr("类目119"));
    EXPECT_THAT(page, Not(HasSubstr("类目120")));
    EXPECT_THAT(page, HasSubstr("22,997.47"));  // the total is of all 23: 2,300,000 - 253 fen
}

TEST(Page, ShortfallIsSplitBetweenBrandAndAgency) {
    const std::string plain = text(sample_scorecard());
    EXPECT_THAT(plain, HasSubstr("¥660,000.00"));
    EXPECT_THAT(plain, HasSubstr("¥702,000.00"));
    EXPECT_THAT(plain, HasSubstr("70.00% (低于保底)"));
}

TEST(Page, TextLinesFitAndBlankRunsAreShort) {
    for (const Catalogue* catalogue : {&zh(), &en()}) {
        const std::string page = text_page(sample_scorecard(), Audience::agency, *catalogue);
        EXPECT_THAT(page, Not(HasSubstr("\n\n\n\n")));
        std::istringstream lines(page);
        for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), 100) << line;
    }
}

TEST(Page, ANameOfFourThousandBytesBreaksNeitherPage) {
    Scorecard card = sample_scorecard();
    card.kocs[0].name = std::string(4096, 'x');
    std::istringstream lines(text(card));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), 100);
    EXPECT_THAT(html(card), HasSubstr(std::string(4096, 'x')));
}

}  // namespace
}  // namespace siyu
