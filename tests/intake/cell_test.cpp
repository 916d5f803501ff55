// SPDX-License-Identifier: Apache-2.0
#include "core/intake/cell.hpp"

#include <gmock/gmock.h>

#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

const Zone& shanghai() {
    static const Zone zone("Asia/Shanghai");
    return zone;
}

Column column(Type type, bool needed = false) { return {"x", "甲", type, needed, Space::word}; }

// The number of a good cell as text, the text of one that is a text, or the id of the reason.
std::string read(const Column& column, std::string_view raw) {
    std::string scratch;
    Cell cell;
    if (const auto reason = parse_cell(column, raw, shanghai(), scratch, cell)) {
        EXPECT_EQ(cell.number, absent);
        EXPECT_EQ(cell.text, "");
        return reason->id;
    }
    if (column.type >= Type::id || column.type == Type::number) {
        EXPECT_EQ(cell.number, absent);
        return std::string(cell.text);
    }
    return cell.number == absent ? "absent" : std::to_string(cell.number);
}
std::string read(Type type, std::string_view raw) { return read(column(type), raw); }

TEST(Cell, DateHasThreeForms) {
    const std::string day = std::to_string(day_of(2026, 11, 5)->number);
    for (const std::string text : {"2026-11-05", "2026/11/05", "20261105", "2026-11-5", "2026/11/5", " 2026-11-05 "})
        EXPECT_EQ(read(Type::date, text), day) << text;
    for (const std::string text : {"2026-02-30", "05/11/2026", "2026.11.05", "11-05", "2026-11", "20261105 09:00", "x"})
        EXPECT_EQ(read(Type::date, text), "intake.bad.date") << text;
}

TEST(Cell, MonthIsAMonthOrAnyDateInIt) {
    const std::string first = std::to_string(day_of(2026, 11, 1)->number);
    for (const std::string text : {"2026-11", "2026/11", "202611", "2026-11-30", "2026/11/3"})
        EXPECT_EQ(read(Type::month, text), first) << text;
    for (const std::string text : {"2026-13", "11", "2026年11月"})
        EXPECT_EQ(read(Type::month, text), "intake.bad.month");
}

TEST(Cell, InstantIsAPointInTimeOfTheTenantsZone) {
    const std::string at = read(Type::instant, "2026-11-20 09:15:00");
    for (const std::string text : {"2026-11-20T09:15:00", "2026/11/20 9:15", "20261120 09:15:00.000",
                                   "2026-11-20T01:15:00Z", "2026-11-20 09:15:00+08:00", "2026-11-20 10:15:00+0900"})
        EXPECT_EQ(read(Type::instant, text), at) << text;
    EXPECT_EQ(read(Type::instant, "2026-11-20"), read(Type::instant, "2026-11-20 00:00"));
    for (const std::string text : {"2026-11-20 25:00", "09:15", "2026-11-20 9", "昨天"})
        EXPECT_EQ(read(Type::instant, text), "intake.bad.instant") << text;
}

TEST(Cell, MoneyIsWholeFen) {
    const std::vector<std::pair<std::string, std::string>> good{{"1234.50", "123450"},
                                                                {"¥1,234.50", "123450"},
                                                                {"￥ 1234.5", "123450"},
                                                                {"20元", "2000"},
                                                                {"20 元", "2000"},
                                                                {"¥20.00元", "2000"},
                                                                {"0", "0"},
                                                                {"0.500", "50"},
                                                                {".5", "50"},
                                                                {"7.", "700"},
                                                                {"1.2300000", "123"},
                                                                {"=\"9.9\"", "990"},
                                                                {"'9.9", "990"},
                                                                {"1,234,567", "123456700"}};
    for (const auto& [text, fen] : good) EXPECT_EQ(read(Type::money, text), fen) << text;
}

TEST(Cell, MoneyWithThreeDecimalsIsBad) {
    EXPECT_EQ(read(Type::money, "1.234"), "intake.bad.money_too_fine");
    EXPECT_EQ(read(Type::money, "0.001"), "intake.bad.money_too_fine");
    EXPECT_EQ(read(Type::money, "0.0100001"), "intake.bad.money_too_fine");
}

