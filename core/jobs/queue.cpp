// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/queue.hpp"

#include "core/base/error.hpp"
#include "core/jobs/pages.hpp"
#include "core/jobs/writing.hpp"

namespace siyu {

namespace {

constexpr std::string_view key_is = "tenant = ? AND kind = ? AND name = ?";

std::int64_t number(auto value) { return static_cast<std::int64_t>(value); }

// The same for the same job, and spread evenly over all numbers (FNV-1a).
std::int64_t spread_of(const JobKey& key) {
    std::uint64_t hash = 14695981039346656037U;
    const auto take = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211U; };
    for (std::uint64_t rest = static_cast<std::uint64_t>(key.tenant), i = 0; i < 8; ++i, rest >>= 8)
        take(static_cast<unsigned char>(rest));
    take(static_cast<unsigned char>(key.kind));
    for (const char c : key.name) take(static_cast<unsigned char>(c));
    return static_cast<std::int64_t>(hash >> 1);
}

bool satisfies(const Basis& made, const Basis& asked) {
    return made.revision >= asked.revision && made.with == asked.with;
}

}  // namespace

std::optional<QueuedJob> Queue::find(const JobKey& key) {
    const auto statement = database_.prepare(std::string(select_jobs) + "WHERE " + std::string(key_is));
    statement->with(key.tenant, number(key.kind), std::string_view(key.name));
    std::optional<QueuedJob> found;
    while (statement->step()) found = read_job(*statement);
    return found;
}

Answer Queue::ask(const JobKey& key, const Basis& basis) {
    const std::int64_t now = clock_.seconds();
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto there = find(key);
        if (!there) {
            const auto insert = database_.prepare(
                "INSERT INTO job (tenant, kind, name, state, spread, due_at, fence, beat, lease_seconds, worker, "
                "attempts, losses, reason, asked_revision, asked_with, made_revision, made_with, asked_at, "
                "finished_at) "
                "VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, ?, 0, 0, ?, ?, ?, 0, ?, ?, 0)");
            constexpr std::string_view nothing;
            insert->with(key.tenant, number(key.kind), std::string_view(key.name), number(JobState::due),
                         spread_of(key), now, nothing, nothing, basis.revision, std::string_view(basis.with), nothing,
                         now);
            try {
                insert->run();
            } catch (const Error&) {
                if (!find(key)) throw;
                continue;  // somebody else asked for it in between
            }
            return Answer::due;
        }
        const bool asked_before = satisfies(there->asked, basis);
        JobState next = JobState::due;
        switch (there->state) {
            case JobState::done:
                if (satisfies(there->made, basis)) return Answer::done;
                break;
            case JobState::given_up:
            case JobState::cancelled:
                if (asked_before) return Answer::stands;
                break;
            case JobState::running: next = JobState::running; [[fallthrough]];
            case JobState::due:
            case JobState::failing:
                if (asked_before) return Answer::waits;
                break;
        }
        const auto update = database_.prepare(
            "UPDATE job SET state = ?, due_at = ?, attempts = 0, losses = 0, asked_revision = ?, asked_with = ?, "
            "asked_at = ? WHERE " +
            std::string(key_is) + " AND state = ? AND fence = ?");
        update->with(number(next), now, basis.revision, std::string_view(basis.with), now, key.tenant, number(key.kind),
                     std::string_view(key.name), number(there->state), there->fence);
        update->run();
        if (update->changed() == 1)
            return there->state == JobState::due || there->state == JobState::running ? Answer::waits : Answer::due;
    }
    throw Error(Error::unreachable, "store.conflict", {{"words", key.name}});
}

