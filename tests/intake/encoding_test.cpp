// SPDX-License-Identifier: Apache-2.0
#include "core/intake/encoding.hpp"

#include <gmock/gmock.h>

#include "core/intake/utf8.hpp"
#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

// 渠道,姓名 / 天猫,李娜 in GBK.
const std::string gbk = "\xC7\xFE\xB5\xC0,\xD0\xD5\xC3\xFB\n\xCC\xEC\xC3\xA8,\xC0\xEE\xC4\xC8\n";

std::string utf16(std::u16string_view text, bool big) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        bytes += big ? high : low;
        bytes += big ? low : high;
    }
    return bytes;
}

TEST(Encoding, Utf8WithOrWithoutMarkIsRead) {
    const Scratch scratch;
    for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
        const Table table(scratch.file("a.csv", mark + "渠道,姓名\n天猫,𠮷野\n"));
        EXPECT_THAT(table.header, ElementsAre("渠道", "姓名"));
        EXPECT_EQ(table.records, (Records{{"天猫", "𠮷野"}}));
    }
}

TEST(Encoding, GbkIsRead) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", gbk));
    EXPECT_THAT(table.header, ElementsAre("渠道", "姓名"));
    EXPECT_EQ(table.records, (Records{{"天猫", "李娜"}}));
    EXPECT_EQ(find_script(scratch.folder() / "a.csv").encoding, Encoding::gb18030);
}

TEST(Encoding, FourByteGb18030IsRead) {
    const Scratch scratch;
    // Characters beyond GBK: four bytes, and the euro sign.
    const Table table(scratch.file("a.csv", "a,b\n\x95\x34\xBE\x39,\xA2\xE3\n"));
    EXPECT_EQ(table.records.size(), 1U);
    EXPECT_EQ(table.records[0][0].size(), 4U);
    EXPECT_EQ(table.records[0][1], "€");
}

TEST(Encoding, Utf16WithMarkIsReadInBothOrders) {
    const Scratch scratch;
    for (const bool big : {false, true}) {
        const auto path = scratch.file("a.csv", utf16(u"\uFEFF渠道\t姓名\r\n天猫\t𠮷\r\n", big));
        EXPECT_EQ(find_script(path).encoding, big ? Encoding::utf16be : Encoding::utf16le);
        EXPECT_EQ(Table(path).records, (Records{{"天猫", "𠮷"}}));
    }
}

TEST(Encoding, AFileThatIsGbkOnlyOnItsLastLineIsGbkFromTheFirst) {
    const Scratch scratch;
    std::string text = "channel,name\n";
    while (text.size() < 1'000'000) text += "tmall,li\n";
    const Table table(scratch.file("a.csv", text + "\xCC\xEC\xC3\xA8,x\n"));
    EXPECT_EQ(table.records.back()[0], "天猫");
}

TEST(Encoding, GbkThatBeginsWithManyTwoByteCharactersIsNoDamagedUtf8) {
    const Scratch scratch;
    std::string text = "channel,amount\n";
    for (int i = 0; i < 20; ++i) text += "JD,1.00\xD4\xAA\n";  // 元, and as UTF-8 a Cyrillic letter
    const Table table(scratch.file("a.csv", text + "\xCC\xEC\xC3\xA8,2.00\xD4\xAA\n"));
    EXPECT_EQ(table.records.front()[1], "1.00元");
    EXPECT_EQ(table.records.back()[0], "天猫");
}

TEST(Encoding, GbkWithABrokenTailIsRefusedWithItsLine) {
    const Scratch scratch;
    const Note note = refusal([&] { const Table table(scratch.file("a.csv", gbk + gbk + "\xCC\xEC\xC3")); });
    EXPECT_EQ(note.id, "intake.neither_encoding");
    EXPECT_EQ(with(note, "line"), "5");
}

TEST(Encoding, BytesThatAreNeitherAreRefusedBeforeTheFirstRow) {
    const Scratch scratch;
    const auto path = scratch.file("a.csv", "a,b\n1,2\n3,\xFF\xFF\n4,5\n");
    const Note note = refusal([&] { TableReader::open(path); });
    EXPECT_EQ(note.id, "intake.neither_encoding");
    EXPECT_EQ(with(note, "line"), "3");
}

TEST(Encoding, DamagedUtf8IsRefusedAndNotReadAsGbk) {
    const Scratch scratch;
    // The cut is such that the rest is valid GB18030.
    for (const std::string text : {"渠道,姓名\n天猫,李娜\n抖音,王\xE5\n",
                                   "\xEF\xBB\xBF"
                                   "a,b\n1,\xCC\xEC\n"}) {
        const Note note = refusal([&] { const Table table(scratch.file("a.csv", text)); });
        EXPECT_EQ(note.id, "intake.broken_text");
        EXPECT_EQ(with(note, "encoding"), "UTF-8");
        EXPECT_EQ(with(note, "line"), text[0] == '\xEF' ? "2" : "3");
    }
}

