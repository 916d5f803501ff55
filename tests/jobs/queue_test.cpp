// SPDX-License-Identifier: Apache-2.0
#include "tests/jobs/job_bench.hpp"

namespace siyu {
namespace {

class JobQueue : public JobBench {};

TEST_F(JobQueue, AskedTwiceForTheSameIsOneJob) {
    EXPECT_EQ(queue.ask(key, {5, "p"}), Answer::due);
    EXPECT_EQ(queue.ask(key, {5, "p"}), Answer::waits);
    EXPECT_EQ(queue.list(std::nullopt).size(), 1U);
    EXPECT_EQ(queue.ask({8, JobKind::render, key.name}, {5, "p"}), Answer::due) << "another brand's is another job";
    EXPECT_EQ(queue.ask({7, JobKind::deliver, key.name}, {5, "p"}), Answer::due) << "another kind is another job";
    EXPECT_EQ(queue.list(std::nullopt).size(), 3U);
    EXPECT_EQ(queue.list(7).size(), 2U);
}

TEST_F(JobQueue, DoneIsDueAgainOnceTheDataOrThePluginsAreOthers) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(one->leases.finish(taken(*one), {5, "p"}));
    EXPECT_EQ(queue.ask(key, {5, "p"}), Answer::done);
    EXPECT_TRUE(one->leases.take(JobKind::render, 10).empty());
    EXPECT_EQ(queue.ask(key, {6, "p"}), Answer::due);
    ASSERT_TRUE(one->leases.finish(taken(*one), {6, "p"}));
    EXPECT_EQ(queue.ask(key, {6, "q"}), Answer::due);
    ASSERT_TRUE(one->leases.finish(taken(*one), {6, "q"}));
    EXPECT_EQ(queue.list(std::nullopt).size(), 1U);
}

TEST_F(JobQueue, MadeFromNewerDataThanAskedForNeedsNoSecondTime) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(one->leases.finish(taken(*one), {8, "p"}));
    EXPECT_EQ(now(key).state, JobState::done);
    EXPECT_EQ(queue.ask(key, {8, "p"}), Answer::done);
}

TEST_F(JobQueue, MadeFromOlderDataThanAskedForIsDueAgain) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(one->leases.finish(taken(*one), {4, "p"}));
    EXPECT_EQ(now(key).state, JobState::due);
}

TEST_F(JobQueue, AskedForAnewWhileUnderWayIsDueAgainAfterwards) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    const QueuedJob job = taken(*one);
    EXPECT_EQ(queue.ask(key, {5, "p"}), Answer::waits);
    EXPECT_EQ(queue.ask(key, {5, "q"}), Answer::waits);
    EXPECT_EQ(now(key).state, JobState::running) << "nobody else may take it meanwhile";
    ASSERT_TRUE(one->leases.finish(job, {5, "p"}));
    EXPECT_EQ(now(key).state, JobState::due);
    ASSERT_TRUE(one->leases.finish(taken(*one), {5, "q"}));
    EXPECT_EQ(now(key).state, JobState::done);
}

TEST_F(JobQueue, FailureIsKeptWithItsReasonAndTriedAgainAfterGrowingPauses) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    Note reason{"plugin.missing", {{"plugin", "pets"}, {"words", std::string("a\0b:3", 5)}}};
    reason.parts.push_back({"plugin.did_you_mean", {{"word", "pet"}}});
    const QueuedJob first = taken(*one);
    ASSERT_TRUE(one->leases.fail(first, reason, false));
    EXPECT_EQ(now(key).state, JobState::failing);
    EXPECT_EQ(now(key).reason, reason);
    EXPECT_GE(now(key).due_at, clock.now + 60);
    EXPECT_LE(now(key).due_at, clock.now + 72);
    clock.now += 59;
    EXPECT_TRUE(one->leases.take(JobKind::render, 10).empty());
    clock.now += 13;
    ASSERT_TRUE(one->leases.fail(taken(*one), reason, false));
    EXPECT_EQ(now(key).attempts, 2);
    EXPECT_GE(now(key).due_at, clock.now + 120);
    clock.now += 1000;
    ASSERT_TRUE(one->leases.fail(taken(*one), reason, false));
    EXPECT_EQ(now(key).state, JobState::given_up) << "rules.attempts is 3";
    clock.now += 100'000;
    EXPECT_TRUE(one->leases.take(JobKind::render, 10).empty());
    EXPECT_FALSE(queue.any_left({JobKind::render}));
}

