// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/jobs/job_rules.hpp"
#include "core/jobs/queued_job.hpp"

namespace siyu {

// Says, while its owner is at work, that the jobs in its hand are still held: on a thread and a connection of its own.
// When the whole process is stopped it says nothing either, and the leases run out.
class Heartbeat {
  public:
    using Connect = std::function<std::unique_ptr<Database>()>;

    Heartbeat(Connect connect, const JobRules& rules);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    void hold(const QueuedJob& job);
    void let_go(const QueuedJob& job);

  private:
    void run();
    void beat(std::unique_ptr<Database>& database);

    const Connect connect_;
    const JobRules& rules_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    std::map<JobKey, QueuedJob> held_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace siyu
