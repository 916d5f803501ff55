// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/calendar.hpp"

#include <gtest/gtest.h>

#include "core/base/catalogue.hpp"

namespace siyu {
namespace {

Day day(std::string_view text) { return *parse_day(text); }

// What add() says of a text, with its line; nothing where it takes it.
std::string said(const std::string& toml, Language language = Language::zh) {
    WorkCalendar calendar;
    try {
        calendar.add(toml, "w/calendar.toml");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::refused);
        EXPECT_FALSE(calendar.knows(2027)) << "half a file was taken";
        EXPECT_EQ(catalogue(language).say(error.note()).find('{'), std::string::npos);
        std::string text = error.note().id;
        for (const auto& [name, value] : error.note().with)
            if (name != "file") text += " " + value;
        return text;
    }
    return {};
}

std::string year(const std::string& lines) {
    return "[[year]]\nyear = 2027\nsource = \"s\"\noff = [\"2027-01-01\"]\n" + lines;
}

TEST(Calendar, holidays_are_off_and_their_working_weekends_are_not) {
    const WorkCalendar& china = WorkCalendar::china();
    for (const char* off : {"2024-02-12", "2025-01-28", "2025-10-08", "2026-02-23", "2026-10-07", "2026-01-01"})
        EXPECT_FALSE(china.is_workday(day(off))) << off;
    for (const char* work : {"2024-02-04", "2024-02-18", "2025-09-28", "2026-01-04", "2026-02-28", "2026-10-10"})
        EXPECT_TRUE(china.is_workday(day(work))) << work;
    EXPECT_TRUE(china.is_workday(day("2026-11-20")));
    EXPECT_FALSE(china.is_workday(day("2026-11-21")));
    EXPECT_FALSE(china.is_workday(day("2026-11-22")));
}

// By hand: weekdays of the year, less the weekdays that are off, and the working weekends.
TEST(Calendar, a_year_has_the_workdays_that_its_notice_leaves) {
    const WorkCalendar& china = WorkCalendar::china();
    const auto count = [&china](int of) {
        int workdays = 0;
        for (Day each = *day_of(of, 1, 1); each <= *day_of(of, 12, 31); ++each) workdays += china.is_workday(each);
        return workdays;
    };
    EXPECT_EQ(count(2024), 262 - 19 + 8);
    EXPECT_EQ(count(2025), 261 - 18 + 5);
    EXPECT_EQ(count(2026), 261 - 19 + 6);
}

TEST(Calendar, the_next_workday_is_the_day_itself_or_the_first_after_it) {
    const WorkCalendar& china = WorkCalendar::china();
    EXPECT_EQ(china.next_workday(day("2026-11-20")), day("2026-11-20"));
    EXPECT_EQ(china.next_workday(day("2026-10-01")), day("2026-10-08"));
    EXPECT_EQ(china.next_workday(day("2026-02-15")), day("2026-02-24"));
    EXPECT_EQ(china.next_workday(day("2026-01-01")), day("2026-01-04"));
    EXPECT_EQ(china.next_workday(day("2027-01-02")), day("2027-01-04"));
}

TEST(Calendar, a_year_without_a_notice_goes_by_the_weekday) {
    const WorkCalendar& china = WorkCalendar::china();
    EXPECT_TRUE(china.knows(2026));
    EXPECT_FALSE(china.knows(2027));
    EXPECT_TRUE(china.is_workday(day("2027-01-01")));
    EXPECT_FALSE(china.is_workday(day("2027-01-02")));
}

TEST(Calendar, a_workspace_brings_a_year_and_its_year_replaces_ours) {
    WorkCalendar calendar = WorkCalendar::china();
    calendar.add(
        "[[year]]\nyear = 2027\nsource = \"s\"\noff = [\"2026-12-31..2027-01-03\"]\nwork = [\"2026-12-26\"]\n"
        "[[year]]\nyear = 2025\nsource = \"s\"\noff = []\n",
        "w/calendar.toml");
    EXPECT_TRUE(calendar.knows(2027));
    EXPECT_FALSE(calendar.is_workday(day("2026-12-31"))) << "a holiday reaches back into December";
    EXPECT_TRUE(calendar.is_workday(day("2026-12-26")));
    EXPECT_EQ(calendar.next_workday(day("2026-12-31")), day("2027-01-04"));
    EXPECT_FALSE(calendar.is_workday(day("2026-10-01"))) << "other years stay";
    EXPECT_TRUE(calendar.is_workday(day("2025-10-01")));
    EXPECT_FALSE(calendar.is_workday(day("2025-10-11")));
    EXPECT_FALSE(WorkCalendar::china().knows(2027));
}

TEST(Calendar, a_slip_in_a_file_is_refused_with_its_line) {
    EXPECT_EQ(said(year("")), "");
    EXPECT_EQ(said("[[year]\n").substr(0, 18), "calendar.no_toml 1");
    EXPECT_EQ(said(""), "calendar.no_years 1 ");
    EXPECT_EQ(said("year = 2027\n"), "calendar.no_years 1 ");
    EXPECT_EQ(said(year("rest = 1\n")), "calendar.unknown_key 5 rest");
    EXPECT_EQ(said("[[year]]\nyear = \"2027\"\n"), "calendar.bad_year 2 ");
    EXPECT_EQ(said("[[year]]\nyear = 2027\noff = []\n"), "calendar.no_source 1 2027");
    EXPECT_EQ(said("[[year]]\nyear = 2027\nsource = \"s\"\n"), "calendar.no_list 1 off");
    EXPECT_EQ(said(year("work = \"2027-01-02\"\n")), "calendar.no_list 5 work");
    EXPECT_EQ(said(year("work = [\n\"2027-02-30\"]\n")), "calendar.bad_days 6 2027-02-30");
    EXPECT_EQ(said(year("work = [2027-01-02]\n")), "calendar.bad_days 5 ");
    EXPECT_EQ(said(year("work = [\"2027-01-09..2027-01-02\"]\n")), "calendar.bad_days 5 2027-01-09..2027-01-02");
    EXPECT_EQ(said(year("work = [\"2028-01-01\"]\n")), "calendar.other_year 5 2028-01-01");
    EXPECT_EQ(said(year("work = [\"2026-11-29\"]\n")), "calendar.other_year 5 2026-11-29");
    EXPECT_EQ(said(year("work = [\"2027-01-04\"]\n")), "calendar.no_weekend 5 2027-01-04");
    EXPECT_EQ(said(year("work = [\"2027-01-02\", \"2027-01-02\"]\n")), "calendar.day_twice 5 2027-01-02");
    EXPECT_EQ(said(year("") + year("")), "calendar.year_twice 6 2027");
    EXPECT_EQ(said(year("rest = 1\n"), Language::en), "calendar.unknown_key 5 rest");
}

}  // namespace
}  // namespace siyu
