// SPDX-License-Identifier: Apache-2.0
#include "core/store/batches.hpp"

#include <map>

namespace siyu {

namespace {

// A note as bytes: id and names and values, each ended by a zero byte, which no text of ours holds.
std::string write(const Note& note) {
    std::string bytes = note.id + '\0';
    for (const auto& [name, value] : note.with) bytes.append(name).append(1, '\0').append(value).append(1, '\0');
    return bytes;
}

Note read_note(std::string_view bytes) {
    const auto take = [&bytes] {
        const std::size_t end = bytes.find('\0');
        std::string text(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        return text;
    };
    Note note{take(), {}};
    while (!bytes.empty()) {
        std::string name = take();
        note.with.emplace_back(std::move(name), take());
    }
    return note;
}

Day day(std::int64_t number) { return {static_cast<std::int32_t>(number)}; }

}  // namespace

std::int64_t Batches::next_number() {
    const auto statement = database_.prepare("SELECT COALESCE(MAX(batch), 0) + 1 FROM batch WHERE tenant = ?");
    statement->with(tenant_).step();
    const std::int64_t number = statement->number(0);
    statement->reset();
    return number;
}

void Batches::add(const Batch& batch) {
    database_
        .prepare(
            "INSERT INTO batch (tenant, batch, file, profile, made_at, undone, rejected, header, token) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        ->with(tenant_, batch.number, std::string_view(batch.file), std::string_view(batch.profile), batch.made_at,
               std::int64_t{batch.undone}, batch.rejected, std::string_view(batch.header), batch.token)
        .run();
    const auto statement = database_.prepare(
        "INSERT INTO batch_fact (tenant, batch, fact, taken, added, replaced, cover_first, cover_last) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const BatchFact& fact : batch.facts)
        statement
            ->with(tenant_, batch.number, static_cast<std::int64_t>(fact.fact), fact.taken, fact.added, fact.replaced,
                   std::int64_t{fact.covers.first.number}, std::int64_t{fact.covers.last.number})
            .run();
}

void Batches::add_reject(std::int64_t batch, std::int64_t number, const RejectedRow& row) {
    if (!add_reject_)
        add_reject_ = database_.prepare(
            "INSERT INTO reject (tenant, batch, number, line, fact, col, value, reason, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::string reason = write(row.reason);
    add_reject_
        ->with(tenant_, batch, number, row.line, static_cast<std::int64_t>(row.fact), std::string_view(row.column),
               std::string_view(row.value), std::string_view(reason), std::string_view(row.record))
        .run();
}

std::vector<Batch> Batches::list() {
    std::vector<Batch> found;
    const auto batches = database_.prepare(
        "SELECT batch, file, profile, made_at, undone, rejected, header FROM batch WHERE tenant = ? ORDER BY batch");
    batches->with(tenant_);
    while (batches->step()) {
        Batch batch;
        batch.number = batches->number(0);
        batch.file = batches->bytes(1);
        batch.profile = batches->bytes(2);
        batch.made_at = batches->number(3);
        batch.undone = batches->number(4) != 0;
        batch.rejected = batches->number(5);
        batch.header = batches->bytes(6);
        found.push_back(std::move(batch));
    }
    const auto facts = database_.prepare(
        "SELECT batch, fact, taken, added, replaced, cover_first, cover_last FROM batch_fact WHERE tenant = ? "
        "ORDER BY batch, fact");
    facts->with(tenant_);
    auto batch = found.begin();
    while (facts->step()) {
        while (batch != found.end() && batch->number < facts->number(0)) ++batch;
        if (batch == found.end() || batch->number != facts->number(0)) continue;
        batch->facts.push_back({static_cast<Fact>(facts->number(1)),
                                facts->number(2),
                                facts->number(3),
                                facts->number(4),
                                {day(facts->number(5)), day(facts->number(6))}});
    }
    return found;
}

std::vector<Batch> Batches::latest(Fact fact, std::int64_t below, int most) {
    std::vector<Batch> found;
    const auto facts = database_.prepare(
        "SELECT batch, taken, added, replaced, cover_first, cover_last FROM batch_fact WHERE tenant = ? AND fact = ? "
        "AND batch < ? ORDER BY batch DESC LIMIT " +
        std::to_string(most));
    facts->with(tenant_, static_cast<std::int64_t>(fact), below);
    while (facts->step()) {
        Batch batch;
        batch.number = facts->number(0);
        batch.facts.push_back({fact,
                               facts->number(1),
                               facts->number(2),
                               facts->number(3),
                               {day(facts->number(4)), day(facts->number(5))}});
        found.push_back(std::move(batch));
    }
    const auto batches =
        database_.prepare("SELECT file, profile, made_at, undone, rejected FROM batch WHERE tenant = ? AND batch = ?");
    for (Batch& batch : found) {
        batches->with(tenant_, batch.number);
        while (batches->step()) {
            batch.file = batches->bytes(0);
            batch.profile = batches->bytes(1);
            batch.made_at = batches->number(2);
            batch.undone = batches->number(3) != 0;
            batch.rejected = batches->number(4);
        }
    }
    std::erase_if(found, [](const Batch& batch) { return batch.undone; });
    return found;
}

std::optional<Batch> Batches::find(std::int64_t token) {
    const auto statement = database_.prepare("SELECT batch FROM batch WHERE tenant = ? AND token = ?");
    if (!statement->with(tenant_, token).step()) return std::nullopt;
    const std::int64_t number = statement->number(0);
    statement->reset();
    for (Batch& batch : list())
        if (batch.number == number) return std::move(batch);
    return std::nullopt;
}

std::vector<RejectedRow> Batches::rejects(std::int64_t batch) {
    std::vector<RejectedRow> found;
    const auto statement = database_.prepare(
        "SELECT line, fact, col, value, reason, record FROM reject WHERE tenant = ? AND batch = ? ORDER BY number");
    statement->with(tenant_, batch);
    while (statement->step())
        found.push_back({statement->number(0), static_cast<Fact>(statement->number(1)),
                         std::string(statement->bytes(2)), std::string(statement->bytes(3)),
                         read_note(statement->bytes(4)), std::string(statement->bytes(5))});
    return found;
}

void Batches::mark_undone(std::int64_t batch) {
    database_.prepare("UPDATE batch SET undone = 1 WHERE tenant = ? AND batch = ?")->with(tenant_, batch).run();
}

std::vector<DaySpan> Batches::coverage(Fact fact, const Zone& zone) {
    std::map<std::int64_t, Day> made_on;  // of those that stand
    const auto batches = database_.prepare("SELECT batch, made_at FROM batch WHERE tenant = ? AND undone = 0");
    batches->with(tenant_);
    while (batches->step()) made_on[batches->number(0)] = zone.day_of({batches->number(1) * micros_per_second});
    std::vector<std::pair<std::int64_t, DaySpan>> spans;
    const auto facts = database_.prepare(
        "SELECT batch, cover_first, cover_last FROM batch_fact WHERE tenant = ? AND fact = ? "
        "AND cover_first <= cover_last ORDER BY batch");
    facts->with(tenant_, static_cast<std::int64_t>(fact));
    while (facts->step())
        if (made_on.contains(facts->number(0)))
            spans.push_back({facts->number(0), {day(facts->number(1)), day(facts->number(2))}});
    const auto last_row = [&](std::int64_t batch, Day until) {
        const auto rows = database_.prepare(
            "SELECT day FROM fact_block WHERE tenant = ? AND fact = ? AND batch = ? AND day <= ? "
            "ORDER BY day DESC LIMIT 1");
        rows->with(tenant_, static_cast<std::int64_t>(fact), batch, std::int64_t{until.number});
        Day found = earliest_day;
        while (rows->step()) found = day(rows->number(0));
        return found;
    };
    std::vector<DaySpan> found;
    for (auto& [batch, span] : spans) {
        const Day made = made_on[batch];
        // A span that was said with --covers need not end with a row.
        if (span.last > made && last_row(batch, span.last) == span.last) span.last = last_row(batch, made);
        if (span.first <= span.last) found.push_back(span);
    }
    return found;
}

}  // namespace siyu
