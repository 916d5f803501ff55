// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>

#include <csignal>
#include <set>
#include <thread>

#include "core/jobs/heartbeat.hpp"
#include "core/jobs/worker_name.hpp"
#include "tests/jobs/job_bench.hpp"

namespace siyu {
namespace {

class JobLease : public JobBench {};

TEST_F(JobLease, IsHeldByOneWorker) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    const QueuedJob job = taken(*one);
    EXPECT_TRUE(two->leases.take(JobKind::render, 10).empty());
    EXPECT_EQ(now(key).worker, "one");
    EXPECT_EQ(now(key).fence, job.fence);
}

TEST_F(JobLease, RunsOutOnceItStoodUnchangedForItsWholeLength) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    const QueuedJob job = taken(*one);
    EXPECT_EQ(two->leases.take_back(two->watch), 0U);
    clock.now += 29;
    EXPECT_EQ(two->leases.take_back(two->watch), 0U);
    EXPECT_TRUE(one->leases.renew(job));
    clock.now += 29;
    EXPECT_EQ(two->leases.take_back(two->watch), 0U) << "a sign of life came in between";
    clock.now += 29;
    EXPECT_EQ(two->leases.take_back(two->watch), 0U);
    clock.now += 1;
    EXPECT_EQ(two->leases.take_back(two->watch), 1U);
    EXPECT_EQ(taken(*two).key, key);
}

// Whoever has just come does not know how long it has been silent, whatever the clocks of the others said.
TEST_F(JobLease, ThatIsSeenForTheFirstTimeHasItsWholeLengthLeft) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    taken(*one);
    clock.now += 100'000;
    EXPECT_EQ(two->leases.take_back(two->watch), 0U);
    clock.now += 30;
    EXPECT_EQ(two->leases.take_back(two->watch), 1U);
}

TEST_F(JobLease, WhoLostItHasNoEffectAnyMore) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    const QueuedJob slow = taken(*one);
    two->leases.take_back(two->watch);
    clock.now += 31;
    two->leases.take_back(two->watch);
    bool effect = false;
    EXPECT_FALSE(one->leases.holds(slow));
    EXPECT_FALSE(one->leases.renew(slow));
    EXPECT_FALSE(one->leases.finish(slow, {5, "p"}, [&] { effect = true; }));
    const QueuedJob quick = taken(*two);
    EXPECT_FALSE(one->leases.finish(slow, {5, "p"}, [&] { effect = true; }));
    EXPECT_FALSE(one->leases.fail(slow, {"store.busy", {}}, false));
    EXPECT_FALSE(one->leases.give_back(slow));
    EXPECT_FALSE(effect);
    EXPECT_EQ(now(key).worker, "two");
    EXPECT_TRUE(two->leases.holds(quick));
    EXPECT_TRUE(two->leases.finish(quick, {5, "p"}, [&] { effect = true; }));
    EXPECT_TRUE(effect);
    EXPECT_EQ(now(key).state, JobState::done);
}

TEST_F(JobLease, EffectThatFailsLeavesTheJobInHand) {
    queue.ask(key, {5, "p"});
    auto one = worker("one");
    const QueuedJob job = taken(*one);
    const ReportOrder order = *ReportOrder::parse(key.name);
    EXPECT_THROW(one->leases.finish(job, {5, "p"},
                                    [&] {
                                        Pages(*one->database, 7).put(order, {{"brand", "html", false, "x"}}, 1, 1);
                                        throw Error(Error::unreachable, "store.conflict");
                                    }),
                 Error);
    EXPECT_EQ(now(key).state, JobState::running);
    EXPECT_THROW(Pages(shop.database(), 7).get(order), Error) << "half of it must not stand";
    EXPECT_TRUE(one->leases.finish(job, {5, "p"}));
}

// After a connection that broke while it was committed nobody knows whether it was heard: it is said again.
TEST_F(JobLease, EndSaidTwiceIsOneEnd) {
    queue.ask(key, {5, "p"});
    auto one = worker("one");
    const QueuedJob job = taken(*one);
    int effects = 0;
    EXPECT_TRUE(one->leases.finish(job, {5, "p"}, [&] { ++effects; }));
    EXPECT_TRUE(one->leases.finish(job, {5, "p"}, [&] { ++effects; }));
    EXPECT_EQ(effects, 1);
}

TEST_F(JobLease, GivenBackIsDueAtOnceAndHasNotFailed) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    EXPECT_TRUE(one->leases.give_back(taken(*one)));
    EXPECT_EQ(taken(*two).attempts, 0);
    EXPECT_EQ(now(key).worker, "two");
    one->leases.give_back_all();
    EXPECT_EQ(now(key).worker, "two") << "it gives back what is its own";
    two->leases.give_back_all();
    EXPECT_EQ(now(key).state, JobState::due);
}

