// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/store/database.hpp"

namespace siyu {

enum class JobKind { recompute = 1, render, deliver };

// `failing` will be tried again, `given_up` not unless somebody asks for it.
enum class JobState { due = 1, running, failing, done, given_up, cancelled };

std::string_view to_string(JobKind kind);
std::string_view to_string(JobState state);
std::optional<JobKind> parse_job_kind(std::string_view text);
std::optional<JobState> parse_job_state(std::string_view text);

// What is to be done, and for whom. There is one job of each.
struct JobKey {
    std::int64_t tenant = 0;
    JobKind kind = JobKind::render;
    std::string name;

    auto operator<=>(const JobKey&) const = default;
};

// What the work is made from: so many changes of the tenant's data, and whatever else decides what comes of it.
struct Basis {
    std::int64_t revision = 0;
    std::string with;

    bool operator==(const Basis&) const = default;
};

// The basis as the store has it at this moment. The agency's data count as well: a brand's report shows guides.
Basis current_basis(Database& database, std::int64_t tenant, std::string with);

// A job as it stands in the store.
struct QueuedJob {
    JobKey key;
    JobState state = JobState::due;
    std::int64_t due_at = 0;  // seconds since 1970 UTC, like all times here
    std::int64_t fence = 0;   // grows whenever the job changes hands: who has an older one has lost it
    std::int64_t beat = 0;    // grows while its worker lives
    std::int64_t lease_seconds = 0;
    std::string worker;
    std::int64_t attempts = 0;  // that failed, in a row
    std::int64_t losses = 0;    // workers that were lost over it, in a row
    std::optional<Note> reason;
    Basis asked, made;
    std::int64_t asked_at = 0, finished_at = 0;
};

// Selects jobs: what follows are its conditions.
extern const std::string_view select_jobs;
QueuedJob read_job(Statement& row);

// A reason as bytes and back.
std::string write_reason(const Note& reason);
std::optional<Note> read_reason(std::string_view bytes);

}  // namespace siyu
