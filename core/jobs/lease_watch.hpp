// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "core/jobs/job_clock.hpp"
#include "core/jobs/queued_job.hpp"

namespace siyu {

// Which leases have run out, as seen from here: those that stood unchanged before our eyes for their whole length. No
// two machines' clocks are ever compared.
class LeaseWatch {
  public:
    explicit LeaseWatch(JobClock& clock) : clock_(clock) {}

    // Of all the jobs that are running, as they stand now, those whose worker is dead or was not heard of.
    std::vector<QueuedJob> lost(const std::vector<QueuedJob>& running);

  private:
    struct Sight {
        std::int64_t fence, beat, since;
    };

    JobClock& clock_;
    std::map<JobKey, Sight> seen_;
};

}  // namespace siyu
