// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/due.hpp"

#include <gtest/gtest.h>

#include <set>

namespace siyu {
namespace {

Day day(const char* text) { return *parse_day(text); }

struct Brand {
    Tenant tenant{1, "aurora", "曙光护肤", "standard", "Asia/Shanghai"};
    Agreement agreement;
    DeliveryRules rules{.prepare_minutes = 180, .spread_minutes = 0};

    Brand& with(const std::string& key, const std::string& value) {
        Agreement::check(key, value);
        agreement.set(key, earliest_day, value);
        return *this;
    }
    std::string due(Rhythm rhythm, const char* last) const {
        const auto at = due_at(tenant, agreement, period_of(rhythm, day(last)), WorkCalendar::china(), rules);
        return at ? Zone(tenant.timezone).text({*at * micros_per_second}) : "";
    }
};

TEST(Due, DailyWeeklyMonthlyByTheBrandsClock) {
    Brand brand;
    brand.with("send_daily", "09:00").with("send_weekly", "tue 09:30").with("send_monthly", "3 10:00");
    EXPECT_EQ(brand.due(Rhythm::daily, "2026-11-19"), "2026-11-20 09:00:00");
    EXPECT_EQ(brand.due(Rhythm::weekly, "2026-11-15"), "2026-11-17 09:30:00");
    EXPECT_EQ(brand.due(Rhythm::monthly, "2026-11-30"), "2026-12-03 10:00:00");
    brand.with("send_monthly", "31 10:00");
    EXPECT_EQ(brand.due(Rhythm::monthly, "2027-01-31"), "2027-02-28 10:00:00");
    brand.with("send_daily", "off");
    EXPECT_EQ(brand.due(Rhythm::daily, "2026-11-19"), "");
}

TEST(Due, NineInTokyoIsAnHourBeforeNineInShanghai) {
    Brand here, there;
    here.with("send_daily", "09:00");
    there.with("send_daily", "09:00").tenant.timezone = "Asia/Tokyo";
    const auto at = [](const Brand& brand) {
        return *due_at(brand.tenant, brand.agreement, period_of(Rhythm::daily, day("2026-11-19")),
                       WorkCalendar::china(), brand.rules);
    };
    EXPECT_EQ(at(here) - at(there), 3600);
}

TEST(Due, OnLegalWorkdaysReportsOfRestDaysComeOnTheNextOne) {
    Brand brand;
    brand.with("send_daily", "09:00 workdays").with("send_monthly", "1 10:00 workdays");
    for (const char* last : {"2026-11-20", "2026-11-21", "2026-11-22"})
        EXPECT_EQ(brand.due(Rhythm::daily, last), "2026-11-23 09:00:00") << last;
    // National Day 2026: off until the 7th; Saturday the 10th is worked.
    EXPECT_EQ(brand.due(Rhythm::daily, "2026-09-30"), "2026-10-08 09:00:00");
    EXPECT_EQ(brand.due(Rhythm::daily, "2026-10-09"), "2026-10-10 09:00:00");
    EXPECT_EQ(brand.due(Rhythm::monthly, "2026-09-30"), "2026-10-08 10:00:00");
}

TEST(Due, EveryPeriodIsDueOnceAndInOrder) {
    Brand brand;
    brand.with("send_daily", "09:00 workdays")
        .with("send_weekly", "mon 09:00 workdays")
        .with("send_monthly", "1 09:00");
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly}) {
        std::optional<Day> after;
        std::set<Day> seen;
        const std::int64_t start = moment(Zone("Asia/Shanghai"), day("2026-01-10"), 0);
        for (std::int64_t now = start; now < start + 300 * 86'400; now += 3'600)
            for (const Slot& slot :
                 slots(brand.tenant, brand.agreement, rhythm, after, now, WorkCalendar::china(), brand.rules)) {
                EXPECT_TRUE(seen.insert(slot.period.last).second);
                EXPECT_GE(slot.due_at + grace_seconds(rhythm), now);
                EXPECT_TRUE(!after || slot.period == period_of(rhythm, *after + 1)) << to_string(slot.period.last);
                EXPECT_LT(moment(Zone("Asia/Shanghai"), slot.period.last + 1, 0), slot.due_at);
                after = slot.period.last;
            }
        EXPECT_GT(seen.size(), rhythm == Rhythm::daily ? 290U : rhythm == Rhythm::weekly ? 40U : 9U);
    }
}

