// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/leases.hpp"

#include <algorithm>

#include "core/jobs/worker_name.hpp"
#include "core/jobs/writing.hpp"

namespace siyu {

namespace {

constexpr std::string_view held = "tenant = ? AND kind = ? AND name = ? AND state = ? AND fence = ?";
constexpr std::string_view nobody;
// A machine that is shut down takes its jobs with it without any fault of theirs.
constexpr std::int64_t losses_without_pause = 3;

std::int64_t number(auto value) { return static_cast<std::int64_t>(value); }

// The statement's last parameters, which name the job that is held.
void bind_held(Statement& statement, int parameter, const QueuedJob& job) {
    statement.bind(parameter, job.key.tenant);
    statement.bind(parameter + 1, number(job.key.kind));
    statement.bind(parameter + 2, std::string_view(job.key.name));
    statement.bind(parameter + 3, number(JobState::running));
    statement.bind(parameter + 4, job.fence);
}

}  // namespace

std::vector<QueuedJob> Leases::take(JobKind kind, std::size_t most) {
    // From a place at random to the end, and from the beginning where these are too few.
    const std::int64_t now = clock_.seconds();
    const auto start = static_cast<std::int64_t>(random_() >> 1);
    const std::size_t wanted = most * 4;
    std::vector<QueuedJob> found;
    for (const auto& [first, end] : {std::pair{start, INT64_MAX}, std::pair{std::int64_t{0}, start}})
        for (const JobState state : {JobState::due, JobState::failing}) {
            if (found.size() >= wanted) continue;
            const auto statement = database_.prepare(
                std::string(select_jobs) +
                "WHERE state = ? AND kind = ? AND spread >= ? AND spread < ? AND due_at <= ? ORDER BY spread LIMIT " +
                std::to_string(wanted - found.size()));
            statement->with(number(state), number(kind), first, end, now);
            while (statement->step()) found.push_back(read_job(*statement));
        }
    std::shuffle(found.begin(), found.end(), random_);
    std::vector<QueuedJob> taken;
    const auto update = database_.prepare(
        "UPDATE job SET state = ?, fence = fence + 1, beat = 0, worker = ?, lease_seconds = ? WHERE " +
        std::string(held));
    for (QueuedJob& job : found) {
        if (taken.size() == most) break;
        update->with(number(JobState::running), std::string_view(worker_), std::int64_t{rules_.lease_seconds},
                     job.key.tenant, number(job.key.kind), std::string_view(job.key.name), number(job.state),
                     job.fence);
        try {
            update->run();
        } catch (const Error& error) {
            if (error.note().id != "store.conflict") throw;
            continue;  // on another node of the cluster somebody was quicker
        }
        if (update->changed() != 1) continue;
        job.state = JobState::running;
        ++job.fence;
        job.beat = 0;
        job.worker = worker_;
        job.lease_seconds = rules_.lease_seconds;
        taken.push_back(std::move(job));
    }
    std::sort(taken.begin(), taken.end(), [](const QueuedJob& a, const QueuedJob& b) { return a.key < b.key; });
    return taken;
}

bool Leases::holds(const QueuedJob& job) {
    const auto statement = database_.prepare("SELECT 1 FROM job WHERE " + std::string(held));
    bind_held(*statement, 0, job);
    bool held_still = false;
    while (statement->step()) held_still = true;
    return held_still;
}

bool Leases::renew(const QueuedJob& job) {
    const auto update = database_.prepare("UPDATE job SET beat = beat + 1 WHERE " + std::string(held));
    bind_held(*update, 0, job);
    update->run();
    return update->changed() == 1;
}

bool Leases::finish(const QueuedJob& job, const Basis& made, const std::function<void()>& effect) {
    Writing writing(database_);
    const auto update = database_.prepare(
        "UPDATE job SET state = CASE WHEN asked_revision <= ? AND (asked_with = ? OR asked_with = ?) THEN ? ELSE ? "
        "END, "
        "worker = ?, attempts = 0, losses = 0, reason = ?, made_revision = ?, made_with = ?, due_at = ?, "
        "finished_at = ? WHERE " +
        std::string(held));
    const std::int64_t now = clock_.seconds();
    update->with(made.revision, std::string_view(made.with), std::string_view(job.asked.with), number(JobState::done),
                 number(JobState::due), nobody, nobody, made.revision, std::string_view(made.with), now, now);
    bind_held(*update, 11, job);
    update->run();
    if (update->changed() != 1) return end(job);
    if (effect) effect();
    writing.commit();
    return true;
}

// Whether it was this hand that ended it, in a commit that nobody heard of.
bool Leases::end(const QueuedJob& job) {
    const auto statement = database_.prepare("SELECT state, fence FROM job WHERE tenant = ? AND kind = ? AND name = ?");
    statement->with(job.key.tenant, number(job.key.kind), std::string_view(job.key.name));
    bool ended = false;
    while (statement->step())
        ended = statement->number(1) == job.fence && statement->number(0) != number(JobState::running);
    return ended;
}

bool Leases::fail(const QueuedJob& job, const Note& reason, bool hopeless) {
    const std::int64_t now = clock_.seconds();
    const std::string words = write_reason(reason);
    // What is computed from a column stands before it is set: engines differ in which of its values they take.
    const auto update = database_.prepare(
        "UPDATE job SET state = CASE WHEN attempts + 1 >= ? THEN ? ELSE ? END, attempts = attempts + 1, due_at = ?, "
        "reason = ?, worker = ?, finished_at = ? WHERE " +
        std::string(held));
    update->with(std::int64_t{rules_.attempts}, number(JobState::given_up), number(JobState::failing),
                 now + pause_after(job.attempts + 1, hopeless, rules_, chance()), std::string_view(words), nobody, now);
    bind_held(*update, 7, job);
    update->run();
    return update->changed() == 1 || end(job);
}

bool Leases::put_off(const QueuedJob& job, const Note& reason, std::int64_t seconds) {
    const std::string words = write_reason(reason);
    const auto update =
        database_.prepare("UPDATE job SET state = ?, due_at = ?, reason = ?, worker = ? WHERE " + std::string(held));
    update->with(number(JobState::failing), clock_.seconds() + seconds, std::string_view(words), nobody);
    bind_held(*update, 4, job);
    update->run();
    return update->changed() == 1 || end(job);
}

bool Leases::give_back(const QueuedJob& job) {
    const auto update =
        database_.prepare("UPDATE job SET state = ?, due_at = ?, worker = ? WHERE " + std::string(held));
    update->with(number(JobState::due), clock_.seconds(), nobody);
    bind_held(*update, 3, job);
    update->run();
    return update->changed() == 1 || end(job);
}

void Leases::give_back_all() {
    const auto statement = database_.prepare(std::string(select_jobs) + "WHERE state = ?");
    statement->with(number(JobState::running));
    std::vector<QueuedJob> own;
    while (statement->step())
        if (QueuedJob job = read_job(*statement); job.worker == worker_) own.push_back(std::move(job));
    for (const QueuedJob& job : own) give_back(job);
}

std::size_t Leases::take_back(LeaseWatch& watch) {
    const auto statement = database_.prepare(std::string(select_jobs) + "WHERE state = ?");
    statement->with(number(JobState::running));
    std::vector<QueuedJob> running;
    while (statement->step())
        if (QueuedJob job = read_job(*statement); job.worker != worker_) running.push_back(std::move(job));
    std::size_t count = 0;
    const auto update = database_.prepare(
        "UPDATE job SET state = ?, due_at = ?, losses = losses + 1, reason = ?, worker = ?, fence = fence + 1 WHERE " +
        std::string(held) + " AND beat = ?");
    for (const QueuedJob& job : watch.lost(running)) {
        const std::int64_t pause = job.losses < losses_without_pause
                                       ? 0
                                       : pause_after(job.losses + 1 - losses_without_pause, false, rules_, chance());
        const std::string reason =
            write_reason({"jobs.worker_lost",
                          {{"worker", short_worker_name(job.worker)}, {"times", std::to_string(job.losses + 1)}}});
        update->with(number(pause > 0 ? JobState::failing : JobState::due), clock_.seconds() + pause,
                     std::string_view(reason), nobody);
        bind_held(*update, 4, job);
        update->bind(9, job.beat);
        try {
            update->run();
        } catch (const Error& error) {
            if (error.note().id != "store.conflict") throw;
            continue;  // somebody else took it back
        }
        if (update->changed() == 1) ++count;
    }
    return count;
}

}  // namespace siyu