TEST_F(JobQueue, SuccessWipesTheSlate) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(one->leases.fail(taken(*one), {"store.busy", {}}, false));
    clock.now += 1000;
    ASSERT_TRUE(one->leases.finish(taken(*one), {5, "p"}));
    EXPECT_EQ(now(key).attempts, 0);
    EXPECT_FALSE(now(key).reason);
}

TEST(JobPause, DoublesUpToTheLongestAndIsLongerWhereNothingWillChangeByItself) {
    const JobRules rules{.pause_seconds = 60, .longest_pause_seconds = 3600};
    EXPECT_EQ(pause_after(1, false, rules, 0), 60);
    EXPECT_EQ(pause_after(2, false, rules, 0), 120);
    EXPECT_EQ(pause_after(3, false, rules, 0), 240);
    EXPECT_EQ(pause_after(50, false, rules, 0), 3600);
    EXPECT_EQ(pause_after(1, true, rules, 0), 960);
    EXPECT_EQ(pause_after(1, false, rules, 0.99), 71);
    EXPECT_EQ(pause_after(9, false, {.pause_seconds = 0}, 0.5), 0);
}

TEST_F(JobQueue, GivenUpOrCancelledStandsUntilTheDataChangeOrARetry) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(queue.cancel(now(key)));
    EXPECT_EQ(queue.ask(key, {5, "p"}), Answer::stands);
    EXPECT_TRUE(one->leases.take(JobKind::render, 10).empty());
    EXPECT_EQ(queue.ask(key, {6, "p"}), Answer::due);
    ASSERT_TRUE(queue.cancel(now(key)));
    ASSERT_TRUE(queue.retry(now(key)));
    EXPECT_EQ(taken(*one).key, key);
}

TEST_F(JobQueue, NoOrderAlsoTakesWhatWasDoneButNotWhatIsUnderWay) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    const QueuedJob job = taken(*one);
    EXPECT_FALSE(queue.retry(now(key)));
    ASSERT_TRUE(one->leases.finish(job, {5, "p"}));
    EXPECT_FALSE(queue.cancel(now(key)));
    EXPECT_TRUE(queue.retry(now(key)));
    EXPECT_EQ(now(key).state, JobState::due);
}

TEST_F(JobQueue, CancelledUnderWayHasNoEffect) {
    auto one = worker("one");
    queue.ask(key, {5, "p"});
    const QueuedJob job = taken(*one);
    ASSERT_TRUE(queue.cancel(now(key)));
    bool effect = false;
    EXPECT_FALSE(one->leases.finish(job, {5, "p"}, [&] { effect = true; }));
    EXPECT_FALSE(effect);
    EXPECT_EQ(now(key).state, JobState::cancelled);
}

