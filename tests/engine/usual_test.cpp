// SPDX-License-Identifier: Apache-2.0
#include "core/engine/usual.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace siyu {
namespace {

using Values = std::vector<std::int64_t>;

// The day before first, as learn() wants them: value(i) days before.
template <class Value>
Values before(int days, Value value) {
    Values values;
    for (int i = 1; i <= days; ++i) values.push_back(value(i));
    return values;
}

TEST(Usual, IsNotKnownBeforeFourWeeks) {
    EXPECT_FALSE(Usual::learn(Values(27, 100)));
    EXPECT_TRUE(Usual::learn(Values(28, 100)));
    // Days before the first one with anything were before the brand began.
    Values young(56, 100);
    std::fill(young.begin() + 27, young.end(), 0);
    EXPECT_FALSE(Usual::learn(young));
    EXPECT_FALSE(Usual::learn({}));
}

TEST(Usual, IsOfTheSameWeekdayInTheLastEightWeeks) {
    // A week ago, two weeks ago ... came 10 times as many as on other days; and what came long ago counts no more.
    const auto usual = Usual::learn(before(80, [](int i) { return i > 56 ? 9999 : i % 7 == 0 ? 1000 : 100; }));
    ASSERT_TRUE(usual);
    EXPECT_EQ(usual->twice_median, 2000);
    EXPECT_EQ(usual->straying, 0);
    EXPECT_EQ(usual->days, 56);
    EXPECT_EQ(usual->same, 8);
    EXPECT_TRUE(usual->far_below(400, 1));
    EXPECT_FALSE(usual->far_above(1500, 1));
}

TEST(Usual, FestivalsAmongTheDaysChangeLittle) {
    const auto usual = Usual::learn(before(56, [](int i) { return i >= 8 && i <= 11 ? 5000 : 100 + i % 3; }));
    ASSERT_TRUE(usual);
    EXPECT_LE(usual->twice_median, 204);
    EXPECT_FALSE(usual->far_above(250, 1));
    EXPECT_TRUE(usual->far_above(400, 1));
}

TEST(Usual, HalfIsFarTooLittleAndThreeTimesFarTooMuch) {
    const auto usual = Usual::learn(Values(56, 1000));
    ASSERT_TRUE(usual);
    EXPECT_TRUE(usual->far_below(500, 0));
    EXPECT_FALSE(usual->far_below(501, 0));
    EXPECT_TRUE(usual->far_above(3000, 0));
    EXPECT_FALSE(usual->far_above(2999, 0));
}

TEST(Usual, WhereDaysStrayAnywayMoreIsNeeded) {
    // Ten to a hundred and ninety: nobody can say of a day of 20 that something is missing.
    const auto usual = Usual::learn(before(56, [](int i) { return 10 + i * 37 % 181; }));
    ASSERT_TRUE(usual);
    EXPECT_GT(usual->straying, 200);
    EXPECT_FALSE(usual->far_below(1, 0));
    EXPECT_FALSE(usual->far_above(3 * usual->twice_median / 2, 0));
}

TEST(Usual, AFewSingleEventsMoreOrLessAreChance) {
    const auto few = Usual::learn(Values(56, 12)), many = Usual::learn(Values(56, 400));
    ASSERT_TRUE(few && many);
    EXPECT_FALSE(few->far_below(1, 1));
    EXPECT_TRUE(few->far_below(1, 0));
    EXPECT_TRUE(many->far_below(200, 1));
}

TEST(Usual, NoSumOverflows) {
    const auto usual = Usual::learn(Values(56, INT64_MAX / 4));
    ASSERT_TRUE(usual);
    EXPECT_TRUE(usual->far_below(1, 1));
    EXPECT_FALSE(usual->far_above(INT64_MAX / 4, 1));
}

// Brands without anything wrong: single events by chance, weekends of their own, growth, a festival now and then.
TEST(Usual, CriesWolfOnLessThanOneDayInAThousand) {
    std::mt19937 random(20240601);
    int days = 0, low = 0, high = 0;
    for (int brand = 0; brand < 60; ++brand) {
        const int level = 20 << brand % 6, weekend = 50 + brand * 7 % 100, growth = brand % 3;
        Values values;  // oldest first
        for (int day = 0; day < 400; ++day) {
            // In hundredths: weekday, growth up to 40 % a quarter, days that differ by a tenth.
            std::int64_t mean = level * (day % 7 < 2 ? weekend : 100) / 100 * (100 + growth * day / 5) / 100;
            mean = mean * static_cast<std::int64_t>(90 + random() % 21) / 100;
            // 24 draws of two sides each come near enough to the chance of single events.
            std::int64_t value = mean;
            for (int i = 0; i < 24; ++i) value += (random() % 2 ? 1 : -1) * (1 + mean / 600);
            values.push_back(std::max<std::int64_t>(value, 0));
        }
        for (std::size_t day = 60; day < values.size(); ++day) {
            const Values reversed(values.rend() - static_cast<std::ptrdiff_t>(day), values.rend());
            const auto usual = Usual::learn(reversed);
            if (!usual) continue;
            ++days;
            low += usual->far_below(values[day], 1) ? 1 : 0;
            high += usual->far_above(values[day], 1) ? 1 : 0;
        }
    }
    EXPECT_GT(days, 20000);
    EXPECT_LT(low * 1000, days) << low;
    EXPECT_LT(high * 1000, days) << high;
}

}  // namespace
}  // namespace siyu
