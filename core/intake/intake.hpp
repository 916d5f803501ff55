// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/fraction.hpp"
#include "core/base/zone.hpp"
#include "core/intake/cell.hpp"
#include "core/intake/source.hpp"
#include "core/ledger/recorder.hpp"
#include "core/store/batches.hpp"
#include "core/store/blocks.hpp"
#include "core/store/words.hpp"

namespace siyu {

// What decides about a row beyond its form.
struct RowRules {
    Fraction lowest_score{1}, highest_score{5};
    // Ids of the KPIs that a forecast may name; none given: any.
    std::vector<std::string> kpis;
    // The tenants that guides may be allocated to: ids by id and by name; none given: any.
    std::map<std::string, std::string, std::less<>> tenants;

    // What is wrong with a cell. May put one way of writing a value for another.
    std::optional<Note> look(const FactKind& kind, std::size_t column, std::string_view value, Cell& cell) const;
};

// The rows of one file on their way into the store: numbered, sorted into days, written in parts.
class Intake {
  public:
    Intake(const Zone& zone, const RowRules& rules, std::int64_t batch, Words& words, Blocks& blocks,
           Recorder& recorder)
        : zone_(zone), rules_(rules), batch_(batch), words_(words), blocks_(blocks), recorder_(recorder) {}

    // Takes a row; or says which column is wrong and why, and takes nothing.
    std::optional<std::pair<int, Note>> take(const FactSource::Row& row);
    // Writes what waits, and brings the ledger up to date. Gives what came of each fact.
    std::map<Fact, BatchFact> finish();
    // Rows that others of the same key came after.
    std::int64_t repeated() const { return repeated_; }

  private:
    void name_answer(const FactSource::Row& row, std::span<std::int64_t> cells);
    void place(const FactKind& kind, std::span<const std::int64_t> cells, bool fresh_key);
    Rows& waiting(Fact fact, Day day);
    void write_waiting();

    const Zone& zone_;
    const RowRules& rules_;
    std::int64_t batch_;
    Words& words_;
    Blocks& blocks_;
    Recorder& recorder_;
    std::map<std::pair<Fact, Day>, Rows> waiting_;
    std::size_t bytes_waiting_ = 0;
    int part_ = 0;
    std::int64_t repeated_ = 0;
    std::map<Fact, BatchFact> facts_;
    std::vector<std::int64_t> cells_;
    std::vector<Cell> parsed_;
    std::vector<std::string> scratch_;
};

}  // namespace siyu