TEST_F(JobLease, WorkersThatDieOverAJobSlowItDownAndNeverEndIt) {
    queue.ask(key, {5, "p"});
    auto one = worker("one"), two = worker("two");
    for (int loss = 1; loss <= 12; ++loss) {
        ASSERT_EQ(one->leases.take(JobKind::render, 1).size(), 1U) << loss;
        two->leases.take_back(two->watch);
        clock.now += 31;
        ASSERT_EQ(two->leases.take_back(two->watch), 1U);
        EXPECT_EQ(now(key).losses, loss);
        ASSERT_TRUE(now(key).reason);
        if (loss <= 3) {
            EXPECT_EQ(now(key).state, JobState::due);
        } else {
            EXPECT_EQ(now(key).state, JobState::failing);
            EXPECT_GE(now(key).due_at, clock.now + 60);
        }
        clock.now += 300;
    }
}

TEST_F(JobLease, AllJobsAreTakenOnceByWorkersThatRace) {
    constexpr int jobs = 60, workers = 4;
    for (int i = 0; i < jobs; ++i) queue.ask({i % 5, JobKind::render, "job " + std::to_string(i)}, {});
    std::vector<std::unique_ptr<Worker>> crew;
    std::vector<std::vector<JobKey>> done(workers);
    std::vector<std::thread> threads;
    for (int i = 0; i < workers; ++i) crew.push_back(worker("worker " + std::to_string(i)));
    for (int i = 0; i < workers; ++i)
        threads.emplace_back([&, i] {
            while (true) {
                const auto some = crew[static_cast<std::size_t>(i)]->leases.take(JobKind::render, 3);
                if (some.empty()) return;
                for (const QueuedJob& job : some)
                    for (bool ended = false; !ended;) try {
                            ended = crew[static_cast<std::size_t>(i)]->leases.finish(
                                job, {}, [&] { done[static_cast<std::size_t>(i)].push_back(job.key); });
                        } catch (const Error&) {  // another one was quicker: once more
                            if (!done[static_cast<std::size_t>(i)].empty() &&
                                done[static_cast<std::size_t>(i)].back() == job.key)
                                done[static_cast<std::size_t>(i)].pop_back();
                        }
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::multiset<JobKey> all;
    for (const auto& some : done) all.insert(some.begin(), some.end());
    EXPECT_EQ(all.size(), static_cast<std::size_t>(jobs));
    EXPECT_EQ(std::set<JobKey>(all.begin(), all.end()).size(), static_cast<std::size_t>(jobs));
    EXPECT_EQ(queue.list(std::nullopt, {JobState::done}).size(), static_cast<std::size_t>(jobs));
}

TEST_F(JobLease, HeartbeatHoldsItBeyondItsLengthAndNotAfterLettingGo) {
    rules.lease_seconds = 1;
    queue.ask(key, {5, "p"});
    auto one = worker("one");
    const QueuedJob job = taken(*one);
    Heartbeat heartbeat([this] { return open_database(shop.url(), shop.folder(), OpenFor::use); }, rules);
    heartbeat.hold(job);
    JobClock real;
    const auto until = real.steady_milliseconds() + 20'000;
    while (now(key).beat < 3 && real.steady_milliseconds() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_GE(now(key).beat, 3);
    heartbeat.let_go(job);
    std::this_thread::sleep_for(std::chrono::milliseconds(400));  // one that was under way
    const auto last = now(key).beat;
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
    EXPECT_EQ(now(key).beat, last);
}

TEST(WorkerName, TellsTheLivingFromTheDeadOfThisMachine) {
    EXPECT_FALSE(surely_dead(own_worker_name()));
    int line[2];
    ASSERT_EQ(pipe(line), 0);
    const pid_t child = fork();
    if (child == 0) {
        const std::string name = own_worker_name();
        [[maybe_unused]] const auto written = write(line[1], name.data(), name.size());
        pause();
        _exit(0);
    }
    char text[300];
    const ssize_t size = read(line[0], text, sizeof text);
    ASSERT_GT(size, 0);
    const std::string name(text, static_cast<std::size_t>(size));
    EXPECT_FALSE(surely_dead(name));
    kill(child, SIGSTOP);
    EXPECT_FALSE(surely_dead(name)) << "who sleeps is not dead";
    kill(child, SIGKILL);
    siginfo_t ended;
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
    EXPECT_TRUE(surely_dead(name)) << "nobody buried it yet";
    waitpid(child, nullptr, 0);
    EXPECT_TRUE(surely_dead(name));
    close(line[0]);
    close(line[1]);
    // Of others nobody here can know.
    for (const char* other : {"", "one", "web1:12", "web1:12:1:99", "web1:99999999:2:5"})
        EXPECT_FALSE(surely_dead(other)) << other;
    EXPECT_EQ(short_worker_name("web1:12:1:99"), "web1:12");
}

}  // namespace
}  // namespace siyu
