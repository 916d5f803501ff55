// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/day.hpp"
#include "core/store/database.hpp"
#include "core/store/rows.hpp"

namespace siyu {

// The day under which rosters and plans stand.
inline constexpr Day undated{0};

// Refund rows by the order they belong to stand in key_day under an index of their own.
inline constexpr int refunds_of_order = 100;

// The fact rows of one tenant, by fact, day and batch. Each day knows by itself what it shows: of the rows with one key
// the one of the latest batch; so an undone batch gives back what it replaced.
class Blocks {
  public:
    Blocks(Database& database, std::int64_t tenant);

    void put(Fact fact, Day day, std::int64_t batch, int part, const Rows& rows);
    // The rows that count, in the order of the key; without those of one batch, if it is named.
    Rows visible(Fact fact, Day day, std::optional<std::int64_t> without = std::nullopt);
    // The same of the days first to last; fewer, but not none, where that would be very much.
    std::vector<Rows> visible_run(Fact fact, Day first, Day last);
    // The rows that one batch brought, in the order of the key; those that moved away too, marked as gone.
    Rows of_batch(Fact fact, Day day, std::int64_t batch);
    // The same of every batch that brought any, by its number, oldest first.
    std::vector<std::pair<std::int64_t, Rows>> by_batch(Fact fact, Day day);
    // Everything of one batch.
    std::vector<std::pair<Fact, Day>> touched(std::int64_t batch);
    void remove(std::int64_t batch);
    // First and last day that have rows of the fact.
    std::optional<std::pair<Day, Day>> span(Fact fact);
    std::vector<Day> days(Fact fact);

    // The days on which rows with this key number lie or lay.
    std::vector<Day> days_of_key(int index, std::int64_t number);
    void note_key(int index, std::int64_t number, Day day);
    // Carries what was put and noted into the store: before that, what was put is not seen.
    void flush() {
        put_->flush();
        note_key_->flush();
    }
    // Notes every key of the fact's rows whose day is not noted; gives the runs of such keys' numbers.
    std::vector<std::pair<std::int64_t, std::int64_t>> mend_keys(const FactKind& kind);

  private:
    void mend_keys(int index, std::size_t column, Fact fact, std::vector<std::int64_t>& missing);

    std::int64_t tenant_;
    std::unique_ptr<Statement> read_, read_run_, touched_, remove_, span_, days_, key_days_, keys_;
    std::unique_ptr<Bulk> put_, note_key_;
};

}  // namespace siyu
