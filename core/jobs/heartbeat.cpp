// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/heartbeat.hpp"

#include <csignal>
#include <vector>

#include "core/jobs/leases.hpp"

namespace siyu {

Heartbeat::Heartbeat(Connect connect, const JobRules& rules) : connect_(std::move(connect)), rules_(rules) {
    // Signals are for the thread that works.
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { run(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Heartbeat::~Heartbeat() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    wakes_.notify_all();
    thread_.join();
}

void Heartbeat::hold(const QueuedJob& job) {
    const std::lock_guard lock(mutex_);
    held_.insert_or_assign(job.key, job);
}

void Heartbeat::let_go(const QueuedJob& job) {
    const std::lock_guard lock(mutex_);
    held_.erase(job.key);
}

void Heartbeat::run() {
    std::unique_ptr<Database> database;
    std::unique_lock lock(mutex_);
    while (!wakes_.wait_for(lock, std::chrono::milliseconds(rules_.lease_seconds * 250), [this] { return over_; })) {
        if (held_.empty()) continue;
        lock.unlock();
        try {
            beat(database);
        } catch (const std::exception&) {  // tried again in time; and what is not renewed is fenced off
            database.reset();
        }
        lock.lock();
    }
}

void Heartbeat::beat(std::unique_ptr<Database>& database) {
    std::vector<QueuedJob> held;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, job] : held_) held.push_back(job);
    }
    if (!database) database = connect_();
    JobClock clock;
    Leases leases(*database, rules_, clock, {});
    for (const QueuedJob& job : held) leases.renew(job);
}

}  // namespace siyu
