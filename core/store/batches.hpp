// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/facts/fact.hpp"
#include "core/store/database.hpp"

namespace siyu {

// What one file brought of one fact. `taken` counts its good rows; `added` and `replaced` the keys that changed.
struct BatchFact {
    Fact fact = Fact::touches;
    std::int64_t taken = 0, added = 0, replaced = 0;
    DaySpan covers;  // first > last: covers no day
};

// One file that was taken in (facts.md, Import rules).
struct Batch {
    std::int64_t number = 0;
    std::string file, profile, header;
    std::int64_t made_at = 0;  // seconds since 1970 UTC
    bool undone = false;
    std::int64_t rejected = 0;
    std::vector<BatchFact> facts;
    std::int64_t token = 0;  // of the import that made it; 0: nobody will ask
};

// A row that was set aside, with what is needed to mend it.
struct RejectedRow {
    std::int64_t line = 0;
    Fact fact = Fact::touches;
    std::string column, value;
    Note reason;
    std::string record;  // as it stood in the file, as CSV
};

// The files taken in for one tenant, or for the agency (tenant 0).
class Batches {
  public:
    Batches(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}

    std::int64_t next_number();
    void add(const Batch& batch);
    void add_reject(std::int64_t batch, std::int64_t number, const RejectedRow& row);
    std::vector<Batch> list();
    // The standing batches below a number that brought the fact, latest first, at most so many; without their headers,
    // and with this fact alone.
    std::vector<Batch> latest(Fact fact, std::int64_t below, int most);
    // The batch with this token, if the import got so far.
    std::optional<Batch> find(std::int64_t token);
    std::vector<RejectedRow> rejects(std::int64_t batch);
    void mark_undone(std::int64_t batch);
    // The days that standing batches cover for the fact, in the order of the batches. Days after that of the import
    // are covered by what was said alone, not by rows: a date may be mistyped.
    std::vector<DaySpan> coverage(Fact fact, const Zone& zone);

  private:
    Database& database_;
    std::int64_t tenant_;
    std::unique_ptr<Statement> add_reject_;
};

}  // namespace siyu
