// SPDX-License-Identifier: Apache-2.0
#include "reports/section_blocks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/section_markup.hpp"

namespace siyu {
namespace {

std::vector<Block> blocks(const std::string& html) { return section_blocks(section_markup("s", html), "the part"); }

std::string paragraph(const Block& block) { return std::get<Paragraph>(block).text; }

TEST(SectionBlocks, SentencesComeOneByOneWithoutTags) {
    const auto found =
        blocks("<h3>A &amp; B</h3><p>one <strong>two</strong>\n three</p><ol><li>x</li><li>y<br>z</li></ol>");
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(paragraph(found[0]), "A & B");
    EXPECT_EQ(paragraph(found[1]), "one two three");
    EXPECT_EQ(paragraph(found[2]), "· x");
    EXPECT_EQ(paragraph(found[4]), "z");
}

TEST(SectionBlocks, ATableKeepsItsCellsAndItsFiguresAreNumbers) {
    const auto found = blocks(
        "<p>before</p><table><caption>C</caption><thead><tr><th>Name</th><th>GMV</th><th>Rate</th><th>Id</th></tr></"
        "thead>"
        "<tbody><tr><td>a</td><td>¥1,234.50</td><td>−3.5%</td><td>10017</td></tr>"
        "<tr><td>b</td><td>–</td><td>4.0%</td><td>10018</td></tr></tbody></table><p>after</p>");
    ASSERT_EQ(found.size(), 3u);
    const auto& table = std::get<PageTable>(found[1]);
    EXPECT_EQ(table.caption, "C");
    ASSERT_EQ(table.columns.size(), 4u);
    EXPECT_FALSE(table.columns[0].number);
    EXPECT_TRUE(table.columns[1].number);
    EXPECT_TRUE(table.columns[2].number);
    EXPECT_FALSE(table.columns[3].number);  // a name of something, not a figure
    ASSERT_EQ(table.rows.size(), 2u);
    const PageCell& money = table.rows[0].cells[1];
    EXPECT_EQ(money.text, "¥1,234.50");
    ASSERT_TRUE(money.amount);
    EXPECT_EQ(*money.amount->value, Fraction(123450));
    EXPECT_EQ(money.amount->unit, Unit::money);
    EXPECT_EQ(*table.rows[0].cells[2].amount->value, Fraction(-35, 1000));
    EXPECT_FALSE(table.rows[1].cells[1].amount);
    EXPECT_FALSE(table.rows[0].cells[3].amount);
}

TEST(SectionBlocks, ARowOverTheWholeWidthIsASentence) {
    const auto found = blocks(
        "<table><caption>C</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td colspan=\"2\">Nothing yet.</td></tr></tbody></table>");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(paragraph(found[0]), "C");
    EXPECT_EQ(paragraph(found[1]), "Nothing yet.");
}

TEST(SectionBlocks, ATableIsCalledByItsCaptionElseByTheHeadingAboveItElseByThePart) {
    const std::string rows = "<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>";
    const auto captions = [&](const std::string& html) {
        std::string all;
        for (const Block& block : blocks(html))
            if (const auto* table = std::get_if<PageTable>(&block))
                all += "[" + table->caption + "]";
            else
                all += paragraph(block) + ".";
        return all;
    };
    EXPECT_EQ(captions("<h3>H</h3><table><caption>C</caption>" + rows + "</table>"), "H.[C]");
    EXPECT_EQ(captions("<h3>H</h3><table>" + rows + "</table><p>x</p>"), "[H]x.");
    EXPECT_EQ(captions("<h3>H</h3><p>x</p><table>" + rows + "</table>"), "H.x.[the part]");
    EXPECT_EQ(captions("<table>" + rows + "</table><h4>end</h4>"), "[the part]end.");
}

TEST(SectionBlocks, ACellOverSomeColumnsLeavesTheOthersInTheirPlaces) {
    const auto found = blocks(
        "<table><caption>C</caption><thead><tr><th>A</th><th>B</th><th>D</th></tr></thead><tbody>"
        "<tr><td>x</td><td colspan=\"2\">none</td></tr>"
        "<tr><td>y</td><td>¥1.00</td><td>2</td></tr><tr><td>z</td><td>¥2.00</td><td>3</td></tr>"
        "</tbody></table>");
    ASSERT_EQ(found.size(), 1u);
    const auto& table = std::get<PageTable>(found[0]);
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_EQ(table.rows[0].cells[1].text, "none");
    EXPECT_EQ(table.rows[0].cells[2].text, "");
    EXPECT_TRUE(table.columns[1].number);
    EXPECT_FALSE(table.rows[0].cells[1].amount);
}

TEST(SectionBlocks, ATableOfNoFixedColumnsLosesNoWord) {
    const auto found = blocks("<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(paragraph(found[0]), "the part");
    EXPECT_EQ(paragraph(found[1]), "1  2");
    EXPECT_EQ(paragraph(found[2]), "3");
}

TEST(SectionBlocks, PlainTextIsItsParagraphs) {
    const auto found = blocks("one\ntwo\n\nthree &lt; four & b");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(paragraph(found[0]), "one two");
    EXPECT_EQ(paragraph(found[1]), "three < four & b");
}

}  // namespace
}  // namespace siyu
