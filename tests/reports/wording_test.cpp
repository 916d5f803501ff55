// SPDX-License-Identifier: Apache-2.0
#include "reports/wording.hpp"

#include <gtest/gtest.h>

namespace siyu {
namespace {

class WordingTest : public testing::Test {
  protected:
    const Catalogue zh{Language::zh}, en{Language::en};
    const Wording chinese{zh}, english{en};

    std::string change(Value value, Value before, Unit unit) { return chinese.change(change_of(value, before, unit)); }
};

TEST_F(WordingTest, HalfIsRoundedAwayFromZeroOnceFromTheExactFraction) {
    EXPECT_EQ(chinese.figure(Fraction(12345, 100000), Unit::ratio), "12.35%");  // 12.345
    EXPECT_EQ(chinese.brief(Fraction(12345, 100000), Unit::ratio), "12.3%");    // not 12.35 -> 12.4
    EXPECT_EQ(chinese.figure(Fraction(-12345, 100000), Unit::ratio), "−12.35%");
    EXPECT_EQ(chinese.figure(Fraction(1, 2), Unit::money), "¥0.01");
    EXPECT_EQ(chinese.figure(Fraction(2345, 1000), Unit::multiple), "2.35\u00A0倍");
    EXPECT_EQ(english.figure(Fraction(2345, 1000), Unit::multiple), "2.35×");
}

TEST_F(WordingTest, ThousandsAreSeparated) {
    EXPECT_EQ(chinese.figure(1234567, Unit::count), "1,234,567");
    EXPECT_EQ(chinese.figure(123, Unit::count), "123");
    EXPECT_EQ(chinese.figure(-1234, Unit::count), "−1,234");
    EXPECT_EQ(chinese.figure(Fraction(7000, 3), Unit::count), "2,333.3");
    EXPECT_EQ(chinese.figure(-123456789, Unit::money), "−¥1,234,567.89");
}

TEST_F(WordingTest, TilesShowYuanAsWanAndYiInChineseOnly) {
    EXPECT_EQ(chinese.brief(999949, Unit::money), "¥9,999");
    EXPECT_EQ(chinese.brief(1000000, Unit::money), "¥1.0\u00A0万");
    EXPECT_EQ(chinese.brief(123456789, Unit::money), "¥123.5\u00A0万");
    EXPECT_EQ(chinese.brief(1440800000, Unit::money), "¥1,441\u00A0万");
    EXPECT_EQ(chinese.brief(12345678900, Unit::money), "¥1.23\u00A0亿");
    EXPECT_EQ(english.brief(123456789, Unit::money), "¥1,234,568");
}

TEST_F(WordingTest, GapsAreThreeDifferentWords) {
    EXPECT_EQ(chinese.figure(Gap::no_value, Unit::money), "–");
    EXPECT_EQ(chinese.figure(Gap::not_ready, Unit::ratio), "数据未齐");
    EXPECT_EQ(chinese.figure(Gap::not_applicable, Unit::count), "不适用");
}

TEST_F(WordingTest, ChangeToZeroIsMinusHundredPercentWhateverTheUnit) {
    EXPECT_EQ(change(0, 12, Unit::count), "▼ −100.0%");
    EXPECT_EQ(change(0, Fraction(1, 5), Unit::ratio), "▼ −100.0%");
    EXPECT_EQ(change(0, 500, Unit::money), "▼ −100.0%");
}

TEST_F(WordingTest, ChangeFromZeroIsNewAndFromNothingToNothingIsNone) {
    EXPECT_EQ(change(37, 0, Unit::count), "▲ 新增");
    EXPECT_EQ(change(Fraction(1, 5), 0, Unit::ratio), "▲ 新增");
    EXPECT_EQ(change(0, 0, Unit::count), "–");
    EXPECT_EQ(change(Gap::no_value, 5, Unit::count), "–");
    EXPECT_EQ(change(5, Gap::not_ready, Unit::count), "–");
    EXPECT_EQ(change(5, 5, Unit::count), "持平 0.0%");
}

TEST_F(WordingTest, RatiosChangeByPointsTheRestByPercent) {
    EXPECT_EQ(change(Fraction(123, 1000), Fraction(1, 10), Unit::ratio), "▲ +2.30\u00A0个百分点");
    EXPECT_EQ(change(1234, 1100, Unit::count), "▲ +12.2%");
    EXPECT_EQ(change(90, 100, Unit::money), "▼ −10.0%");
    EXPECT_EQ(change(-50, -100, Unit::money), "▲ +50.0%");
}

TEST_F(WordingTest, GoodAndBadAreAPropertyOfTheKpi) {
    const Change up = change_of(12, 10, Unit::count);
    EXPECT_EQ(chinese.judged(up, Better::higher), "▲ +20.0% 向好");
    EXPECT_EQ(chinese.judged(up, Better::lower), "▲ +20.0% 转差");
    EXPECT_EQ(chinese.judged(up, Better::neither), "▲ +20.0%");
}

TEST_F(WordingTest, PeriodsAreNamedAsPeopleSayThem) {
    const auto of = [](Rhythm rhythm, const char* day) { return period_of(rhythm, *parse_day(day)); };
    EXPECT_EQ(chinese.period(of(Rhythm::daily, "2026-11-05")), "2026年11月5日（周四）");
    EXPECT_EQ(chinese.period(of(Rhythm::weekly, "2027-01-01")), "2026年12月28日（周一）至2027年1月3日（周日）");
    EXPECT_EQ(chinese.period(of(Rhythm::monthly, "2026-11-05")), "2026年11月（11月1日至11月30日）");
    EXPECT_EQ(english.period(of(Rhythm::weekly, "2027-01-01")), "Mon 28 Dec 2026 to Sun 3 Jan 2027");
    EXPECT_EQ(english.period(of(Rhythm::monthly, "2026-11-05")), "Nov 2026 (1 Nov to 30 Nov)");
}

}  // namespace
}  // namespace siyu
