// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.hpp"
#include "core/worker/job.hpp"

namespace siyu {

class Nursery;

// Lets workers do jobs, each in a process of its own. A plugin's code runs in a sealed one that is given the facts of
// its tenant alone. What a plugin only declared is brought back from there, looked over, and computed by clerks:
// workers that no plugin enters, who read the store themselves and stay for the next brand. Whatever happens in a
// worker costs its own job: it comes back with a fault, in words, and the others go on.
class Crew {
  public:
    // `database` is read for sealed jobs with a tenant, from one moment for all of them; it may be null where there are
    // none. `preload` is a library that the workers begin with, for a plugin that must not be loaded before it.
    explicit Crew(Database* database, std::string preload = {});
    // With clerks, who find the store there.
    Crew(Database& database, StorePlace store);
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    // Several side by side, as limits.at_once of the first says. `done` is called in the order of the jobs. Throws
    // Error (unreachable) where no worker can be started or the store fails.
    void run(std::vector<Job> jobs, const std::function<void(std::size_t job, Outcome outcome)>& done);
    Outcome run(Job job);

  private:
    class Shift;

    // What the plugins of the reports declare, each asked once, goes into the jobs. Gives what was said of each job on
    // the way; a fault is then all that comes of it.
    std::vector<Outcome> ask_for_blueprints(std::vector<Job>& jobs);

    Database* database_;
    std::optional<StorePlace> store_;
    std::string preload_;
    std::unique_ptr<Nursery> nursery_;
    std::uint32_t last_worker_ = 0;
    std::vector<std::pair<std::uint32_t, int>> clerks_;  // who wait for the next run: name and socket
};

}  // namespace siyu