TEST(Cell, MoneyIsNotNegativeNorAnythingElse) {
    EXPECT_EQ(read(Type::money, "-1"), "intake.bad.money_negative");
    EXPECT_EQ(read(Type::money, "¥-1"), "intake.bad.money_negative");
    for (const std::string text :
         {"1,2", "1,23.00", ",123", "1,234,5", "1.2.3", "1e3", "abc", "$5", "--1", ".", "¥", "5%", "１"})
        EXPECT_EQ(read(Type::money, text), "intake.bad.money") << text;
}

TEST(Cell, MoneyBeyond64BitsOfFenIsBad) {
    EXPECT_EQ(read(Type::money, "92233720368547758.07"), "9223372036854775807");
    EXPECT_EQ(read(Type::money, "92233720368547758.08"), "intake.bad.too_large");
    EXPECT_EQ(read(Type::money, "99999999999999999999999999"), "intake.bad.too_large");
}

TEST(Cell, CountIsWholeAndNotNegative) {
    EXPECT_EQ(read(Type::count, "0"), "0");
    EXPECT_EQ(read(Type::count, "1,234"), "1234");
    EXPECT_EQ(read(Type::count, "12.0"), "12");
    EXPECT_EQ(read(Type::count, "9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(read(Type::count, "9223372036854775808"), "intake.bad.too_large");
    for (const std::string text : {"12.5", "-1", "1e3", "12个", "0x10"})
        EXPECT_EQ(read(Type::count, text), "intake.bad.count") << text;
}

TEST(Cell, NumberIsAnExactFraction) {
    EXPECT_EQ(read(Type::number, "12.5%"), "1/8");
    EXPECT_EQ(read(Type::number, "0.125"), "1/8");
    EXPECT_EQ(read(Type::number, "¥1,000.00"), "1000/1");
    EXPECT_EQ(read(Type::number, "-3"), "-3/1");
    EXPECT_EQ(read(Type::number, "80%"), "4/5");
    EXPECT_EQ(read(Type::number, ""), "");
    EXPECT_EQ(read(Type::number, "yes"), "intake.bad.number");
}

TEST(Cell, InAColumnOfPercentagesTheBareNumberIsPercent) {
    const FactKind& kind = kind_of(Fact::guide_days);
    const Column& percentage = kind.columns[static_cast<std::size_t>(kind.column("reply_percentage"))];
    EXPECT_EQ(read(percentage, "80"), "80/1");
    EXPECT_EQ(read(percentage, "80%"), "80/1");
    EXPECT_EQ(read(percentage, "80％"), "80/1");
    EXPECT_EQ(read(percentage, "60.25"), "241/4");
}

TEST(Cell, ShareIsMoreThanNothingAndAtMostOne) {
    const FactKind& kind = kind_of(Fact::allocations);
    const Column& share = kind.columns[static_cast<std::size_t>(kind.column("share"))];
    EXPECT_EQ(read(share, "0.5"), "1/2");
    EXPECT_EQ(read(share, "100%"), "1/1");
    for (const std::string text : {"0", "-0.5", "1.01", "101%"})
        EXPECT_EQ(read(share, text), "intake.bad.share") << text;
}

TEST(Cell, IdIsOneTo128BytesComparedByteForByte) {
    EXPECT_EQ(read(Type::id, "00123"), "00123");
    EXPECT_EQ(read(Type::id, "=\"00123\""), "00123");
    EXPECT_EQ(read(Type::id, "'00123"), "00123");
    EXPECT_EQ(read(Type::id, "\t6917926768823643751"), "6917926768823643751");
    EXPECT_EQ(read(Type::id, "李,娜"), "李,娜");
    EXPECT_EQ(read(Type::id, std::string(128, 'x')), std::string(128, 'x'));
    EXPECT_EQ(read(Type::id, std::string(129, 'x')), "intake.bad.id_too_long");
    EXPECT_EQ(read(Type::id, "a\nb"), "intake.bad.id_control");
    EXPECT_EQ(read(Type::id,
                   "a\xC2\x85"
                   "b"),
              "intake.bad.id_control");
    EXPECT_EQ(read(Type::id, "a\xFF"), "intake.bad.encoding");
}

TEST(Cell, IdThatASpreadsheetDestroyedIsBad) {
    for (const std::string text : {"1.23457E+17", "1E+17", "6.9179E+18", "1.23457E17"})
        EXPECT_EQ(read(Type::id, text), "intake.bad.id_scientific") << text;
    for (const std::string text : {"1E5", "12E5", "E+17", "a1.2E+5", "1.2E+5x", "E20220331142238091806171"})
        EXPECT_EQ(read(Type::id, text), text);
}

TEST(Cell, TextIsAnyUtf8UpTo4096Bytes) {
    EXPECT_EQ(read(Type::text, " <b>天猫</b>\n旗舰店 "), "<b>天猫</b>\n旗舰店");
    EXPECT_EQ(read(Type::text, std::string(4096, 'x')).size(), 4096U);
    EXPECT_EQ(read(Type::text, std::string(4097, 'x')), "intake.bad.text_too_long");
    EXPECT_EQ(read(Type::text, "\xE5\xA4"), "intake.bad.encoding");
}

TEST(Cell, WordOfAClosedListIsOneOfIt) {
    const FactKind& kind = kind_of(Fact::orders);
    const Column& path = kind.columns[static_cast<std::size_t>(kind.column("path"))];
    EXPECT_EQ(read(path, "live"), "live");
    EXPECT_EQ(read(path, ""), "");
    EXPECT_EQ(read(path, "Live"), "intake.bad.word");
    std::string scratch;
    Cell cell;
    EXPECT_EQ(with(*parse_cell(path, "tv", shanghai(), scratch, cell), "words"),
              "self, guide, pickup, live, flash, shop");
}

TEST(Cell, TypesOfGuidesAreKnownByTheirChineseNamesToo) {
    const FactKind& kind = kind_of(Fact::guides);
    const Column& type = kind.columns[kind.place("type")];
    EXPECT_EQ(read(type, "general"), "general");
    EXPECT_EQ(read(type, " 通用型"), "general");
    EXPECT_EQ(read(type, "品牌型"), "brand");
    EXPECT_EQ(read(kind_of(Fact::orders).columns[kind_of(Fact::orders).place("path")], "通用型"), "intake.bad.word");
    std::string scratch;
    Cell cell;
    EXPECT_EQ(with(*parse_cell(type, "兼职", shanghai(), scratch, cell), "words"),
              "general (通用型), category (类目型), brand (品牌型)");
}

TEST(Cell, KindIsALowerCaseWord) {
    for (const std::string text : {"group_message", "签到", "vote2", "打卡_day"})
        EXPECT_EQ(read(Type::kind, text), text);
    for (const std::string text : {"Click", "two words", "a,b", "签 到"})
        EXPECT_EQ(read(Type::kind, text), "intake.bad.kind") << text;
}

TEST(Cell, EmptyIsAbsentUnlessItIsNeeded) {
    for (int type = 0; type <= static_cast<int>(Type::kind); ++type)
        for (const std::string empty : {"", "  ", "=\"\"", "\u3000", "'"}) {
            const std::string got = read(static_cast<Type>(type), empty);
            EXPECT_TRUE(got.empty() || got == "absent") << got;
            EXPECT_EQ(read(column(static_cast<Type>(type), true), empty), "intake.bad.empty");
        }
}

TEST(Cell, MoneyTextIsReadBackAsTheSameFen) {
    for (const std::int64_t fen : {std::int64_t{0}, std::int64_t{5}, std::int64_t{123450}, INT64_MAX}) {
        std::int64_t again = -1;
        EXPECT_FALSE(parse_money(money_text(fen), false, again));
        EXPECT_EQ(again, fen);
    }
    EXPECT_EQ(money_text(-1205), "-12.05");
}

TEST(Cell, AFormulaThatFoundNothingIsNoIdAndNoText) {
    for (const char* text : {"#N/A", " #REF! ", "#VALUE!", "#DIV/0!"}) {
        EXPECT_EQ(read(Type::id, text), "intake.bad.formula") << text;
        EXPECT_EQ(read(Type::text, text), "intake.bad.formula") << text;
    }
    EXPECT_EQ(read(Type::id, "#1001"), "#1001");
}

}  // namespace
}  // namespace siyu
