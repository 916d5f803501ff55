// SPDX-License-Identifier: Apache-2.0
#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/jobs/queue.hpp"

namespace siyu {

// Everything that is due by now, here and to its end: for cron, and for who wants to see it happen.
int send_run(Session& session) {
    JobClock clock;
    Dispatch dispatch(session, session.database());
    MadeWith made_with(session.workspace().plugin_folders());
    Scheduler scheduler = scheduler_of(session, session.database(), dispatch, clock, made_with);
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    int status = 0;
    constexpr int longest = 1000;  // rounds: what never ends is not for here
    for (int round = 0; round < longest; ++round) {
        const std::size_t steps = scheduler.tick();
        const bool left = queue.any_left({JobKind::render, JobKind::deliver});
        if (steps == 0 && !left) break;
        WorkerOptions options;
        options.drain = true;
        options.only = {"render", "deliver"};
        if (left) status = std::max(status, worker(session, options));
    }
    return status;
}

}  // namespace siyu