TEST(Due, WhatIsAheadIsWhatABrandThatIsNewWillGet) {
    Brand brand;
    brand.with("send_daily", "09:00 workdays");
    const Zone zone("Asia/Shanghai");
    const auto at = [&](const char* text) { return zone.parse(text)->micros / micros_per_second; };
    const auto days = [](const std::vector<Slot>& all) {
        std::string found;
        for (const Slot& slot : all) found += to_string(slot.period.last).substr(8) + " ";
        return found;
    };
    const WorkCalendar calendar = WorkCalendar::china();
    for (const char* now : {"2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 08:00"}) {
        EXPECT_EQ(days(ahead(brand.tenant, brand.agreement, Rhythm::daily, at(now), at("2026-11-24 10:00"), calendar,
                             brand.rules)),
                  "20 21 22 23 ")
            << now;
        EXPECT_EQ(days(slots(brand.tenant, brand.agreement, Rhythm::daily, std::nullopt, at("2026-11-23 08:00"),
                             calendar, brand.rules)),
                  "20 21 22 ");
    }
    // The week of National Day.
    EXPECT_EQ(days(ahead(brand.tenant, brand.agreement, Rhythm::daily, at("2026-10-05 12:00"), at("2026-10-08 10:00"),
                         calendar, brand.rules)),
              "30 01 02 03 04 05 06 07 ");
}

TEST(Due, AMinuteOfTheDayIsTheNearestOne) {
    const Zone zone("Asia/Shanghai");
    const auto near = [&](const char* to, int minute) {
        return zone.text({nearest(zone, zone.parse(to)->micros / micros_per_second, minute) * micros_per_second});
    };
    EXPECT_EQ(near("2026-11-20 09:00", 10 * 60), "2026-11-20 10:00:00");
    EXPECT_EQ(near("2026-11-20 09:00", 8 * 60 + 30), "2026-11-20 08:30:00");
    EXPECT_EQ(near("2026-11-20 23:30", 30), "2026-11-21 00:30:00");
    EXPECT_EQ(near("2026-11-20 00:30", 23 * 60), "2026-11-19 23:00:00");
}

TEST(Due, TheNightIsFromNineToEight) {
    const Zone zone("Asia/Shanghai");
    const auto day_of = [&](const char* at) {
        return zone.text({by_day(zone, zone.parse(at)->micros / micros_per_second) * micros_per_second});
    };
    EXPECT_EQ(day_of("2026-11-20 07:59"), "2026-11-20 08:00:00");
    EXPECT_EQ(day_of("2026-11-20 08:00"), "2026-11-20 08:00:00");
    EXPECT_EQ(day_of("2026-11-20 20:59"), "2026-11-20 20:59:00");
    EXPECT_EQ(day_of("2026-11-20 21:00"), "2026-11-21 08:00:00");
}

TEST(Due, BrandsAreSpreadAndEachKeepsItsPlace) {
    std::set<std::int64_t> places;
    for (int i = 0; i < 60; ++i) {
        Brand brand;
        brand.with("send_daily", "09:00").tenant.id = "brand-" + std::to_string(i);
        brand.rules.spread_minutes = 10;
        const auto at = [&](const char* last) {
            return *due_at(brand.tenant, brand.agreement, period_of(Rhythm::daily, day(last)), WorkCalendar::china(),
                           brand.rules) -
                   moment(Zone("Asia/Shanghai"), day(last) + 1, 9 * 60);
        };
        EXPECT_EQ(at("2026-11-19"), at("2026-11-20"));
        EXPECT_GE(at("2026-11-19"), 0);
        EXPECT_LT(at("2026-11-19"), 600);
        places.insert(at("2026-11-19") / 60);
    }
    EXPECT_EQ(places.size(), 10U) << "no minute stays empty with 60 brands";
}

TEST(SendTime, WhatIsNoneIsRefused) {
    for (const char* text :
         {"", "9", "24:00", "09:60", "9:5", "noon", "09:00 weekdays", "mon 09:00", "09:00 workdays x"})
        EXPECT_FALSE(SendTime::parse(Rhythm::daily, text)) << text;
    EXPECT_FALSE(SendTime::parse(Rhythm::weekly, "someday 09:00"));
    EXPECT_FALSE(SendTime::parse(Rhythm::monthly, "32 09:00"));
    EXPECT_FALSE(SendTime::parse(Rhythm::monthly, "0 09:00"));
    EXPECT_EQ(SendTime::parse(Rhythm::weekly, "sun 9:05 workdays")->minute, 545);
}

}  // namespace
}  // namespace siyu
