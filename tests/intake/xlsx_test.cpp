// SPDX-License-Identifier: Apache-2.0
#include "core/intake/xlsx.hpp"

#include <gmock/gmock.h>

#include "core/intake/sheet_number.hpp"
#include "tests/intake/scratch.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

const std::string header =
    R"(<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>)";

// The texts of A2 and B2.
std::vector<std::string> second_row(const std::string& cells, bool from_1904 = false) {
    const Scratch scratch;
    Workbook book{header + "<row r=\"2\">" + cells + "</row>", "", from_1904, false, ""};
    const Table table(scratch.file("a.xlsx", book.bytes()));
    EXPECT_EQ(table.records.size(), 1U);
    return table.records.empty() ? std::vector<std::string>{} : table.records[0];
}

TEST(Xlsx, SharedAndInlineStringsAreText) {
    const Scratch scratch;
    const Workbook book{
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>姓</t></r><r><t>名</t></r></is></c></row>)"
        R"(<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="str"><f>A1</f><v>x &lt; y</v></c><c r="C2" t="s"><v>99</v></c></row>)",
        R"(<si><t>渠道</t></si><si><r><t>客户</t></r><r><rPr/><t>ID</t></r><rPh sb="0" eb="1"><t>kehu</t></rPh></si><si><t xml:space="preserve"> 天猫 </t></si>)",
        false, false, ""};
    const Table table(scratch.file("a.xlsx", book.bytes()));
    EXPECT_THAT(table.header, ElementsAre("渠道", "客户ID", "姓名"));
    EXPECT_EQ(table.records, (Records{{" 天猫 ", "x < y", ""}}));
}

TEST(Xlsx, NumbersAreTextAsStoredAndBooleansAreWords) {
    EXPECT_THAT(second_row(R"(<c r="A2"><v>178.8</v></c><c r="B2" t="b"><v>1</v></c>)"), ElementsAre("178.8", "TRUE"));
    EXPECT_THAT(second_row(R"(<c r="A2" s="4"><v>123456789012345678</v></c><c r="B2" t="n"><v>007</v></c>)"),
                ElementsAre("123456789012345678", "007"));
}

TEST(Xlsx, NumbersReadAsTheSheetShowsThem) {
    EXPECT_EQ(plain_number("178.80000000000001"), "178.8");
    EXPECT_EQ(plain_number("0.30000000000000004"), "0.3");
    EXPECT_EQ(plain_number("1.2345678E7"), "12345678");
    EXPECT_EQ(plain_number("1E-3"), "0.001");
    EXPECT_EQ(plain_number("-2.5E+2"), "-250");
    EXPECT_EQ(plain_number("12345678901234567890"), "12345678901234567890");
    EXPECT_EQ(plain_number("1.2345678901234568E17"), "1.23456789012346E+17");
    EXPECT_EQ(plain_number("6.9E+18"), "6.9E+18");
    EXPECT_EQ(plain_number("0"), "0");
    EXPECT_EQ(plain_number("0.0E0"), "0");
    EXPECT_EQ(plain_number("x"), "x");
}

TEST(Xlsx, DatesAreNumbersWithADateStyleInBothEpochs) {
    const std::string cells = R"(<c r="A2" s="1"><v>46346</v></c><c r="B2" s="2"><v>46346.385416666664</v></c>)";
    EXPECT_THAT(second_row(cells), ElementsAre("2026-11-20", "2026-11-20 09:15:00"));
    const std::string later = R"(<c r="A2" s="1"><v>44884</v></c><c r="B2" s="2"><v>44884.99999999999</v></c>)";
    EXPECT_THAT(second_row(later, true), ElementsAre("2026-11-20", "2026-11-21"));
    EXPECT_EQ(serial_text(60.5, false), "1900-02-28 12:00:00");
    EXPECT_EQ(serial_text(1, false), "1900-01-01");
    EXPECT_EQ(serial_text(46346.385416678, false), "2026-11-20 09:15:00.001");
    EXPECT_EQ(serial_text(-1, false), "");
}

TEST(Xlsx, DateFormatsAreToldFromTextAndDurations) {
    for (const std::string format : {"yyyy-mm-dd", "m/d/yy h:mm", "[$-804]yyyy\"年\"m\"月\"", "[Red]d", "h:mm:ss"})
        EXPECT_TRUE(is_date_format(format)) << format;
    for (const std::string format :
         {"General", "0.00", "#,##0", "0\" days\"", "[h]:mm", "0\\d", "¥#,##0;[Red]-¥#,##0", "@", "\"", ""})
        EXPECT_FALSE(is_date_format(format)) << format;
}

