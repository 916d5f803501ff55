// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "tests/delivery/office.hpp"

namespace siyu {
namespace {

using enum PublicationState;

TEST_F(Office, AReportGoesOutAtItsTimeAndNotBefore) {
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 05:59");
    EXPECT_EQ(now(key).version, 0);
    settle_at("2026-11-20 06:00");
    EXPECT_EQ(now(key).state, ready);
    EXPECT_TRUE(out(key).empty());
    settle_at("2026-11-20 08:59");
    EXPECT_TRUE(out(key).empty());
    settle_at("2026-11-20 09:00");
    EXPECT_EQ(now(key).state, released);
    ASSERT_EQ(out(key).size(), 1U);
    EXPECT_EQ(out(key)[0].address, reader.address);
    EXPECT_EQ(now(daily("2026-11-20")).version, 0);
    post();
    settle();
    EXPECT_EQ(now(key).state, done);
}

TEST_F(Office, ManySchedulersMakeOneOfEach) {
    at("2026-11-23 09:00");
    agree("send_weekly", "mon 09:00");
    std::vector<std::unique_ptr<Database>> connections;
    for (int i = 0; i < 4; ++i) connections.push_back(connection());
    std::vector<std::thread> threads;
    for (const auto& one : connections)
        threads.emplace_back([&] {
            const auto mine = scheduler(*one);
            for (int i = 0; i < 12; ++i) {
                mine->tick();
                work(*one);
            }
        });
    for (std::thread& thread : threads) thread.join();
    settle();
    for (const auto& key :
         {daily("2026-11-22"), PublicationKey{tenant.number, Rhythm::weekly, *parse_day("2026-11-22"), 1}}) {
        EXPECT_EQ(now(key).state, released) << key.about();
        EXPECT_EQ(out(key).size(), 1U);
    }
    EXPECT_EQ(Publications(database()).list(std::nullopt, {}).size(), 2U);
    JobClock real;
    auto jobs = Queue(database(), rules, real).list(tenant.number);
    std::erase_if(jobs, [](const QueuedJob& job) { return job.key.kind != JobKind::deliver; });
    EXPECT_EQ(jobs.size(), 2U);
}

TEST_F(Office, AfterAWeekTheLatestReportIsSentAndThePeriodsStayTheirOwn) {
    settle_at("2026-11-20 09:00");
    post();
    settle_at("2026-11-27 09:30");
    EXPECT_EQ(now(daily("2026-11-26")).state, released);
    for (const char* day : {"2026-11-20", "2026-11-23", "2026-11-25"}) EXPECT_EQ(now(daily(day)).state, skipped) << day;
    EXPECT_EQ(content(daily("2026-11-26")).period, "2026-11-26");
    EXPECT_EQ(content(daily("2026-11-19")).period, "2026-11-19");
}

TEST_F(Office, WhatIsMadeByHandLeavesNoReportOfTheWeekendOut) {
    agree("send_daily", "09:00 workdays");
    settle_at("2026-11-20 09:00");
    at("2026-11-23 05:00");
    Publication one;
    one.key = daily("2026-11-22");
    one.due_at = clock.now;
    one.by_hand = true;
    ASSERT_TRUE(Publications(database()).add(one));
    settle_at("2026-11-23 09:00");
    for (const char* day : {"2026-11-20", "2026-11-21", "2026-11-22"}) {
        EXPECT_EQ(now(daily(day)).state, released) << day;
        EXPECT_EQ(out(daily(day)).size(), 1U) << day;
    }
}

TEST_F(Office, MissedReportsAreAllSentWhereThatWasAgreed) {
    agree("catch_up", "all");
    settle_at("2026-11-20 09:00");
    settle_at("2026-11-23 23:30");
    EXPECT_EQ(Outbox(database()).list(tenant.number, {}).size(), 1U) << "not in the night";
    settle_at("2026-11-24 08:00");
    for (const char* day : {"2026-11-20", "2026-11-21", "2026-11-22"})
        EXPECT_EQ(now(daily(day)).state, released) << day;
}

TEST_F(Office, MissedReportsWaitForAWordWhereThatWasAgreed) {
    agree("catch_up", "ask");
    settle_at("2026-11-20 09:00");
    settle_at("2026-11-23 10:00");
    EXPECT_EQ(now(daily("2026-11-20")).state, asked);
    EXPECT_EQ(now(daily("2026-11-21")).state, asked);
    EXPECT_EQ(now(daily("2026-11-22")).state, released);
    EXPECT_EQ(times_told("notice:asked:"), 1U) << "of both";
}

TEST_F(Office, ANewBrandDoesNotGetTheReportsOfLastMonth) {
    settle_at("2026-11-20 09:00");
    EXPECT_EQ(Publications(database()).list(std::nullopt, {}).size(), 1U);
}

TEST_F(Office, WithoutApprovalItIsHeldOrSentOrSentMarkedAsWasAgreed) {
    agree("approval", "review");
    agree("approve_by", "10:00");
    const std::pair<const char*, PublicationState> cases[] = {{"hold", held}, {"send", released}, {"mark", released}};
    const char* days[] = {"2026-11-19", "2026-11-20", "2026-11-21"};
    for (std::size_t i = 0; i < 3; ++i) {
        agree("unapproved", cases[i].first);
        const auto key = daily(days[i]);
        const std::string morning = to_string(*parse_day(days[i]) + 1);
        settle_at(morning + " 09:05");
        EXPECT_EQ(now(key).state, review) << cases[i].first;
        EXPECT_EQ(times_told("notice:review:" + key.about()), 1U);
        EXPECT_EQ(times_told("notice:reminder:" + key.about()), 0U);
        settle_at(morning + " 09:31");
        EXPECT_GE(times_told("notice:reminder:" + key.about()), 1U);
        EXPECT_TRUE(out(key).empty());
        settle_at(morning + " 10:00");
        EXPECT_EQ(now(key).state, cases[i].second) << cases[i].first;
        EXPECT_EQ(content(key).marks.empty(), cases[i].second == held || std::string(cases[i].first) == "send");
    }
    // What is held goes out as soon as somebody approves it.
    approve(daily("2026-11-19"));
    settle();
    EXPECT_EQ(now(daily("2026-11-19")).state, released);
}

TEST_F(Office, AReminderIsToldOnce) {
    agree("approval", "review");
    const auto one = scheduler(database());
    for (const char* time : {"2026-11-20 09:20", "2026-11-20 09:40"}) {
        at(time);
        for (int i = 0; i < 6; ++i) {
            one->tick();
            work(database());
        }
    }
    EXPECT_EQ(now(daily("2026-11-19")).state, review);
    EXPECT_EQ(times_told("notice:reminder:"), 1U);
    EXPECT_EQ(times_told("notice:review:"), 1U);
}

TEST_F(Office, WhatSomebodyAsksForInTheAfternoonIsNotJudgedByTheMorningsDeadline) {
    agree("approval", "review");
    agree("approve_by", "10:00");
    agree("unapproved", "send");
    at("2026-11-20 15:00");
    Publication one;
    one.key = daily("2026-11-10");
    one.due_at = clock.now;
    one.by_hand = true;
    ASSERT_TRUE(Publications(database()).add(one));
    settle();
    EXPECT_EQ(now(one.key).state, review) << "somebody wants to look at it";
    EXPECT_TRUE(out(one.key).empty());
    settle_at("2026-11-20 16:00");
    EXPECT_EQ(now(one.key).state, released);
}

TEST_F(Office, AReasonThatIsOverIsNotTold) {
    agree("approval", "review");
    agree("required", "orders");
    agree("ready_by", "08:30");
    facts("数据未齐", true);
    settle_at("2026-11-20 08:45");
    ASSERT_EQ(now(daily("2026-11-19")).state, held);
    facts("¥1,000.00");
    settle();
    EXPECT_EQ(now(daily("2026-11-19")).state, review);
    EXPECT_FALSE(now(daily("2026-11-19")).reason);
}

TEST_F(Office, AMessageWhoseJobIsNobodysDoesNotKeepTheReportOpen) {
    enlist("li@aurora.example", Role::brand);
    const Recipient third = enlist("zhao@aurora.example", Role::brand);
    settle_at("2026-11-20 09:00");
    const auto key = daily("2026-11-19");
    ASSERT_EQ(out(key).size(), 3U);
    Queue queue(database(), rules, clock);
    Outbox outbox(database());
    std::vector<Delivery> all = out(key);
    all[1].state = DeliveryState::handing;
    outbox.save(all[1]);
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(queue.cancel(*queue.find(job_of(all[static_cast<std::size_t>(i)].key))));
    settle();
    EXPECT_EQ(now(key).state, released);
    EXPECT_EQ(out(key)[0].state, DeliveryState::cancelled);
    EXPECT_EQ(out(key)[1].state, DeliveryState::unsure) << "whoever had it may have sent it";
    EXPECT_EQ(times_told("notice:failed:"), 1U);
    rules.attempts = 1;
    Leases leases(database(), rules, clock, "host:1:place:1");
    const auto jobs = leases.take(JobKind::deliver, 10);
    ASSERT_EQ(jobs.size(), 1U);
    ASSERT_TRUE(leases.fail(jobs[0], Note{"delivery.no_account", {}}, false));
    settle();
    EXPECT_EQ(outbox.find({tenant.number, key.about(), third.number})->state, DeliveryState::failed);
    EXPECT_EQ(now(key).state, done);
}

TEST_F(Office, AMessageIsChangedAsItWasSeenOrNotAtAll) {
    settle_at("2026-11-20 09:00");
    Outbox outbox(database());
    Delivery one = out(daily("2026-11-19"))[0];
    one.state = DeliveryState::sent;
    EXPECT_TRUE(outbox.change(one, DeliveryState::queued));
    one.state = DeliveryState::queued;
    EXPECT_FALSE(outbox.change(one, DeliveryState::failed));
    EXPECT_EQ(outbox.find(one.key)->state, DeliveryState::sent);
}

TEST_F(Office, AnApprovalIsForWhatWasSeenAndVoidWhenThatChanges) {
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 07:00");
    approve(key);
    settle();
    EXPECT_EQ(now(key).state, ready);
    facts("¥1,000.00");  // an import that changes nothing that is told
    settle();
    EXPECT_TRUE(now(key).approved());
    facts("¥2,000.00");
    settle();
    EXPECT_EQ(now(key).state, review);
    EXPECT_FALSE(now(key).approved());
    EXPECT_EQ(times_told("notice:voided:"), 1U);
    settle_at("2026-11-20 09:00");
    EXPECT_TRUE(out(key).empty());
    approve(key);
    settle();
    EXPECT_EQ(now(key).state, released);
    EXPECT_EQ(content(key).figures[0].text, "¥2,000.00");
}

TEST_F(Office, DataThatComeBetweenApprovalAndSendingAreNotSentUnseen) {
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 07:00");
    approve(key);
    facts("¥2,000.00");
    at("2026-11-20 09:00");
    // The very tick that would send it.
    scheduler(database())->tick();
    EXPECT_TRUE(out(key).empty());
    settle();
    EXPECT_TRUE(out(key).empty());
    EXPECT_EQ(now(key).state, review);
}

TEST_F(Office, ACommentIsPartOfWhatIsApproved) {
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 07:00");
    approve(key);
    change_publication(database(), key, clock.now, [](Publication& one) {
        one.note = "双十一后回落属正常";
        one.made = {};
    });
    settle();
    EXPECT_FALSE(now(key).approved());
    ASSERT_FALSE(content(key).parts.empty());
    EXPECT_NE(write_document(content(key)).find("双十一后回落属正常"), std::string::npos);
    EXPECT_EQ(content(key).figures[0].text, "¥1,000.00");
}

TEST_F(Office, AReportWaitsForItsFactsAndIsHeldAtTheDeadline) {
    agree("required", "orders");
    agree("ready_by", "08:30");
    const auto key = daily("2026-11-19");
    facts("数据未齐", true);
    settle_at("2026-11-20 07:00");
    EXPECT_EQ(now(key).state, figures);
    settle_at("2026-11-20 08:30");
    EXPECT_EQ(now(key).state, held);
    EXPECT_EQ(times_told("notice:held:"), 1U);
    settle_at("2026-11-20 09:10");
    EXPECT_TRUE(out(key).empty());
    facts("¥1,000.00");
    settle_at("2026-11-20 11:00");
    EXPECT_EQ(now(key).state, released) << "what was missing has come";
}

TEST_F(Office, HeldAgainIsToldAgainButNotWithEveryImport) {
    agree("required", "orders");
    agree("approval", "review");
    const auto key = daily("2026-11-19");
    facts("数据未齐", true);
    settle_at("2026-11-20 09:10");
    facts("数据未齐", true);
    settle();
    EXPECT_EQ(times_told("notice:held:"), 1U);
    facts("¥1,000.00");
    settle();
    EXPECT_EQ(now(key).state, review);
    facts("数据未齐", true);  // an import was undone
    settle();
    EXPECT_EQ(now(key).state, held);
    EXPECT_EQ(times_told("notice:held:"), 2U);
}

TEST_F(Office, AReportIsSentMarkedAtTheDeadlineWhereThatWasAgreed) {
    agree("required", "orders");
    agree("at_deadline", "send");
    const auto key = daily("2026-11-19");
    facts("数据未齐", true);
    settle_at("2026-11-20 08:59");
    EXPECT_EQ(now(key).state, figures);
    settle_at("2026-11-20 09:00");
    EXPECT_EQ(now(key).state, released);
    EXPECT_EQ(content(key).marks.size(), 1U);
}

TEST_F(Office, FiguresThatDoNotAddUpAreHeldWhateverWasAgreed) {
    agree("at_deadline", "send");
    facts("¥1,000.00", false, false);
    const auto key = daily("2026-11-19");
    settle_at("2026-11-20 09:30");
    EXPECT_EQ(now(key).state, held);
    ASSERT_TRUE(now(key).reason);
    EXPECT_EQ(now(key).reason->id, "delivery.reason.broken");
    EXPECT_EQ(times_told("notice:held:"), 1U);
}

TEST_F(Office, ACorrectionTellsWhatChangedToThoseWhoGotTheFirst) {
    const auto first = daily("2026-11-19"), second = daily("2026-11-19", 2);
    settle_at("2026-11-20 09:00");
    post();
    settle();
    const std::string sent = write_document(content(first));
    const Recipient later = enlist("zhao@aurora.example", Role::brand);
    facts("¥900.00");
    Publication next;
    next.key = second;
    next.due_at = clock.now;
    next.why = "退款补录";
    ASSERT_TRUE(Publications(database()).add(next));
    settle();
    EXPECT_EQ(now(second).state, released);
    ASSERT_EQ(out(second).size(), 1U);
    EXPECT_EQ(out(second)[0].address, reader.address);
    const std::string told_now = write_document(content(second));
    for (const char* words : {"¥1,000.00", "¥900.00", "退款补录"})
        EXPECT_NE(told_now.find(words), std::string::npos) << words;
    EXPECT_EQ(write_document(content(first)), sent) << "what was sent never changes";
}

TEST_F(Office, ACorrectionOfNothingIsNotSent) {
    settle_at("2026-11-20 09:00");
    post();
    settle();
    Publication next;
    next.key = daily("2026-11-19", 2);
    next.due_at = clock.now;
    ASSERT_TRUE(Publications(database()).add(next));
    settle();
    EXPECT_EQ(now(next.key).state, cancelled);
    EXPECT_TRUE(out(next.key).empty());
}

TEST_F(Office, OnlyTheBrandsDomainsGetItAndNobodyWhoUnsubscribed) {
    enlist("wang@aurora.example.evil.example", Role::brand);
    enlist("someone@other.example", Role::brand);
    Recipient gone = enlist("gone@aurora.example", Role::brand);
    gone.unsubscribed_at = clock.now;
    People(database(), tenant.number).save(gone);
    enlist("spy@aurora.example", Role::agency);
    settle_at("2026-11-20 09:00");
    const auto all = out(daily("2026-11-19"));
    ASSERT_EQ(all.size(), 4U) << "and nothing of who unsubscribed";
    EXPECT_EQ(all[0].address, reader.address);
    EXPECT_EQ(all[0].state, DeliveryState::queued);
    for (std::size_t i = 1; i < all.size(); ++i) {
        EXPECT_EQ(all[i].state, DeliveryState::refused) << all[i].address;
        EXPECT_FALSE(all[i].words.empty()) << all[i].address;
        EXPECT_FALSE(Queue(database(), rules, clock).find(job_of(all[i].key))) << all[i].address;
    }
    EXPECT_EQ(times_told("notice:refused:daily:2026-11-19:1"), 1U);
}

TEST_F(Office, TheDomainsOfTodayHoldForAReportOnLastMonth) {
    {
        Transaction transaction(database(), tenant.number);
        Tenants(database()).agree(tenant, "domains", *parse_day("2026-11-15"), "aurora.example, sun.example");
        transaction.commit();
    }
    const Recipient later = enlist("li@sun.example", Role::brand);
    Publication one;
    one.key = daily("2026-10-31");
    one.due_at = clock.now;
    ASSERT_TRUE(Publications(database()).add(one));
    settle();
    EXPECT_EQ(out(one.key).size(), 2U);
}

TEST_F(Office, WithNobodyToSendToItIsHeldAndToldOnce) {
    agree("domains", "somewhere.example");
    settle_at("2026-11-20 09:00");
    settle_at("2026-11-20 09:30");
    EXPECT_EQ(now(daily("2026-11-19")).state, held);
    EXPECT_EQ(now(daily("2026-11-19")).reason->id, "delivery.reason.nobody");
}

TEST_F(Office, StepsComeBackAsOpenLateAndDone) {
    FollowUps follow_ups(database(), tenant.number);
    {
        Transaction transaction(database(), tenant.number);
        follow_ups.add({"补齐甲方短信触达", "李雷", *parse_day("2026-11-25"), std::nullopt}, clock.now);
        follow_ups.add({"复盘流失", "韩梅梅", *parse_day("2026-11-18"), std::nullopt}, clock.now);
        KeptStep old = follow_ups.add({"上月的事", "", *parse_day("2026-10-01"), std::nullopt}, clock.now);
        old.step.done = *parse_day("2026-10-02");
        follow_ups.save(old);
        transaction.commit();
    }
    settle_at("2026-11-20 09:00");
    const std::string told_now = write_document(content(daily("2026-11-19")));
    EXPECT_NE(told_now.find("补齐甲方短信触达"), std::string::npos);
    EXPECT_NE(told_now.find("复盘流失"), std::string::npos);
    EXPECT_EQ(told_now.find("上月的事"), std::string::npos) << "done long ago";
}

TEST_F(Office, EachLanguageIsThere) {
    enlist("smith@aurora.example", Role::brand, Language::en);
    settle_at("2026-11-20 09:00");
    EXPECT_EQ(Publications(database()).contents(daily("2026-11-19")).size(), 4U);
    EXPECT_EQ(out(daily("2026-11-19")).size(), 2U);
}

}  // namespace
}  // namespace siyu
