// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/compose.hpp"
#include "reports/mail.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = Workbook::Kind;

const Catalogue& zh() { return catalogue(Language::zh); }

Document document(const Scorecard& card = sample_scorecard(), Audience audience = Audience::brand) {
    return compose(View(card, audience, zh()));
}

const Workbook::Sheet& sheet(const Workbook& book, const std::string& name) {
    for (const Workbook::Sheet& sheet : book.sheets)
        if (sheet.name.find(name) != std::string::npos) return sheet;
    throw std::runtime_error(name);
}

const Workbook::Cell& cell(const Workbook::Sheet& sheet, const std::string& row, std::size_t column) {
    for (const auto& cells : sheet.rows)
        if (cells.at(0).text == row) return cells.at(column);
    throw std::runtime_error(row);
}

TEST(Attachment, NumbersOfAWorkbookAreNumbers) {
    const Workbook book = workbook_of(document(), 1700000000, zh());
    EXPECT_EQ(book.made_at, 1700000000);
    const Workbook::Sheet& kpis = sheet(book, "各项指标");
    EXPECT_EQ(cell(kpis, "GMV", 1).kind, Kind::yuan);
    EXPECT_DOUBLE_EQ(*cell(kpis, "GMV", 1).number, 1234567.89);
    EXPECT_EQ(cell(kpis, "导流用户数", 1).kind, Kind::count);
    EXPECT_EQ(cell(kpis, "导流率", 1).kind, Kind::ratio);
    EXPECT_DOUBLE_EQ(*cell(kpis, "导流率", 1).number, 1234.0 / 5678);
    EXPECT_EQ(cell(kpis, "90 天投产比", 1).kind, Kind::multiple);
    EXPECT_FALSE(cell(kpis, "满意度", 1).number);
    EXPECT_EQ(cell(kpis, "满意度", 1).text, "–");
    for (const auto& row : kpis.rows) EXPECT_EQ(row.size(), kpis.columns.size());
    EXPECT_THAT(kpis.columns, Not(testing::Contains("近 30 天")));  // a picture
    EXPECT_EQ(cell(sheet(book, "导购"), "李梅 (g01)", 2).kind, Kind::count);
    EXPECT_EQ(sheet(book, "指标口径").rows.size(), 13u);
}

TEST(Attachment, AWorkbookHasTheRowsThatAPageCuts) {
    Scorecard card = sample_scorecard();
    for (int i = 0; i < 1500; ++i) card.kocs.push_back({"id" + std::to_string(i), "", 1, 1});
    const Document made = document(card);
    const Workbook book = workbook_of(made, 0, zh());
    const Workbook::Sheet& kocs = sheet(book, "KOC");
    EXPECT_EQ(kocs.rows.size(), 1000u);
    EXPECT_THAT(kocs.before, testing::Contains("共 1502 行，此表列出前 1000 行。"));
}

TEST(Attachment, SentencesStandInTheWorkbookToo) {
    const Workbook book = workbook_of(document(), 0, zh());
    EXPECT_THAT(book.sheets.at(0).before, testing::Contains(HasSubstr("本周导流用户数 1,234")));
    EXPECT_THAT(book.sheets[0].before, testing::Contains(HasSubstr("育儿服务 · 首响率 87.00%")));
    EXPECT_THAT(book.sheets[0].before, testing::Contains(HasSubstr("期初 20,000 人")));
}

TEST(Attachment, PrintHasEveryPartAndThePagesRows) {
    Scorecard card = sample_scorecard();
    for (int i = 0; i < 30; ++i) card.kocs.push_back({"id" + std::to_string(i), "", 1, 1});
    const Document made = document(card);
    const Print print = print_of(made, {}, 0, zh());
    std::vector<std::string> headings;
    std::string words;
    for (const Print::Block& block : print.blocks) {
        if (block.kind == Print::Block::Kind::heading) headings.push_back(block.text);
        words += block.text + "\n";
        for (const auto& row : block.rows) {
            EXPECT_EQ(row.size(), block.columns.size());
            EXPECT_EQ(row.size(), block.numbers.size());
            for (const auto& cell : row) words += cell.text + "\n";
        }
        const bool drawn = block.kind == Print::Block::Kind::picture;
        EXPECT_EQ(drawn, block.svg.starts_with("<svg xmlns="));
    }
    for (const PagePart& part : made.parts) EXPECT_THAT(headings, testing::Contains(part.title));
    EXPECT_THAT(words, HasSubstr("id17"));
    EXPECT_THAT(words, Not(HasSubstr("id18\n")));
    EXPECT_THAT(words, HasSubstr("共 32 行"));
    EXPECT_THAT(words, HasSubstr("处于调整期 <50 群>"));
}

TEST(Attachment, NamesAreFitForEverySystem) {
    EXPECT_EQ(attachment_name(document(), "xlsx"), "极光母婴-每周经营简报-2026-11-09至2026-11-15.xlsx");
    EXPECT_EQ(attachment_name(document(sample_scorecard(), Audience::agency), "pdf"),
              "极光母婴-每周经营简报-2026-11-09至2026-11-15-内部版.pdf");
    Scorecard card = sample_scorecard();
    card.tenant_name = "../..\\\r\n:*?\"<>|" + std::string(300, 'x');
    std::string name = attachment_name(document(card), "xlsx");
    EXPECT_EQ(name.find_first_of("\\/:*?\"<>|\r\n"), std::string::npos);
    EXPECT_NE(name[0], '.');
    EXPECT_LE(name.size(), 120u);
    EXPECT_TRUE(name.ends_with("-每周经营简报-2026-11-09至2026-11-15.xlsx")) << name;
    card.tenant_name.clear();
    for (int i = 0; i < 60; ++i) card.tenant_name += "极";
    name = attachment_name(document(card), "xlsx");
    EXPECT_LE(name.size(), 120u);
    EXPECT_TRUE(name.ends_with("极-每周经营简报-2026-11-09至2026-11-15.xlsx")) << name;
}

}  // namespace
}  // namespace siyu
