// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>

#include "core/app/report_run.hpp"
#include "core/jobs/queued_job.hpp"

namespace siyu {

namespace {

// Makes the reports of brands as they become ready, on a thread and a connection to the store of its own.
class Following {
  public:
    Following(const Session& session, std::string workspace, const ReportOptions& options, bool alone)
        : status_(std::async(std::launch::async,
                             [this, language = session.say.language(), folder = std::move(workspace), &options, alone] {
                                 Session own(language, folder);
                                 ReportRun run(own, options, alone);
                                 return follow(own, run);
                             })) {}
    // Where the import was given up: what is ready is still made.
    ~Following() { close(); }
    Following(const Following&) = delete;
    Following& operator=(const Following&) = delete;

    void ready(const std::vector<Tenant>& tenants) {
        const std::lock_guard lock(mutex_);
        ready_.insert(ready_.end(), tenants.begin(), tenants.end());
        something_.notify_one();
    }
    // After the last one: the exit status of the reports, or what they threw.
    int end() {
        close();
        return status_.get();
    }

  private:
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        something_.notify_one();
    }
    // All that became ready meanwhile; none at the end.
    std::vector<Tenant> next() {
        std::unique_lock lock(mutex_);
        something_.wait(lock, [this] { return !ready_.empty() || closed_; });
        return std::exchange(ready_, {});
    }
    int follow(Session& own, ReportRun& run) {
        // Of the agency's guides every brand has its share: who was made before they came is made again.
        const auto agencys = [&own] { return current_basis(own.database(), agency_tenant, {}).revision; };
        std::vector<std::pair<std::int64_t, Tenant>> made;
        for (auto tenants = next(); !tenants.empty(); tenants = next()) {
            const std::int64_t revision = agencys();
            run.make(tenants);
            for (Tenant& tenant : tenants) made.emplace_back(revision, std::move(tenant));
        }
        std::vector<Tenant> outdated;
        const std::int64_t last = agencys();
        for (auto& [revision, tenant] : made)
            if (revision != last) outdated.push_back(std::move(tenant));
        if (!outdated.empty()) run.make(outdated);
        return run.end();
    }

    std::mutex mutex_;
    std::condition_variable something_;
    std::vector<Tenant> ready_;
    bool closed_ = false;
    std::future<int> status_;  // the last member: its thread uses the others
};

}  // namespace

int report_while_importing(Session& session, const ReportOptions& options, const std::vector<Tenant>& tenants) {
    ImportOptions import;
    import.each = options.take;
    std::vector<Tenant> left = tenants;
    Following following(session, session.workspace().folder().string(), options, tenants.size() == 1);
    const int taken = import_files(session, import, {.whole = [&](const std::vector<std::string>& ids) {
                                       const auto theirs = std::stable_partition(
                                           left.begin(), left.end(), [&ids](const Tenant& tenant) {
                                               return std::find(ids.begin(), ids.end(), tenant.id) == ids.end();
                                           });
                                       following.ready({theirs, left.end()});
                                       left.erase(theirs, left.end());
                                   }});
    following.ready(left);  // for whom nothing came
    return std::max(taken, following.end());
}

}  // namespace siyu