TEST_F(JobQueue, OldJobsGoWithTheirPagesWhatIsStillToBeDeliveredStays) {
    auto one = worker("one");
    const ReportOrder order = *ReportOrder::parse(key.name);
    const JobKey deliver{7, JobKind::deliver, "files:" + key.name};
    Pages pages(shop.database(), 7), others(shop.database(), 8);
    queue.ask(key, {5, "p"});
    ASSERT_TRUE(one->leases.finish(taken(*one), {5, "p"}, [&] {
        Pages(*one->database, 7).put(order, {{"brand", "html", false, "page"}}, 1, clock.now);
        Queue(*one->database, rules, clock).ask(deliver, {0, "x"});
    }));
    others.put(order, {{"brand", "html", false, "another brand's"}}, 1, clock.now);
    EXPECT_EQ(queue.sweep(10), 0U);
    clock.now += 8 * 86'400;
    EXPECT_EQ(queue.sweep(10), 0U) << "its pages are not delivered";
    EXPECT_EQ(pages.get(order).size(), 1U);
    const auto jobs = one->leases.take(JobKind::deliver, 1);
    ASSERT_EQ(jobs.size(), 1U);
    ASSERT_TRUE(one->leases.finish(jobs[0], {0, "x"}));
    EXPECT_EQ(queue.sweep(10), 1U);
    EXPECT_EQ(now(deliver).state, JobState::done) << "its own week has only begun";
    EXPECT_THROW(pages.get(order), Error);
    EXPECT_EQ(others.get(order).size(), 1U);
    clock.now += 8 * 86'400;
    EXPECT_EQ(queue.sweep(10), 1U);
    EXPECT_TRUE(queue.list(std::nullopt).empty());
}

TEST_F(JobQueue, PagesComeBackAsTheyWereAndOnlyToTheirBrand) {
    const ReportOrder order = *ReportOrder::parse("weekly:2026-11-15:en:brand,agency:html,json");
    std::string large;
    for (int i = 0; i < 300'000; ++i) large += static_cast<char>(i * 31 % 251);
    const std::vector<StoredPage> made{{"brand", "html", true, large},
                                       {"brand", "json", true, ""},
                                       {"agency", "html", true, std::string("\0\xff", 2)},
                                       {"agency", "json", true, "{}"}};
    Pages(shop.database(), 7).put(order, made, 3, clock.now);
    const auto found = Pages(shop.database(), 7).get(order);
    ASSERT_EQ(found.size(), made.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        EXPECT_EQ(found[i].audience, made[i].audience);
        EXPECT_EQ(found[i].format, made[i].format);
        EXPECT_EQ(found[i].held, made[i].held);
        EXPECT_TRUE(found[i].bytes == made[i].bytes) << i;
    }
    EXPECT_EQ(mark_of(found), mark_of(made));
    EXPECT_THROW(Pages(shop.database(), 8).get(order), Error);
}

TEST(ReportOrders, NameSaysTheWholeOrderAndNothingElseIsOne) {
    for (const char* name : {"daily:2026-11-20:zh:brand:html", "monthly:2026-10-31:en:brand,agency:html,text,json"}) {
        const auto order = ReportOrder::parse(name);
        ASSERT_TRUE(order) << name;
        EXPECT_EQ(order->name(), name);
    }
    for (const char* name : {"", "ledger", "hourly:2026-11-20:zh:brand:html", "daily:2026-02-30:zh:brand:html",
                             "daily:2026-11-20:fr:brand:html", "weekly:2026-11-20:zh:brand:html",
                             "daily:20261120:zh:brand:html", "daily:2026-11-20:zh:brand:html:x"})
        EXPECT_FALSE(ReportOrder::parse(name)) << name;
}

TEST_F(JobQueue, RevisionOfTheBrandOrTheAgencyIsAnotherBasisThatOfAnotherBrandIsNot) {
    Basis before = current_basis(shop.database(), 7, "p");
    const auto change = [&](std::int64_t tenant) { Transaction(shop.database(), tenant).commit(); };
    change(8);
    EXPECT_EQ(current_basis(shop.database(), 7, "p"), before);
    for (const std::int64_t tenant : {std::int64_t{7}, std::int64_t{0}}) {
        change(tenant);
        const Basis after = current_basis(shop.database(), 7, "p");
        EXPECT_GT(after.revision, before.revision);
        before = after;
    }
}

TEST_F(JobQueue, EndingAJobChangesNoBrandsRevision) {
    auto one = worker("one");
    const Basis before = current_basis(shop.database(), 7, "p");
    queue.ask(key, before);
    ASSERT_TRUE(one->leases.finish(taken(*one), before));
    EXPECT_EQ(current_basis(shop.database(), 7, "p"), before);
}

}  // namespace
}  // namespace siyu