std::vector<QueuedJob> Queue::list(std::optional<std::int64_t> tenant, const std::vector<JobState>& states) {
    std::string sql(select_jobs), joint = "WHERE ";
    if (tenant) sql += joint + "tenant = ? ", joint = "AND ";
    for (std::size_t i = 0; i < states.size(); ++i)
        sql += (i == 0 ? joint + "state IN (" : ", ") + std::to_string(number(states[i]));
    if (!states.empty()) sql += ") ";
    const auto statement = database_.prepare(sql + "ORDER BY tenant, kind, name");
    if (tenant) statement->with(*tenant);
    std::vector<QueuedJob> found;
    while (statement->step()) found.push_back(read_job(*statement));
    return found;
}

bool Queue::any_left(const std::vector<JobKind>& kinds) {
    const auto statement = database_.prepare("SELECT 1 FROM job WHERE state = ? AND kind = ? AND due_at <= ? LIMIT 1");
    for (const JobKind kind : kinds)
        for (const JobState state : {JobState::due, JobState::failing, JobState::running}) {
            // When it was due says nothing about one that is under way.
            const std::int64_t until = state == JobState::running ? INT64_MAX : clock_.seconds();
            statement->with(number(state), number(kind), until);
            bool any = false;
            while (statement->step()) any = true;
            if (any) return true;
        }
    return false;
}

bool Queue::retry(const QueuedJob& job) {
    if (job.state == JobState::running) return false;
    const auto update =
        database_.prepare("UPDATE job SET state = ?, due_at = ?, attempts = 0, losses = 0, fence = fence + 1 WHERE " +
                          std::string(key_is) + " AND state = ? AND fence = ?");
    update->with(number(JobState::due), clock_.seconds(), job.key.tenant, number(job.key.kind),
                 std::string_view(job.key.name), number(job.state), job.fence);
    update->run();
    return update->changed() == 1;
}

bool Queue::cancel(const QueuedJob& job) {
    if (job.state == JobState::done) return false;
    const auto update =
        database_.prepare("UPDATE job SET state = ?, finished_at = ?, worker = ?, fence = fence + 1 WHERE " +
                          std::string(key_is) + " AND state = ? AND fence = ?");
    update->with(number(JobState::cancelled), clock_.seconds(), std::string_view(), job.key.tenant,
                 number(job.key.kind), std::string_view(job.key.name), number(job.state), job.fence);
    update->run();
    return update->changed() == 1;
}

std::size_t Queue::sweep(std::size_t most) {
    const std::int64_t before = clock_.seconds() - std::int64_t{rules_.keep_days} * 86'400;
    std::vector<QueuedJob> old;
    const auto statement = database_.prepare(
        std::string(select_jobs) + "WHERE state = ? AND kind = ? AND finished_at < ? LIMIT " + std::to_string(most));
    for (const JobState state : {JobState::done, JobState::cancelled})
        for (const JobKind kind : {JobKind::deliver, JobKind::render, JobKind::recompute}) {
            statement->with(number(state), number(kind), before);
            while (statement->step()) old.push_back(read_job(*statement));
        }
    std::size_t swept = 0;
    for (const QueuedJob& job : old)
        if (swept < most && sweep(job, before)) ++swept;
    return swept;
}

bool Queue::sweep(const QueuedJob& job, std::int64_t before) {
    Writing writing(database_);
    const auto remove =
        database_.prepare("DELETE FROM job WHERE " + std::string(key_is) + " AND state = ? AND fence = ?");
    remove->with(job.key.tenant, number(job.key.kind), std::string_view(job.key.name), number(job.state), job.fence);
    remove->run();
    if (remove->changed() != 1) return false;
    if (const auto order = ReportOrder::parse(job.key.name); order && job.key.kind == JobKind::render) {
        const auto open =
            list(job.key.tenant, {JobState::due, JobState::running, JobState::failing, JobState::given_up});
        for (const QueuedJob& other : open)
            if (other.key.kind == JobKind::deliver && other.key.name.ends_with(job.key.name)) return false;
        Pages(database_, job.key.tenant).remove(*order, before);
    }
    writing.commit();
    return true;
}

}  // namespace siyu
