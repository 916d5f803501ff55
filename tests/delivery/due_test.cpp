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
                EXPECT_FALSE(slot.late);
                EXPECT_TRUE(!after || slot.period == period_of(rhythm, *after + 1)) << to_string(slot.period.last);
                EXPECT_LT(moment(Zone("Asia/Shanghai"), slot.period.last + 1, 0), slot.due_at);
                after = slot.period.last;
            }
        EXPECT_GT(seen.size(), rhythm == Rhythm::daily ? 290U : rhythm == Rhythm::weekly ? 40U : 9U);
    }
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
