// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/lease_watch.hpp"

#include "core/jobs/worker_name.hpp"

namespace siyu {

std::vector<QueuedJob> LeaseWatch::lost(const std::vector<QueuedJob>& running) {
    const std::int64_t now = clock_.steady_milliseconds();
    std::vector<QueuedJob> lost;
    std::map<JobKey, Sight> seen;
    std::map<std::string, bool> dead;  // looked at once for all jobs of a worker
    for (const QueuedJob& job : running) {
        Sight sight{job.fence, job.beat, now};
        if (const auto before = seen_.find(job.key);
            before != seen_.end() && before->second.fence == job.fence && before->second.beat == job.beat)
            sight.since = before->second.since;
        auto worker = dead.find(job.worker);
        if (worker == dead.end()) worker = dead.emplace(job.worker, surely_dead(job.worker)).first;
        if (worker->second || now - sight.since >= job.lease_seconds * 1000) lost.push_back(job);
        seen.emplace(job.key, sight);
    }
    seen_ = std::move(seen);
    return lost;
}

}  // namespace siyu
