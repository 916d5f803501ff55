// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/jobs/job_clock.hpp"
#include "core/jobs/job_rules.hpp"
#include "core/jobs/lease_watch.hpp"
#include "core/jobs/queued_job.hpp"

namespace siyu {

// Who does which job. A job is taken by compare-and-set on its row; what comes of it is written in one transaction with
// the proof that it is still held, so that it is done once in effect, whoever is slow, stopped or dead. Throws Error
// (unreachable), store.conflict among them: then nothing was changed. After store.unsure the same call can be made
// again.
class Leases {
  public:
    Leases(Database& database, const JobRules& rules, JobClock& clock, std::string worker)
        : database_(database), rules_(rules), clock_(clock), worker_(std::move(worker)) {}

    // Takes up to `most` jobs that are due, beginning anywhere, so that many workers seldom reach for the same ones.
    std::vector<QueuedJob> take(JobKind kind, std::size_t most);
    bool holds(const QueuedJob& job);
    // Says that its worker lives. False once it is held no more.
    bool renew(const QueuedJob& job);
    // Writes the effect and ends the job; it is due again at once where something newer was asked for meanwhile than it
    // was made from. False, and no effect, where it is held no more.
    bool finish(const QueuedJob& job, const Basis& made, const std::function<void()>& effect = {});
    // To be tried again after a pause, or given up. `hopeless`: nothing will change by itself.
    bool fail(const QueuedJob& job, const Note& reason, bool hopeless);
    // The same after `seconds`, for what no try is to blame for: none is counted.
    bool put_off(const QueuedJob& job, const Note& reason, std::int64_t seconds);
    // Due again as if it had not been taken.
    bool give_back(const QueuedJob& job);
    // What this worker does not remember to hold: it lost the store at the moment when it took it.
    void give_back_all();
    // Makes due again what lost workers held; how many jobs it was.
    std::size_t take_back(LeaseWatch& watch);

  private:
    bool end(const QueuedJob& job);
    double chance() { return std::uniform_real_distribution<>(0, 1)(random_); }

    Database& database_;
    const JobRules& rules_;
    JobClock& clock_;
    std::string worker_;
    std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace siyu
