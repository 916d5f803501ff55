// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/queued_job.hpp"

#include <array>

namespace siyu {

namespace {

constexpr std::array<std::string_view, 3> kinds{"recompute", "render", "deliver"};
constexpr std::array<std::string_view, 6> states{"due", "running", "failing", "done", "given-up", "cancelled"};

template <class Enum, std::size_t Size>
std::optional<Enum> parse(const std::array<std::string_view, Size>& names, std::string_view text) {
    for (std::size_t i = 0; i < Size; ++i)
        if (names[i] == text) return static_cast<Enum>(i + 1);
    return std::nullopt;
}

// Each text after its length, so that it may hold anything.
void put(std::string& bytes, std::string_view text) {
    bytes.append(std::to_string(text.size())).append(1, ':').append(text);
}

void put(std::string& bytes, const Note& note) {
    put(bytes, note.id);
    put(bytes, std::to_string(note.with.size()));
    for (const auto& [name, value] : note.with) put(bytes, name), put(bytes, value);
    put(bytes, std::to_string(note.parts.size()));
    for (const Note& part : note.parts) put(bytes, part);
}

std::size_t take_number(std::string_view& bytes, char end) {
    std::size_t number = 0;
    while (!bytes.empty() && bytes[0] >= '0' && bytes[0] <= '9') {
        number = number * 10 + static_cast<std::size_t>(bytes[0] - '0');
        bytes.remove_prefix(1);
    }
    if (end && !bytes.empty()) bytes.remove_prefix(1);
    return number;
}

std::string take_text(std::string_view& bytes) {
    const std::size_t size = std::min(take_number(bytes, ':'), bytes.size());
    std::string text(bytes.substr(0, size));
    bytes.remove_prefix(size);
    return text;
}

std::size_t take_count(std::string_view& bytes) {
    const std::string text = take_text(bytes);
    std::string_view digits(text);
    return std::min(take_number(digits, 0), bytes.size());
}

Note take_note(std::string_view& bytes) {
    Note note{take_text(bytes), {}};
    for (std::size_t left = take_count(bytes); left > 0; --left) {
        std::string name = take_text(bytes);
        note.with.emplace_back(std::move(name), take_text(bytes));
    }
    for (std::size_t left = take_count(bytes); left > 0; --left) note.parts.push_back(take_note(bytes));
    return note;
}

}  // namespace

const std::string_view select_jobs =
    "SELECT tenant, kind, name, state, due_at, fence, beat, lease_seconds, worker, attempts, losses, reason, "
    "asked_revision, asked_with, made_revision, made_with, asked_at, finished_at FROM job ";

std::string_view to_string(JobKind kind) { return kinds[static_cast<std::size_t>(kind) - 1]; }
std::string_view to_string(JobState state) { return states[static_cast<std::size_t>(state) - 1]; }
std::optional<JobKind> parse_job_kind(std::string_view text) { return parse<JobKind>(kinds, text); }
std::optional<JobState> parse_job_state(std::string_view text) { return parse<JobState>(states, text); }

Basis current_basis(Database& database, std::int64_t tenant, std::string with) {
    // Both only grow, so that their sum is the same only where both are.
    Basis basis{0, std::move(with)};
    const auto statement = database.prepare("SELECT number FROM revision WHERE tenant = ?");
    for (const std::int64_t owner : {std::int64_t{0}, tenant}) {
        statement->with(owner);
        while (statement->step()) basis.revision += statement->number(0);
    }
    return basis;
}

QueuedJob read_job(Statement& row) {
    QueuedJob job;
    job.key = {row.number(0), static_cast<JobKind>(row.number(1)), std::string(row.bytes(2))};
    job.state = static_cast<JobState>(row.number(3));
    job.due_at = row.number(4);
    job.fence = row.number(5);
    job.beat = row.number(6);
    job.lease_seconds = row.number(7);
    job.worker = row.bytes(8);
    job.attempts = row.number(9);
    job.losses = row.number(10);
    job.reason = read_reason(row.bytes(11));
    job.asked = {row.number(12), std::string(row.bytes(13))};
    job.made = {row.number(14), std::string(row.bytes(15))};
    job.asked_at = row.number(16);
    job.finished_at = row.number(17);
    return job;
}

std::string write_reason(const Note& reason) {
    std::string bytes;
    put(bytes, reason);
    return bytes;
}

std::optional<Note> read_reason(std::string_view bytes) {
    if (bytes.empty()) return std::nullopt;
    return take_note(bytes);
}

}  // namespace siyu
