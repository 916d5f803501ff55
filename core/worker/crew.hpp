// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/store/database.hpp"
#include "core/worker/job.hpp"

namespace siyu {

class Nursery;

// Lets workers do jobs, each in a sealed process of its own that is given the facts of its tenant alone. Whatever a
// plugin does there costs its own job: it comes back with a fault, in words, and the others go on.
class Crew {
  public:
    // `database` is read for jobs with a tenant, from one moment for all jobs of a call; it may be null where there are
    // none. `preload` is a library that the workers begin with, for a plugin that must not be loaded before it.
    explicit Crew(Database* database, std::string preload = {});
    ~Crew();

    // Several side by side, as limits.at_once of the first says. `done` is called in the order of the jobs. Throws
    // Error (unreachable) where no worker can be started or the store fails.
    void run(std::vector<Job> jobs, const std::function<void(std::size_t job, Outcome outcome)>& done);
    Outcome run(Job job);

  private:
    class Shift;

    Database* database_;
    std::string preload_;
    std::unique_ptr<Nursery> nursery_;
    std::uint32_t last_worker_ = 0;
};

}  // namespace siyu
