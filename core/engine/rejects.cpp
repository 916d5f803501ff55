// SPDX-License-Identifier: Apache-2.0
#include "core/engine/rejects.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace siyu {

namespace {

constexpr std::size_t rows_named = 3;

// The cells of a record, without the `="…"` and the `'` by which digits are kept as text.
std::vector<std::string> cells_of(const std::string& record) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : record) {
        if (c == '"')
            quoted = !quoted;
        else if ((c == ',' || c == '\t') && !quoted)
            cells.emplace_back();
        else
            cells.back() += c;
    }
    for (std::string& cell : cells) {
        const std::size_t from = cell.find_first_not_of("='\t ");
        cell = from == std::string::npos ? "" : cell.substr(from, cell.find_last_not_of("\t ") + 1 - from);
    }
    return cells;
}

}  // namespace

std::set<std::int64_t> ids_in(Review& review, const RejectedRow& row) {
    std::set<std::int64_t> found;
    const FactKind& kind = kind_of(row.fact);
    if (!kind.moves()) return found;
    const Space space = kind.columns[static_cast<std::size_t>(kind.key[0])].space;
    for (const std::string& cell : cells_of(row.record))
        if (const std::int64_t id = cell.empty() ? -1 : review.ledger.words().find(space, cell); id >= 0)
            found.insert(id);
    return found;
}

namespace {

bool nothing_taken(const Batch& batch) {
    return std::ranges::all_of(batch.facts, [](const BatchFact& brought) { return brought.taken == 0; });
}

// A file of which nothing was good does not tell its days: it may be about any up to the one on which it was taken in,
// a roster about those after it too.
bool concerns(const Review& review, const Batch& batch) {
    const auto has_days = [](const BatchFact& brought) { return brought.covers.first <= brought.covers.last; };
    if (batch.rejected > 0 && !batch.facts.empty() && nothing_taken(batch) &&
        std::ranges::none_of(batch.facts, has_days))
        return kind_of(batch.facts.front().fact).when < 0 ||
               review.days.first <= review.ledger.zone().day_of({batch.made_at * micros_per_second});
    return std::ranges::any_of(batch.facts, [&](const BatchFact& brought) {
        return has_days(brought) && brought.covers.first <= review.days.last &&
               review.days.first <= brought.covers.last;
    });
}

// Whether rows that were set aside came later: an order, ticket or the like is known by its number.
class Mended {
  public:
    Mended(Review& review, const Batch& batch) : review_(review), batch_(batch) {}

    bool has(const RejectedRow& row) {
        const FactKind& kind = kind_of(row.fact);
        const auto key = static_cast<std::size_t>(kind.key[0]);
        for (const std::int64_t id : ids_in(review_, row))
            for (const Day day : review_.blocks.days_of_key(static_cast<int>(kind.fact), id))
                for (const Batch& later : review_.batches)
                    if (later.number > batch_.number && covers(later, kind.fact, day) &&
                        ids(kind, key, day, later.number).contains(id))
                        return true;
        return false;
    }
    // What has no number of its own may have come in a file of the same form with no more rows than were set aside;
    // where nothing was good, in any.
    bool may_have(std::int64_t left) const {
        const FactKind& kind = kind_of(batch_.facts.front().fact);
        if (kind.moves() && kind.columns[static_cast<std::size_t>(kind.key[0])].needed) return false;
        const bool nothing = nothing_taken(batch_);
        return came([&](const Batch& later, std::int64_t taken) { return nothing || taken + later.rejected <= left; });
    }
    // A roster of which nothing was good comes whole again.
    bool has_roster(std::int64_t left) const {
        return kind_of(batch_.facts.front().fact).when < 0 && nothing_taken(batch_) &&
               came([&](const Batch&, std::int64_t taken) { return taken >= left; });
    }

  private:
    bool came(const std::function<bool(const Batch& later, std::int64_t taken)>& which) const {
        return std::ranges::any_of(review_.batches, [&](const Batch& later) {
            if (later.number <= batch_.number || later.undone || later.header != batch_.header) return false;
            return std::ranges::any_of(later.facts, [&](const BatchFact& brought) {
                return brought.fact == batch_.facts.front().fact && brought.taken > 0 && which(later, brought.taken);
            });
        });
    }
    const std::set<std::int64_t>& ids(const FactKind& kind, std::size_t key, Day day, std::int64_t number) {
        const auto [known, first_time] = ids_.try_emplace({kind.fact, day, number});
        if (first_time) {
            const Rows rows = review_.blocks.of_batch(kind.fact, day, number);
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rows[i].back() == 0) known->second.insert(rows[i][key]);
        }
        return known->second;
    }

    Review& review_;
    const Batch& batch_;
    std::map<std::tuple<Fact, Day, std::int64_t>, std::set<std::int64_t>> ids_;
};

}  // namespace

std::vector<RejectedRows> rejected_rows(Review& review, Batches& batches) {
    std::vector<RejectedRows> found;
    for (const Batch& batch : review.batches) {
        if (batch.undone || !concerns(review, batch)) continue;
        review.look("rejected");
        if (batch.rejected == 0) continue;
        const DataPlace place = review.place_of(batch);
        RejectedRows rows{place.batch, batch.file, std::string(kind_of(batch.facts.front().fact).name), 0};
        for (const BatchFact& brought : batch.facts)
            if (brought.covers.first <= brought.covers.last)
                rows.days = {std::min(brought.covers.first, rows.days ? rows.days->first : latest_day),
                             std::max(brought.covers.last, rows.days ? rows.days->last : earliest_day)};
        Mended mended(review, batch);
        for (const RejectedRow& row : batches.rejects(batch.number)) {
            if (mended.has(row)) continue;
            ++rows.rows;
            if (rows.first.size() == rows_named) continue;
            rows.first.push_back(place);
            rows.first.back().line = row.line;
            rows.first.back().column = row.column;
            rows.first.back().reason = row.reason;
        }
        if (rows.rows == 0 || mended.has_roster(rows.rows)) continue;
        rows.maybe_mended = mended.may_have(rows.rows);
        found.push_back(std::move(rows));
    }
    return found;
}

}  // namespace siyu