TEST(Encoding, BrokenUtf16IsRefused) {
    const Scratch scratch;
    const std::string text = utf16(u"\uFEFFa,b\n1,2\n", false);
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("a.csv", text + "x")); }).id, "intake.broken_text");
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("b.csv", text + utf16(u"\xD800", false) + "a\0")); }).id,
              "intake.broken_text");
}

TEST(Encoding, CharactersAcrossPiecesStayWhole) {
    const Scratch scratch;
    for (std::size_t shift = 0; shift < 4; ++shift) {
        std::string text = std::string(shift, 'x') + ",b\n", in_gbk = text;
        for (int i = 0; i < 60'000; ++i) {
            text += "天猫,李娜\n";
            in_gbk += "\xCC\xEC\xC3\xA8,\xC0\xEE\xC4\xC8\n";
        }
        const Table utf8(scratch.file("a.csv", text)), converted(scratch.file("b.csv", in_gbk));
        ASSERT_EQ(utf8.records.size(), 60'000U);
        EXPECT_TRUE(utf8.records == converted.records);
        for (const auto& record : utf8.records) ASSERT_THAT(record, ElementsAre("天猫", "李娜"));
    }
}

TEST(Encoding, WhatIsNoTableIsRefusedByWhatItIs) {
    const Scratch scratch;
    const auto id = [&](std::string_view bytes) {
        return refusal([&] { TableReader::open(scratch.file("a.csv", bytes)); }).id;
    };
    EXPECT_EQ(id(""), "intake.empty_file");
    EXPECT_EQ(id("\n\n"), "intake.empty_file");
    EXPECT_EQ(id("%PDF-1.4\n"), "intake.pdf");
    EXPECT_EQ(id("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "intake.old_excel");
    EXPECT_EQ(id("\x89PNG\r\n"), "intake.binary");
    EXPECT_EQ(id("PK\x03\x04 and no more"), "intake.broken_archive");
    EXPECT_EQ(id("<html><table><tr><td>a</td></tr></table></html>"), "intake.web_page");
    EXPECT_EQ(id(std::string_view("a,b\n1,\0\n", 8)), "intake.binary");
}

TEST(Encoding, AMissingFileIsWrongUse) {
    const Scratch scratch;
    EXPECT_EQ(refusal([&] { TableReader::open(scratch.folder() / "none.csv"); }, Error::wrong_use).id,
              "intake.no_file");
    EXPECT_EQ(refusal([&] { TableReader::open(scratch.folder()); }, Error::wrong_use).id, "intake.not_a_file");
}

TEST(Utf8, StrictnessIsThatOfTheStandard) {
    for (const std::string good : {"", "a", "é", "中", "𠮷", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
        EXPECT_TRUE(is_utf8(good));
    for (const std::string bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                  "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\xE4\xB8\x41"})
        EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(bad);
}

TEST(Utf8, WhiteSpaceAndArmourAreTakenOff) {
    for (const std::string text : {"123", " 123 ", "\t123", "'123", "=\"123\"", "\u3000123\u3000", "\u00A0123\r\n",
                                   "\uFEFF123", " =\"123\" ", "=\" 123 \"", "\"123\""})
        EXPECT_EQ(strip(text), text == "\"123\"" ? "\"123\"" : "123") << text;
    for (const std::string empty : {"", " ", "=\"\"", "'", "\t", "\u3000"}) EXPECT_EQ(strip(empty), "") << empty;
    EXPECT_EQ(strip("=1+1"), "=1+1");
    EXPECT_EQ(strip("李 娜"), "李 娜");
    EXPECT_EQ(strip("=\""), "=\"");
}

TEST(Utf8, HeaderNamesAreFolded) {
    EXPECT_EQ(folded(" 收货地址 "), "收货地址");
    EXPECT_EQ(folded("ＫＯＣ＿ＩＤ"), "koc_id");
    EXPECT_EQ(folded("金额（元）"), "金额(元)");
    EXPECT_EQ(folded("\uFEFFGuide_ID"), "guide_id");
    EXPECT_EQ(folded("ａ～"), "a~");
}

TEST(Utf8, ShorteningCutsBetweenCharacters) {
    EXPECT_EQ(shortened("天猫天猫", 7), "天猫…");
    EXPECT_EQ(shortened("天猫", 6), "天猫");
}

}  // namespace
}  // namespace siyu
