// SPDX-License-Identifier: Apache-2.0
#include "core/worker/clerk.hpp"

#include <sys/resource.h>

#include <cstdlib>

#include "core/blueprint/blueprint_bytes.hpp"
#include "core/store/retry.hpp"
#include "core/worker/report.hpp"
#include "core/worker/work.hpp"

namespace siyu {

namespace {

class Clerk {
  public:
    explicit Clerk(const StorePlace& place) : place_(place) {}

    void report(const Job& job, Outcome& outcome) {
        if (job.blueprint != bytes_) {
            blueprint_ = read_blueprint(job.blueprint);
            bytes_ = job.blueprint;
        }
#ifndef SIYU_WITHOUT_WALLS
        const rlimit memory{static_cast<rlim_t>(job.limits.memory_mib) << 20, RLIM_INFINITY};
        ::setrlimit(RLIMIT_DATA, &memory);
#endif
        retrying([&] {
            outcome = {};
            outcome.plugin = blueprint_.plugin;
            outcome.version = blueprint_.version;
            Job tried = job;
            try {
                make_report(tried, blueprint_, store(), outcome);
            } catch (const Error& error) {
                if (may_try_again(error)) store_.reset();
                throw;
            }
        });
    }
    Database& store() {
        if (!store_) store_ = open_database(place_.url, place_.workspace, OpenFor::use);
        return *store_;
    }

  private:
    const StorePlace& place_;
    std::unique_ptr<Database> store_;
    std::string bytes_;
    Blueprint blueprint_;
};

}  // namespace

void be_a_clerk(Wire& wire, const StorePlace& place) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    if (!place.password.empty()) ::setenv("SIYU_STORE_PASSWORD", place.password.c_str(), 1);
    Clerk clerk(place);
    while (const auto message = wire.next()) {
        const Job job = read_job(message->body);
        tell_outcome(wire, job, [&](Outcome& outcome) { clerk.report(job, outcome); });
    }
}

}  // namespace siyu