TEST(Xlsx, APercentageIsReadAsItIsShown) {
    EXPECT_THAT(second_row(R"(<c r="A2" s="3"><v>0.8</v></c><c r="B2" s="3"><v>0.125</v></c>)"),
                ElementsAre("80%", "12.5%"));
    EXPECT_THAT(second_row(R"(<c r="A2" s="3"><v>1</v></c><c r="B2" s="3"><v>-0.005</v></c>)"),
                ElementsAre("100%", "-0.5%"));
}

TEST(Xlsx, EmptyCellsInTheMiddleKeepTheirPlace) {
    const Scratch scratch;
    const Workbook book{
        R"(<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c><c r="AA2"><v>3</v></c></row>)"
        R"(<row r="5"><c r="C5"><v>8</v></c><c r="AA5"><v>9</v></c></row><row r="6"/><row r="7"><c r="B7"/></row>)"
        R"(<row r="9"><c r="B9"><v>7</v></c></row>)",
        "", false, false, ""};
    const Table table(scratch.file("a.xlsx", book.bytes()));
    ASSERT_EQ(table.header.size(), 27U);
    EXPECT_EQ(table.header[1], "1");
    EXPECT_EQ(table.header[26], "3");
    ASSERT_EQ(table.records.size(), 2U);
    EXPECT_EQ(table.records[0][2], "8");
    EXPECT_EQ(table.records[0][26], "9");
    EXPECT_EQ(table.records[1][26], "");
    EXPECT_THAT(table.lines, ElementsAre(5, 9));
}

std::string text_cell(const std::string& at, const std::string& text) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}
std::string number_cell(const std::string& at, const std::string& number, int style = 0) {
    return "<c r=\"" + at + "\" s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>";
}
std::string row(int number, const std::string& cells) {
    return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}

// As an agency writes its forecast: a KPI, or a day, once for the rows below it.
TEST(Xlsx, EachRowOfAMergedCellHasItsTextOrDay) {
    const Scratch scratch;
    Workbook book{row(1, text_cell("A1", "指标") + text_cell("B1", "档位") + text_cell("C1", "日期")) +
                      row(2, text_cell("A2", "GMV") + text_cell("B2", "预测") + number_cell("C2", "46346", 1)) +
                      row(3, text_cell("B3", "正常")) + row(4, "<c r=\"A4\"/>" + text_cell("B4", "优良")) +
                      row(5, text_cell("A5", "留存率") + text_cell("B5", "预测")) + row(6, text_cell("B6", "正常")) +
                      row(7, "<c r=\"A7\"/>") + row(9, text_cell("B9", "x")),
                  "", false, false, ""};
    book.behind = R"(<mergeCells count="4"><mergeCell ref="A5:A7"/><mergeCell ref="A2:A4"/>)"
                  R"(<mergeCell ref="C2:C3"/><mergeCell ref="B9:C9"/></mergeCells>)";
    const Table table(scratch.file("a.xlsx", book.bytes()));
    EXPECT_EQ(table.records, (Records{{"GMV", "预测", "2026-11-20"},
                                      {"GMV", "正常", "2026-11-20"},
                                      {"GMV", "优良", ""},
                                      {"留存率", "预测", ""},
                                      {"留存率", "正常", ""},
                                      {"", "x", ""}}));
    EXPECT_THAT(table.lines, ElementsAre(2, 3, 4, 5, 6, 9));
}

// What was spent on two campaigns together is not spent twice.
TEST(Xlsx, AMergedNumberStaysWithItsFirstRow) {
    const Scratch scratch;
    Workbook book{header + row(2, text_cell("A2", "x") + number_cell("B2", "500")) + row(3, text_cell("A3", "y")), "",
                  false, false, ""};
    book.behind = R"(<mergeCells><mergeCell ref="B2:B3"/></mergeCells>)";
    EXPECT_EQ(Table(scratch.file("a.xlsx", book.bytes())).records, (Records{{"x", "500"}, {"y", ""}}));
}

