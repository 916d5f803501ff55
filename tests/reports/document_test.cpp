// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/compose.hpp"
#include "reports/document_bytes.hpp"
#include "reports/page.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;

const Catalogue& zh() { return catalogue(Language::zh); }

Document sample(Audience audience = Audience::brand, Language language = Language::zh) {
    return compose(View(sample_scorecard(), audience, catalogue(language)));
}

// The bytes with one place of them replaced.
std::string with(std::string bytes, const std::string& old, const std::string& other) {
    const auto at = bytes.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return at == std::string::npos ? bytes : bytes.replace(at, old.size(), other);
}

void expect_refused(const std::string& bytes, const std::string& what) {
    try {
        read_document(bytes);
        ADD_FAILURE() << what;
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::refused) << what;
        EXPECT_EQ(error.note().id, "report.error.bad_document") << what;
    }
}

TEST(Document, IsTheSameAfterWritingAndReading) {
    for (const Language language : {Language::zh, Language::en})
        for (const Audience audience : {Audience::brand, Audience::agency}) {
            const Document document = sample(audience, language);
            const std::string bytes = write_document(document);
            const Document again = read_document(bytes);
            EXPECT_EQ(write_document(again), bytes);
            EXPECT_EQ(html_page(again, catalogue(language)), html_page(document, catalogue(language)));
            EXPECT_EQ(text_page(again, catalogue(language)), text_page(document, catalogue(language)));
        }
}

TEST(Document, SaysWhatTheScorecardSaysOfItsData) {
    Scorecard card = sample_scorecard();
    Document document = compose(View(card, Audience::agency, zh()));
    EXPECT_TRUE(document.incomplete && document.adds_up && document.for_agency);
    card.missing_days.clear();
    card.movement.closing += 1;
    document = compose(View(card, Audience::brand, zh()));
    EXPECT_FALSE(document.incomplete || document.adds_up || document.for_agency);
    EXPECT_EQ(document.first + document.last, "2026-11-092026-11-15");
}

TEST(Document, FiguresAreToldAsTheTableShowsThem) {
    const Document document = sample();
    const auto text_of = [&](const std::string& id) {
        for (const ToldFigure& figure : document.figures)
            if (figure.id == id) return figure.title + " " + figure.text;
        return std::string();
    };
    EXPECT_EQ(text_of("gmv"), "GMV ¥1,234,567.89");
    EXPECT_EQ(text_of("gmv.attainment"), "GMV（本月至今达成） 70.00%");
    EXPECT_EQ(text_of("satisfaction"), "满意度 –");
    EXPECT_EQ(text_of("labour_leverage"), "");  // for the agency alone
}

TEST(Document, SubjectNamesTheOneFigureThatMatters) {
    Scorecard card = sample_scorecard();
    const auto subject = [&](Language language = Language::zh) {
        return compose(View(card, Audience::brand, catalogue(language))).subject;
    };
    EXPECT_EQ(subject(), "【极光母婴】每周经营简报 11月9日-15日：GMV ▼ −5.0% vs 上周");
    EXPECT_EQ(subject(Language::en), "[极光母婴] Weekly report 9-15 Nov: GMV ▼ −5.0% vs last week");
    figure_of(card, "gmv").prev = Gap::no_value;
    EXPECT_EQ(subject(), "【极光母婴】每周经营简报 11月9日-15日：GMV ¥123.5\u00A0万（vs 上周 –）");
    figure_of(card, "gmv").value = Gap::not_ready;
    EXPECT_EQ(subject(), "【极光母婴】每周经营简报 11月9日-15日：数据未齐");
    figure_of(card, "gmv").value = Gap::not_applicable;
    EXPECT_EQ(subject(), "【极光母婴】每周经营简报 11月9日-15日");
    card.tenant_name = "一个名字非常非常非常非常非常非常非常非常长的品牌\r\nBcc: x@y.z";
    card.blueprint.kpis[7].title_zh = "名字同样非常非常非常非常长的经营结果指标";
    figure_of(card, "gmv").value = Gap::not_ready;
    EXPECT_EQ(subject().find_first_of("\r\n"), std::string::npos);
    EXPECT_LE(subject().size(), 34u * 3);
    EXPECT_THAT(subject(), HasSubstr("每周经营简报 11月9日-15日"));
}

TEST(Document, WhatIsNoDocumentIsRefused) {
    const std::string bytes = write_document(sample());
    for (const std::string& bad :
         {std::string(), std::string("null"), std::string("[]"), std::string("{}"), bytes.substr(0, bytes.size() / 2),
          bytes + "x", std::string(100'000, '['), std::string("{\"language\":\"\xff\"}")})
        expect_refused(bad, bad.substr(0, 40));
    expect_refused(with(bytes, R"("held":false)", R"("held":0)"), "odd type");
    expect_refused(with(bytes, R"("held":false,)", ""), "missing");
    expect_refused(with(bytes, R"("held":false)", R"("held":false,"script":"")"), "unknown");
    expect_refused(with(bytes, R"("language":"zh-CN")", R"("language":"\"><script>")"), "language");
    expect_refused(with(bytes, R"("tone":"muted")", R"("tone":"loud")"), "no such word");
    expect_refused(with(bytes, R"("value":"1234/1")", R"("value":"1234/0")"), "no number");
    expect_refused(with(bytes, R"("value":"1234/1")", R"("value":1234)"), "number, not text");
    expect_refused(with(bytes, R"("value":"1234/1")", R"("value":")" + std::string(1000, '9') + R"(/1")"), "huge");
    expect_refused(with(bytes, R"("held":false)", R"("held":null)"), "null");
    expect_refused(with(bytes, R"("tone":"muted")", R"("tone":0.5)"), "floating point");
    expect_refused(with(bytes, R"({"paragraph":)", R"({"iframe":)"), "no such block");
    expect_refused(with(bytes, R"("rows":[{"cells":[{)", R"("rows":[{"cells":[{"text":"x"},{)"), "too many cells");
}

TEST(Document, TooMuchIsRefused) {
    Document large = sample();
    PageTable table{.caption = "x", .columns = {{"a"}}};
    table.rows.assign(100'001, {.cells = {{"1"}}});
    large.parts = {{"p", "p", {table}}};
    expect_refused(write_document(large), "cells");
    large.parts = {{"p", "p", {Paragraph{std::string(std::size_t{17} << 20, 'x')}}}};
    expect_refused(write_document(large), "bytes");
}

TEST(Document, HtmlOfASectionIsLookedOverAgain) {
    Document document = sample();
    for (const char* html : {"<script>alert(1)</script>", "<p onclick=\"x\">a</p>", "<p>a", "<img src=x>",
                             "</div><p>a</p>", "<p style=\"position:fixed\">a</p>"}) {
        document.parts = {{"section-1", "x", {Markup{html, "a"}}}};
        expect_refused(write_document(document), html);
    }
    document.parts = {
        {"section-1", "x", {Markup{"<table><tr><th scope=\"row\">a</th><td>1 &lt; 2</td></tr></table>", "a 1 < 2"}}}};
    EXPECT_EQ(write_document(read_document(write_document(document))), write_document(document));
}

}  // namespace
}  // namespace siyu
