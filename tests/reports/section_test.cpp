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

// The page of a section whose keys and lists are those.
std::string page_with(const std::string& text, const std::vector<std::string>& keys, const SectionContent& content,
                      Language language = Language::zh) {
    const Catalogue catalogue(language);
    Scorecard card = sample_scorecard();
    Section& section = card.blueprint.sections[0];
    section.template_zh = section.template_en = text;
    section.keys = keys;
    card.sections["care"] = content;
    return html_page(card, Audience::brand, catalogue);
}

Shown shown(const std::string& text) { return {text, {}}; }
Shown shown(Value value, Unit unit) { return {{}, std::pair{std::move(value), unit}}; }

TEST(Section, FiguresAreWrittenAsEveryOtherFigure) {
    SectionContent content;
    content.keys = {
        {"rate", shown(Fraction(1, 3), Unit::ratio)},        {"sum", shown(Value(1'234'567), Unit::money)},
        {"people", shown(Value(12'345), Unit::count)},       {"times", shown(Fraction(5, 2), Unit::multiple)},
        {"none", shown(Gap::no_value, Unit::money)},         {"late", shown(Gap::not_ready, Unit::ratio)},
        {"nowhere", shown(Gap::not_applicable, Unit::count)}};
    const std::string text = "<p>{{rate}}|{{sum}}|{{people}}|{{times}}|{{none}}|{{late}}|{{nowhere}}</p>";
    const std::vector<std::string> keys{"rate", "sum", "people", "times", "none", "late", "nowhere"};
    EXPECT_THAT(page_with(text, keys, content), HasSubstr("<p>33.33%|¥12,345.67|12,345|2.50 倍|–|数据未齐|不适用</p>"));
    EXPECT_THAT(page_with(text, keys, content, Language::en),
                HasSubstr("<p>33.33%|¥12,345.67|12,345|2.50×|–|not ready|not applicable</p>"));
}

TEST(Section, ListsShowARowForEachRowAndSayWhenThereIsNone) {
    const std::string text =
        "<table>{{#guides}}<tr><td>{{name}}</td><td>{{gmv}}</td></tr>{{/guides}}</table>{{^guides}}<p>没有导购</p>{{/"
        "guides}}";
    const std::vector<std::string> keys{"guides.name", "guides.gmv"};
    SectionContent content;
    content.lists["guides"] = {
        {{"name", shown("李<b>梅")}, {"gmv", shown(Value(10'000), Unit::money)}},
        {{"name", shown("王芳")}, {"gmv", shown(Gap::no_value, Unit::money)}},
    };
    const std::string page = page_with(text, keys, content);
    EXPECT_THAT(page, HasSubstr("<table><tr><td>李&lt;b&gt;梅</td><td>¥100.00</td></tr>"
                                "<tr><td>王芳</td><td>–</td></tr></table>"));
    EXPECT_THAT(page, Not(HasSubstr("没有导购")));
    EXPECT_THAT(page_with(text, keys, {}), HasSubstr("<table></table><p>没有导购</p>"));
}

// A key of a row that was not put is empty, and not the page's key of that name.
TEST(Section, ARowDoesNotFallBackOnThePage) {
    const std::vector<std::string> keys{"guides.name", "guides.gmv"};
    SectionContent content;
    content.lists["guides"] = {{{"name", shown("李梅")}}};
    EXPECT_THAT(page_with("<p>{{#guides}}{{name}}:{{gmv}}|{{^gmv}}无{{/gmv}}{{/guides}}</p>", keys, content),
                HasSubstr("<p>李梅:|无</p>"));
    // Keys of the page are there within a row too.
    EXPECT_THAT(page_with("<p>{{#guides}}{{name}} {{tenant}}{{/guides}}</p>", keys, content),
                HasSubstr("<p>李梅 极光母婴</p>"));
}

TEST(Section, AnEmptyTextIsLeftOutByItsSection) {
    SectionContent content;
    content.keys = {{"more", shown("")}, {"note", shown("3 家")}};
    EXPECT_THAT(page_with("<p>a{{#more}}另有 {{more}}{{/more}}{{^more}}没有了{{/more}}{{#note}}，{{note}}{{/note}}</p>",
                          {"more", "note"}, content),
                HasSubstr("<p>a没有了，3 家</p>"));
}

TEST(Section, ADeclaredKeyThatWasNotPutIsRefused) {
    try {
        page_with("<p>{{more}}</p>", {"more"}, {});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "report.error.key");
    }
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

TEST(Section, ListsThatLackTheirDataAreNotShownAsEmpty) {
    const std::string text =
        "<p>{{count}}</p>{{#guides}}<p>{{name}}</p>{{/guides}}{{^guides}}<p>没有导购</p>{{/guides}}";
    SectionContent late;
    late.not_ready = true;
    late.keys = {{"count", shown(Gap::not_ready, Unit::count)}};
    const std::string page = page_with(text, {"count", "guides.name"}, late);
    EXPECT_THAT(page, HasSubstr("数据未齐，本节暂不展示"));
    EXPECT_THAT(page, Not(HasSubstr("没有导购")));
    EXPECT_THAT(page_with("<p>{{count}}</p>", {"count"}, late), HasSubstr("<p>数据未齐</p>"));  // no list, no doubt
    late.not_ready = false;
    EXPECT_THAT(page_with(text, {"count", "guides.name"}, late), HasSubstr("没有导购"));
}

TEST(Section, AHeadingSaysOfWhatItIsOne) {
    EXPECT_EQ(section_markup("x",
                             "<table><thead><tr><th>甲</th></tr></thead>"
                             "<tbody><tr><th>乙</th><th scope=\"col\">丙</th></tr></tbody></table>")
                  .html,
              "<table><thead><tr><th scope=\"col\">甲</th></tr></thead>"
              "<tbody><tr><th scope=\"row\">乙</th><th scope=\"col\">丙</th></tr></tbody></table>");
}

TEST(Section, TextPageShowsTheSameWithoutTags) {
    const Markup markup =
        section_markup("x", "<table><tr><th scope=\"col\">甲</th><td>1 &lt; 2</td></tr></table><p>末<br>行</p>");
    EXPECT_EQ(markup.text, "甲 1 < 2\n末\n行");
}

}  // namespace
}  // namespace siyu