TEST(Xlsx, AMergedTitleIsNoHeader) {
    const Scratch scratch;
    Workbook book{row(1, text_cell("A1", "预测表")) + row(2, text_cell("C2", "单位：元")) +
                      row(3, text_cell("A3", "a") + text_cell("B3", "b") + text_cell("C3", "c")) +
                      row(4, number_cell("A4", "1")),
                  "", false, false, ""};
    book.behind = R"(<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A3:A3"/></mergeCells>)";
    const auto reader = TableReader::open(scratch.file("a.xlsx", book.bytes()));
    ASSERT_TRUE(reader->next_header() && reader->next_header());
    EXPECT_THAT(reader->header(), ElementsAre("a", "b", "c"));
    ASSERT_EQ(reader->next(), TableReader::Found::record);
    EXPECT_THAT(reader->cells(), ElementsAre("1", "", ""));
}

TEST(Xlsx, MergesThatMakeNoSenseDoNoHarm) {
    const Scratch scratch;
    Workbook book{header + row(2, text_cell("A2", "x")) + row(3, text_cell("B3", "y")), "", false, false, ""};
    book.behind = "<mergeCells>";
    for (const char* range : {"", "A2", ":", "A2:A", "A9:A1", "ZZZZ2:A3", "A2:A99999999999", "B1048570:B1048576",
                              "A2:XFD3", "A3:A3", "2:3"})
        book.behind += "<mergeCell ref=\"" + std::string(range) + "\"/>";
    book.behind += "</mergeCells>";
    EXPECT_EQ(Table(scratch.file("a.xlsx", book.bytes())).records, (Records{{"x", ""}, {"x", "y"}}));
}

TEST(Xlsx, ElementsMayHaveAPrefixAndArchivesMayBeStreamed) {
    const Scratch scratch;
    const Workbook book{
        R"(<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row>)",
        "<x:si><x:t>甲</x:t></x:si>", false, true, "x:"};
    const Table table(scratch.file("a.xlsx", book.bytes()));
    EXPECT_THAT(table.header, ElementsAre("甲"));
    EXPECT_EQ(table.records, (Records{{"5"}}));
}

TEST(Xlsx, ARowThatIsTooLargeIsSetAside) {
    const Scratch scratch;
    const std::string big(largest_record + 1, 'x');
    const Workbook book{header + R"(<row r="2"><c r="A2" t="inlineStr"><is><t>)" + big +
                            R"(</t></is></c></row><row r="3"><c r="A3"><v>1</v></c></row>)",
                        "", false, false, ""};
    EXPECT_EQ(Table(scratch.file("a.xlsx", book.bytes())).records, (Records{{"intake.record_too_large"}, {"1", ""}}));
}

TEST(Xlsx, AnArchiveThatGrowsWithoutEndIsRefused) {
    const Scratch scratch;
    const Workbook book{header + std::string(std::size_t{100} << 20, ' '), "", false, false, ""};
    EXPECT_EQ(refusal([&] { const Table table(scratch.file("a.xlsx", book.bytes())); }).id, "intake.archive_grows");
}

TEST(Xlsx, ADocumentTypeIsRefused) {
    const Scratch scratch;
    Zip zip;
    zip.add("_rels/.rels", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    EXPECT_EQ(refusal([&] { const Table table(scratch.file("a.xlsx", zip.bytes())); }).id, "intake.broken_workbook");
}

TEST(Xlsx, ACutOrForeignArchiveIsRefused) {
    const Scratch scratch;
    const std::string whole = Workbook{header, "", false, false, ""}.bytes();
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("a.xlsx", whole.substr(0, whole.size() / 2))); }).id,
              "intake.broken_archive");
    Zip zip;
    zip.add("word/document.xml", "<a/>");
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("a.xlsx", zip.bytes())); }).id, "intake.no_sheet");
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("b.xlsx", Workbook{}.bytes())); }).id, "intake.empty_file");
}

TEST(Xlsx, ProgressReachesTheEnd) {
    const Scratch scratch;
    XlsxReader reader(scratch.file(
        "a.xlsx", Workbook{header + R"(<row r="2"><c r="A2"><v>1</v></c></row>)", "", false, false, ""}.bytes()));
    while (reader.next() != TableReader::Found::end) {
    }
    EXPECT_GT(reader.bytes_total(), 0U);
    EXPECT_EQ(reader.bytes_read(), reader.bytes_total());
}

}  // namespace
}  // namespace siyu
