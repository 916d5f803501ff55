// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/jobs/job_clock.hpp"
#include "core/jobs/job_rules.hpp"
#include "core/jobs/queued_job.hpp"

namespace siyu {

// What asking for work came to.
enum class Answer {
    due,     // is due from now on
    waits,   // was due, under way or waiting for its next try already
    done,    // was done from this very basis
    stands,  // was given up or cancelled on this very basis; a retry lets it go on
};

// The work there is, for those who ask for it and look at it. Who does it goes to Leases. Throws Error (unreachable),
// store.conflict among them: then nothing was changed, and it may be tried again.
class Queue {
  public:
    Queue(Database& database, const JobRules& rules, JobClock& clock)
        : database_(database), rules_(rules), clock_(clock) {}

    // Part of the caller's transaction where there is one.
    Answer ask(const JobKey& key, const Basis& basis);

    std::optional<QueuedJob> find(const JobKey& key);
    // In the order of their keys; of all tenants and in all states where none is named.
    std::vector<QueuedJob> list(std::optional<std::int64_t> tenant, const std::vector<JobState>& states = {});
    // How many jobs of these kinds are under way or could be taken now.
    bool any_left(const std::vector<JobKind>& kinds);

    // Due at once, whatever it was, with a clean slate. False for one that is under way.
    bool retry(const QueuedJob& job);
    // Nothing more will come of it. False for one that is done.
    bool cancel(const QueuedJob& job);

    // Removes jobs that were done or cancelled longer ago than rules.keep_days, with the pages of those reports that
    // nobody still has to deliver: at most `most` of them. How many it was.
    std::size_t sweep(std::size_t most);

  private:
    bool sweep(const QueuedJob& job, std::int64_t before);

    Database& database_;
    const JobRules& rules_;
    JobClock& clock_;
};

}  // namespace siyu
