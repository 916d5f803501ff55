// SPDX-License-Identifier: Apache-2.0
// What is late: missed, at night, or before anybody could look at it.
#include <set>

#include "tests/delivery/office.hpp"

namespace siyu {
namespace {

using enum PublicationState;

class LateOffice : public Office {
  protected:
    // `siyu send go`
    void go(const PublicationKey& key) {
        change_publication(database(), key, clock.now, [&](Publication& one) {
            one.state = figures;
            one.due_at = clock.now;
            one.by_hand = true;
        });
    }
    std::size_t different(const std::string& beginning) const {
        std::set<std::string> found;
        for (const auto& [about, id] : told)
            if (about.starts_with(beginning)) found.insert(about);
        return found.size();
    }
    // What the one who was told last has to do until when.
    std::string by() const {
        for (const auto& [name, value] : notes.back().with)
            if (name == "by") return value;
        return "";
    }
};

TEST_F(LateOffice, WhatWasBegunAndMissedWaitsForAWordAndThePmIsToldOnce) {
    agree("catch_up", "ask");
    settle_at("2026-11-20 07:00");
    ASSERT_EQ(now(daily("2026-11-19")).state, ready);
    settle_at("2026-11-28 10:00");
    for (const char* day : {"2026-11-19", "2026-11-20", "2026-11-23", "2026-11-26"}) {
        EXPECT_EQ(now(daily(day)).state, asked) << day;
        EXPECT_TRUE(out(daily(day)).empty()) << day;
    }
    EXPECT_EQ(now(daily("2026-11-27")).state, released);
    EXPECT_EQ(times_told("notice:asked:"), 1U) << "one for all eight";
    settle_at("2026-11-28 12:00");
    EXPECT_EQ(times_told("notice:asked:"), 1U);
    go(daily("2026-11-19"));
    settle();
    EXPECT_EQ(now(daily("2026-11-19")).state, released) << "somebody asked for it";
}

TEST_F(LateOffice, WhatWasBegunAndMissedIsLeftOutWhereALaterOneIsThere) {
    settle_at("2026-11-20 07:00");
    settle_at("2026-11-28 10:00");
    EXPECT_EQ(now(daily("2026-11-19")).state, skipped);
    EXPECT_EQ(now(daily("2026-11-26")).state, skipped);
    EXPECT_EQ(now(daily("2026-11-27")).state, released);
    EXPECT_EQ(Outbox(database()).list(tenant.number, {}).size(), 1U);
    EXPECT_EQ(times_told("notice:skipped:"), 1U) << "somebody may have looked at that of the 19th";
}

TEST_F(LateOffice, WhatWasBegunAndMissedIsSentWhereAllAre) {
    agree("catch_up", "all");
    settle_at("2026-11-20 07:00");
    settle_at("2026-11-22 10:00");
    for (const char* day : {"2026-11-19", "2026-11-20", "2026-11-21"})
        EXPECT_EQ(now(daily(day)).state, released) << day;
}

TEST_F(LateOffice, AnApprovalOfLastWeekSendsNothingThisWeek) {
    agree("approval", "review");
    agree("catch_up", "ask");
    settle_at("2026-11-20 07:00");
    approve(daily("2026-11-19"));
    settle_at("2026-11-28 10:00");
    EXPECT_EQ(now(daily("2026-11-19")).state, asked);
    EXPECT_TRUE(out(daily("2026-11-19")).empty());
}

TEST_F(LateOffice, WhatIsApprovedInTheEveningGoesInTheMorning) {
    agree("approval", "review");
    settle_at("2026-11-20 09:30");
    settle_at("2026-11-20 19:30");
    approve(daily("2026-11-19"));
    settle_at("2026-11-20 21:05");
    const Publication waits = now(daily("2026-11-19"));
    EXPECT_EQ(waits.state, ready);
    ASSERT_TRUE(waits.reason);
    EXPECT_EQ(waits.reason->id, "delivery.reason.night");
    settle_at("2026-11-21 06:05");
    EXPECT_EQ(now(daily("2026-11-19")).state, ready);
    settle_at("2026-11-21 08:01");
    EXPECT_EQ(now(daily("2026-11-19")).state, released);
    EXPECT_EQ(times_told("notice:skipped:"), 0U);
}

TEST_F(LateOffice, WhatPeopleLookAtIsNotMissedWhenMoreDataCome) {
    agree("approval", "review");
    agree("required", "orders");
    facts("数据未齐", true);
    for (const char* at : {"2026-11-20 09:30", "2026-11-21 07:00"}) settle_at(at);
    ASSERT_EQ(now(daily("2026-11-19")).state, held);
    facts("¥1,000.00");
    settle_at("2026-11-21 10:00");
    ASSERT_EQ(now(daily("2026-11-19")).state, review);
    facts("¥2,000.00");
    settle_at("2026-11-21 10:10");
    EXPECT_EQ(now(daily("2026-11-19")).state, review);
}

TEST_F(LateOffice, FactsThatComeDaysLateSendNothingOldAndNothingAtNight) {
    agree("required", "orders");
    facts("数据未齐", true);
    for (const char* day : {"2026-11-20", "2026-11-21", "2026-11-22"}) settle_at(std::string(day) + " 09:30");
    ASSERT_EQ(now(daily("2026-11-19")).state, held);
    facts("¥1,000.00");
    settle_at("2026-11-23 02:31");
    EXPECT_EQ(now(daily("2026-11-19")).state, skipped);
    EXPECT_EQ(now(daily("2026-11-20")).state, skipped);
    EXPECT_EQ(times_told("notice:skipped:"), 1U);
    EXPECT_TRUE(Outbox(database()).list(tenant.number, {}).empty());
    settle_at("2026-11-23 09:00");
    EXPECT_EQ(now(daily("2026-11-21")).state, skipped);
    EXPECT_EQ(now(daily("2026-11-22")).state, released);
    EXPECT_EQ(Outbox(database()).list(tenant.number, {}).size(), 1U);
}

TEST_F(LateOffice, WhatIsNotTooLateYetWaitsForTheMorning) {
    agree("send_daily", "off");
    agree("send_weekly", "mon 09:00");
    agree("required", "orders");
    const PublicationKey weekly{tenant.number, Rhythm::weekly, *parse_day("2026-11-22"), 1};
    facts("数据未齐", true);
    settle_at("2026-11-23 09:30");
    ASSERT_EQ(now(weekly).state, held);
    facts("¥1,000.00");
    for (const char* time : {"2026-11-23 22:00", "2026-11-24 02:31", "2026-11-24 07:59"}) {
        settle_at(time);
        EXPECT_EQ(now(weekly).state, ready) << time;
    }
    settle_at("2026-11-24 08:00");
    EXPECT_EQ(now(weekly).state, released);
}

TEST_F(LateOffice, TheNewestThatWasMissedIsSentByDay) {
    agree("send_daily", "off");
    agree("send_monthly", "1 10:00");
    const PublicationKey monthly{tenant.number, Rhythm::monthly, *parse_day("2026-11-30"), 1};
    settle_at("2026-12-01 08:00");
    settle_at("2026-12-15 03:00");
    EXPECT_EQ(now(monthly).state, ready);
    EXPECT_TRUE(out(monthly).empty());
    settle_at("2026-12-15 08:00");
    EXPECT_EQ(now(monthly).state, released);
}

TEST_F(LateOffice, AnHourThatWasAgreedAndWhatSomebodyAsksForAreNoNight) {
    agree("send_daily", "23:30");
    settle_at("2026-11-20 23:29");
    EXPECT_TRUE(out(daily("2026-11-19")).empty());
    settle_at("2026-11-20 23:30");
    EXPECT_EQ(now(daily("2026-11-19")).state, released);
    agree("approval", "review");
    settle_at("2026-11-21 22:00");
    settle_at("2026-11-22 01:30");
    ASSERT_EQ(now(daily("2026-11-20")).state, held);
    approve(daily("2026-11-20"));
    settle();
    EXPECT_EQ(now(daily("2026-11-20")).state, released) << "approved just now";
}

TEST_F(LateOffice, ADeadlineThatPassedBeforeAnybodyCouldLookGivesHalfAnHour) {
    agree("approval", "review");
    agree("approve_by", "10:00");
    const auto key = daily("2026-11-19");
    for (const char* then : {"send", "mark"}) {
        agree("unapproved", then);
        const auto late = std::string(then) == "send" ? key : daily("2026-11-20");
        const std::string morning = to_string(late.last + 1);
        settle_at(morning + " 11:00");
        EXPECT_EQ(now(late).state, review);
        EXPECT_TRUE(content(late).marks.empty());
        EXPECT_EQ(times_told("notice:review:" + late.about()), 1U);
        settle_at(morning + " 11:29");
        EXPECT_TRUE(out(late).empty());
        settle_at(morning + " 11:30");
        EXPECT_EQ(now(late).state, released);
        EXPECT_EQ(content(late).marks.empty(), std::string(then) == "send");
    }
}

TEST_F(LateOffice, ADeadlineAfterMidnightIsThatOfTheNextDay) {
    agree("approval", "review");
    agree("send_daily", "23:30");
    agree("approve_by", "00:30");
    agree("unapproved", "send");
    const auto key = daily("2026-11-19");
    for (const char* time : {"2026-11-20 20:30", "2026-11-20 21:00", "2026-11-20 23:30", "2026-11-21 00:29"}) {
        settle_at(time);
        EXPECT_EQ(now(key).state, review) << time;
    }
    EXPECT_EQ(times_told("notice:review:"), 1U);
    settle_at("2026-11-21 00:30");
    EXPECT_EQ(now(key).state, released);
}

TEST_F(LateOffice, ADeadlineBeforeItIsMadeStillLetsPeopleLook) {
    agree("approval", "review");
    agree("approve_by", "05:00");
    agree("unapproved", "send");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 06:00");
    EXPECT_EQ(now(key).state, review);
    EXPECT_EQ(times_told("notice:review:"), 1U);
    settle_at("2026-11-20 06:30");
    EXPECT_EQ(now(key).state, ready);
    settle_at("2026-11-20 09:00");
    EXPECT_EQ(now(key).state, released);
}

TEST_F(LateOffice, WhatChangedAfterTheDeadlineIsNotSentBeforeSomebodyCouldLook) {
    agree("approval", "review");
    agree("approve_by", "08:30");
    agree("unapproved", "send");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 07:30");
    approve(key);
    facts("¥99,999.00");
    settle_at("2026-11-20 08:45");
    EXPECT_EQ(now(key).state, review);
    ASSERT_EQ(times_told("notice:voided:"), 1U);
    EXPECT_EQ(by(), "2026-11-20 09:15");
    settle_at("2026-11-20 09:00");
    EXPECT_TRUE(out(key).empty());
    facts("¥88,888.00");  // and once more: this is another one to look at
    settle_at("2026-11-20 09:10");
    EXPECT_EQ(by(), "2026-11-20 09:40");
    settle_at("2026-11-20 09:39");
    EXPECT_TRUE(out(key).empty());
    settle_at("2026-11-20 09:40");
    EXPECT_EQ(now(key).state, released);
}

TEST_F(LateOffice, WhatIsHeldUntilItIsApprovedIsNotToldWithEveryImport) {
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 09:00");
    settle_at("2026-11-20 10:00");
    ASSERT_EQ(now(key).state, held);
    const std::size_t before = told.size();
    facts("¥2,000.00");
    settle_at("2026-11-20 14:00");
    settle_at("2026-11-20 15:00");
    EXPECT_EQ(now(key).state, held);
    EXPECT_EQ(content(key).figures[0].text, "¥2,000.00");
    EXPECT_EQ(told.size(), before);
}

TEST_F(LateOffice, WhatSomebodyLetsGoOnIsToldOfAgain) {
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 09:00");
    settle_at("2026-11-20 10:00");
    ASSERT_EQ(now(key).state, held);
    go(key);
    settle();
    EXPECT_EQ(now(key).state, review);
    settle_at("2026-11-20 11:00");
    EXPECT_EQ(now(key).state, held);
    EXPECT_EQ(different("notice:review:"), 2U);
    EXPECT_EQ(different("notice:held:"), 2U);
}

TEST_F(LateOffice, ASecondFailureIsTold) {
    settle_at("2026-11-20 09:00");
    rules.attempts = 1;
    Leases leases(database(), rules, clock, "host:1:place:1");
    for (std::size_t times = 1; times <= 2; ++times) {
        const auto jobs = leases.take(JobKind::deliver, 10);
        ASSERT_EQ(jobs.size(), 1U);
        ASSERT_TRUE(leases.fail(jobs[0], Note{"delivery.later", {}}, false));
        settle();
        EXPECT_EQ(different("notice:failed:"), times);
        Delivery one = out(daily("2026-11-19"))[0];
        ASSERT_EQ(one.state, DeliveryState::failed);
        one.state = DeliveryState::queued;  // siyu outbox retry
        Outbox(database()).save(one);
        Queue queue(database(), rules, clock);
        ASSERT_TRUE(queue.retry(*queue.find(job_of(one.key))));
        change_publication(database(), daily("2026-11-19"), clock.now, [](Publication& it) { it.state = released; });
    }
}

TEST_F(LateOffice, ThePmIsToldWhenWhatWasMissingHasCome) {
    agree("required", "orders");
    agree("at_deadline", "send");
    const auto key = daily("2026-11-19");
    facts("数据未齐", true);
    settle_at("2026-11-20 09:00");
    post();
    settle();
    ASSERT_EQ(now(key).state, done);
    const std::string sent = write_document(content(key));
    facts("还是未齐", true);
    settle_at("2026-11-20 10:00");
    EXPECT_EQ(times_told("notice:complete:"), 0U) << "not all of it";
    facts("¥1,000.00");
    settle_at("2026-11-20 11:00");
    settle_at("2026-11-20 11:02");
    EXPECT_EQ(times_told("notice:complete:"), 1U);
    EXPECT_EQ(now(key).state, done);
    ASSERT_TRUE(now(key).reason);
    EXPECT_EQ(now(key).reason->id, "delivery.reason.complete");
    EXPECT_EQ(write_document(content(key)), sent);
    facts("¥2,000.00");
    settle_at("2026-11-20 12:00");
    EXPECT_EQ(times_told("notice:complete:"), 1U);
    EXPECT_EQ(out(key).size(), 1U);
}

TEST_F(LateOffice, ABrandSetUpOnSaturdayGetsAllThatMondayIsDue) {
    agree("send_daily", "09:00 workdays");
    settle_at("2026-11-21 12:00");
    settle_at("2026-11-23 09:00");
    for (const char* day : {"2026-11-20", "2026-11-21", "2026-11-22"})
        EXPECT_EQ(now(daily(day)).state, released) << day;
    EXPECT_EQ(now(daily("2026-11-19")).version, 0);
}

}  // namespace
}  // namespace siyu
