// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/base/period.hpp"
#include "core/base/zone.hpp"

namespace siyu {
namespace {

Day date(int year, unsigned month, unsigned day) { return *day_of(year, month, day); }

// Trap 4: a week has seven days, Monday to Sunday, for every date.
TEST(Period, WeekIsMondayToSundayForEveryDateOf200Years) {
    for (Day day = date(2000, 1, 1); day <= date(2100, 12, 31); ++day) {
        const Period week = period_of(Rhythm::weekly, day);
        ASSERT_EQ(week.days(), 7) << to_string(day);
        ASSERT_TRUE(week.holds(day));
        ASSERT_EQ(weekday(week.first), 0);
        ASSERT_EQ(previous(week).last + 1, week.first);
    }
}

// Trap 5: edges of years, ISO week 53, second half of the year.
TEST(Period, EveryPeriodHoldsItsDayAndFollowsItsPrevious) {
    for (Day day = date(2000, 1, 1); day <= date(2100, 12, 31); ++day) {
        for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly}) {
            const Period period = period_of(rhythm, day);
            ASSERT_TRUE(period.holds(day));
            ASSERT_EQ(period_of(rhythm, period.first), period);
            ASSERT_EQ(period_of(rhythm, period.last), period);
            ASSERT_EQ(previous(period).last + 1, period.first);
            ASSERT_EQ(previous(period), period_of(rhythm, period.first - 1));
        }
    }
}

TEST(Period, Week53OfTheYear2020EndsInJanuary) {
    const Period week = period_of(Rhythm::weekly, date(2021, 1, 1));
    EXPECT_EQ(to_string(week.first), "2020-12-28");
    EXPECT_EQ(to_string(week.last), "2021-01-03");
}

TEST(Period, MonthBeforeJanuaryIsDecemberOfTheYearBefore) {
    const Period month = previous(period_of(Rhythm::monthly, date(2021, 1, 31)));
    EXPECT_EQ(to_string(month.first), "2020-12-01");
    EXPECT_EQ(to_string(month.last), "2020-12-31");
}

// Trap 7: a day is only computed once it is over.
TEST(Period, LatestCompleteIsOverWhenTodayBegins) {
    const Day sunday = date(2026, 11, 22);
    EXPECT_EQ(latest_complete(Rhythm::daily, sunday).last, date(2026, 11, 21));
    EXPECT_EQ(latest_complete(Rhythm::weekly, sunday).last, date(2026, 11, 15));
    EXPECT_EQ(latest_complete(Rhythm::weekly, sunday + 1).last, sunday);
    EXPECT_EQ(latest_complete(Rhythm::monthly, sunday).last, date(2026, 10, 31));
}

TEST(Day, FormsOfFactsAreRead) {
    for (const char* text : {"2026-11-20", "2026/11/20", "20261120"})
        EXPECT_EQ(parse_day(text), date(2026, 11, 20)) << text;
    EXPECT_EQ(parse_day("2026-1-2"), date(2026, 1, 2));
    EXPECT_EQ(parse_day("2026/1/2"), date(2026, 1, 2));
    for (const char* text : {"", "2026-11", "2026-02-29", "2026-11-20x", "2026-11/20", "202611", "26-11-20",
                             "2026-13-01", "1969-12-31", "2200-01-01"})
        EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Day, MonthIsItsFirstDayOrAnyDateInIt) {
    for (const char* text : {"2026-11", "2026/11", "202611", "2026-11-20", "2026-11-01"})
        EXPECT_EQ(parse_month(text), date(2026, 11, 1)) << text;
    for (const char* text : {"2026", "2026-13", "2026-11x", ""}) EXPECT_FALSE(parse_month(text)) << text;
}

// Trap 13: the day is the tenant's, not the server's and not UTC's.
TEST(Zone, MidnightIsTheTenantsOwn) {
    const Zone shanghai("Asia/Shanghai"), new_york("America/New_York");
    const Instant instant = *shanghai.parse("2026-11-19T16:00:00Z");
    EXPECT_EQ(shanghai.day_of(instant), date(2026, 11, 20));
    EXPECT_EQ(shanghai.day_of({instant.micros - 1}), date(2026, 11, 19));
    EXPECT_EQ(new_york.day_of(instant), date(2026, 11, 19));
    EXPECT_EQ(shanghai.text(instant), "2026-11-20 00:00:00");
}

TEST(Zone, RepeatedTimeIsTheEarlierAndSkippedTimeTheMomentOfTheChange) {
    const Zone zone("America/New_York");
    // 2026-11-01 02:00 goes back to 01:00; 2026-03-08 02:00 goes on to 03:00.
    EXPECT_EQ(zone.parse("2026-11-01 01:30"), zone.parse("2026-11-01T05:30:00Z"));
    EXPECT_EQ(zone.parse("2026-03-08 02:30"), zone.parse("2026-03-08T07:00:00Z"));
    EXPECT_EQ(zone.parse("2026-03-08 03:00"), zone.parse("2026-03-08T07:00:00Z"));
}

TEST(Zone, DaysOfAClockChangeHaveTheirOwnLength) {
    const Zone zone("America/New_York");
    const auto hours = [&](Day day) {
        return (zone.start_of(day + 1).micros - zone.start_of(day).micros) / micros_per_hour;
    };
    EXPECT_EQ(hours(date(2026, 3, 8)), 23);
    EXPECT_EQ(hours(date(2026, 11, 1)), 25);
    EXPECT_EQ(hours(date(2026, 11, 2)), 24);
}

TEST(Zone, EveryHourOfAYearGoesToItsLocalDayAndBack) {
    for (const char* name : {"Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu"}) {
        const Zone zone(name), fresh(name);
        for (std::int64_t hour = 0; hour < 366 * 24; ++hour) {
            const Instant instant{(date(2026, 1, 1).number * std::int64_t{24} + hour) * micros_per_hour};
            const Day day = zone.day_of(instant);
            ASSERT_LE(zone.start_of(day).micros, instant.micros) << name << " " << hour;
            ASSERT_LT(instant.micros, zone.start_of(day + 1).micros) << name << " " << hour;
        }
    }
}

TEST(Zone, UnknownNameIsSaid) {
    try {
        Zone zone("Asia/Peking");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "tenant.unknown_zone");
        EXPECT_EQ(error.code(), Error::wrong_use);
    }
}

}  // namespace
}  // namespace siyu
