// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fraction.hpp"
#include "core/base/zone.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/source.hpp"
#include "core/store/batches.hpp"

namespace siyu {

// How many bad rows a file may have: refused with more than both (facts.md, rule 2).
struct BadRowLimits {
    Fraction share{1, 20};
    std::int64_t rows = 10;
};

struct ImportOrder {
    std::int64_t tenant = 0;
    std::string file;  // as the batch list shows it
    std::optional<DaySpan> covers;
    BadRowLimits limits;
    RowRules rules;
    // Drawn at random, the same for each try: an import that got through before is found and not made again. 0: none.
    std::int64_t token = 0;
    bool first_try = false;  // nothing of that token is to be found
    // The file is refused for this where it would replace anything.
    std::optional<Error> if_it_replaces = {};
    std::function<void(std::uint64_t done, std::uint64_t total, std::int64_t rows)> progress;
};

struct ImportResult {
    Batch batch;
    std::vector<RejectedRow> first_rejects;  // the first few
    std::vector<std::string> unknown_columns;
    std::int64_t skipped = 0, summary_rows = 0, records = 0;
    std::int64_t repeated = 0;  // rows of the file that a later one of the same key stands for
    bool changed() const;
};

// Takes files in, in one transaction: rows, batches and ledger of all of them stand in the store once it is committed,
// or nothing of any.
class Import {
  public:
    explicit Import(Database& database);
    ~Import();
    Import(const Import&) = delete;
    Import& operator=(const Import&) = delete;

    // The files of one tenant come one after the other. Throws Error (refused) when the file has too many bad rows:
    // whatever is thrown, it is over with all of them.
    ImportResult take(FactSource& source, const ImportOrder& order, const Zone& zone);
    void commit();

  private:
    struct Desk;

    Database& database_;
    std::optional<Transaction> transaction_;
    std::unique_ptr<Desk> desk_;  // of the tenant whose turn it is
};

// Takes one file in, whole or not at all.
ImportResult import_file(Database& database, const Zone& zone, FactSource& source, const ImportOrder& order);

// Takes a batch back: each key shows the version of the latest batch that stands. Throws Error when there is no such
// batch, or it was undone before.
Batch undo_batch(Database& database, std::int64_t tenant, const Zone& zone, std::int64_t number);

}  // namespace siyu
