// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/jobs/leases.hpp"
#include "core/jobs/pages.hpp"
#include "core/jobs/queue.hpp"
#include "core/ledger/ledger.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {

// A clock that stands until it is put on.
class FakeClock : public JobClock {
  public:
    std::int64_t seconds() override { return now; }
    std::int64_t steady_milliseconds() override { return now * 1000; }
    std::int64_t now = 1'800'000'000;
};

// A queue and workers on it, in one store.
class JobBench : public testing::Test {
  protected:
    // A worker with a connection of its own, under a name that no process of this machine has.
    struct Worker {
        std::unique_ptr<Database> database;
        Leases leases;
        LeaseWatch watch;
    };
    std::unique_ptr<Worker> worker(const std::string& name) {
        auto database = open_database(shop.url(), shop.folder(), OpenFor::use);
        Database& connection = *database;
        return std::unique_ptr<Worker>(
            new Worker{std::move(database), Leases(connection, rules, clock, name), LeaseWatch(clock)});
    }
    // The only job that is due, in the worker's hand.
    QueuedJob taken(Worker& by) {
        auto jobs = by.leases.take(JobKind::render, 10);
        EXPECT_EQ(jobs.size(), 1U);
        return jobs.empty() ? QueuedJob{} : jobs[0];
    }
    QueuedJob now(const JobKey& asked) { return queue.find(asked).value_or(QueuedJob{}); }

    Workshop shop;
    JobRules rules{
        .attempts = 3, .pause_seconds = 60, .longest_pause_seconds = 200, .lease_seconds = 30, .keep_days = 7};
    FakeClock clock;
    Queue queue{shop.database(), rules, clock};
    const JobKey key{7, JobKind::render, "daily:2026-11-20:zh:brand:html"};
};

}  // namespace siyu
