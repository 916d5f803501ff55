// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/page.hpp"
#include "reports/section_markup.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_with(const std::string& text, Audience audience = Audience::brand) {
    static const Catalogue zh(Language::zh);
    Scorecard card = sample_scorecard();
    card.blueprint.sections[0].template_zh = text;
    return html_page(card, audience, zh);
}

std::string refusal_of(const std::string& text, Audience audience = Audience::brand) {
    try {
        page_with(text, audience);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::refused);
        EXPECT_TRUE(Catalogue(Language::zh).has(error.note().id)) << error.note().id;
        EXPECT_TRUE(Catalogue(Language::en).has(error.note().id)) << error.note().id;
        return error.note().id;
    }
    return "";
}

TEST(Section, KeysAreFilledWithShownFiguresAndTheSectionsOwnTexts) {
    const std::string page = page_with(
        "<p>{{response_rate_title}} {{response_rate}}，上期 {{response_rate_prev}}；{{phase}}；{{tenant}} "
        "{{first}}–{{last}}</p>");
    EXPECT_THAT(
        page, HasSubstr("<p>首响率 87.00%，上期 80.00%；处于调整期 &lt;50 群&gt;；极光母婴 2026-11-09–2026-11-15</p>"));
    EXPECT_THAT(page, HasSubstr(">育儿服务</h2>"));
}

TEST(Section, PlainTextBecomesParagraphs) {
    EXPECT_THAT(page_with("首响率 {{response_rate}} & 其它\n\n第二段"),
                HasSubstr("<p>首响率 87.00% &amp; 其它</p><p>第二段</p>"));
}

TEST(Section, AnOtherRhythmDoesNotGetIt) {
    Scorecard card = sample_scorecard();
    card.blueprint.sections[0].weekly = false;
    EXPECT_THAT(html_page(card, Audience::brand, Catalogue(Language::zh)), Not(HasSubstr("育儿服务")));
}

TEST(Section, ATemplateThatDoesNotParseIsRefused) {
    EXPECT_EQ(refusal_of("{{#phase}} open"), "report.error.template");
    EXPECT_EQ(refusal_of("{{phase"), "report.error.template");
}

TEST(Section, AKeyThatNobodyProvidesIsRefused) { EXPECT_EQ(refusal_of("{{no_such_kpi}}"), "report.error.key"); }

TEST(Section, AnAgencyKpiCannotStandInASectionForTheBrand) {
    EXPECT_EQ(refusal_of("{{labour_leverage}}"), "report.error.key");
    EXPECT_EQ(refusal_of("{{labour_leverage}}", Audience::agency), "");
}

TEST(Section, UnescapedPartialAndDelimiterTagsAreRefused) {
    for (const char* text : {"{{{phase}}}", "{{& phase}}", "{{> other}}", "{{=<% %>=}}<%phase%>"})
        EXPECT_EQ(refusal_of(text), "report.error.tag") << text;
}

TEST(Section, HtmlThatCouldBreakThePageIsRefused) {
    for (const char* text : {"<script>x</script>", "<img src=\"a\">", "<p style=\"x\">a</p>", "<p>open", "</section>",
                             "<p><ul></p></ul>", "<p", "<td onclick=\"x\">a</td>", "<!-- x -->", "< p>a</p>"})
        EXPECT_EQ(refusal_of(text), "report.error.html") << text;
}

TEST(Section, TextPageShowsTheSameWithoutTags) {
    const Markup markup =
        section_markup("x", "<table><tr><th scope=\"col\">甲</th><td>1 &lt; 2</td></tr></table><p>末<br>行</p>");
    EXPECT_EQ(markup.text, "甲 1 < 2\n末\n行");
}

}  // namespace
}  // namespace siyu
