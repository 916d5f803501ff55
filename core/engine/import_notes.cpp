// SPDX-License-Identifier: Apache-2.0
#include "core/engine/import_notes.hpp"

#include <algorithm>

#include "core/engine/day_checks.hpp"
#include "core/engine/file_checks.hpp"
#include "core/engine/order_checks.hpp"

namespace siyu {

namespace {

// Who imports the same days again and again has the export before among the last few files.
constexpr int files_looked_at = 32;
// A first import of years is not told day by day what was unusual long ago.
constexpr int days_looked_at = 92, days_compared = 366;

}  // namespace

std::vector<Quality> look_at_import(Database& database, const std::string& tenant, std::int64_t number,
                                    const Zone& zone, const Batch& batch, DaysTold* told) {
    std::vector<Quality> found;
    Ledger ledger(database, number, zone);
    Blocks blocks(database, number);
    Batches batches(database, number);
    for (const BatchFact& brought : batch.facts) {
        if (brought.taken == 0 || brought.covers.last < brought.covers.first || kind_of(brought.fact).agency) continue;
        const DaySpan compared{std::max(brought.covers.first, brought.covers.last - (days_compared - 1)),
                               brought.covers.last};
        // Oldest first, with those of the same run that came after it.
        std::vector<Batch> known = batches.latest(brought.fact, INT64_MAX, files_looked_at);
        if (std::ranges::find(known, batch.number, &Batch::number) == known.end()) known.push_back(batch);
        std::ranges::reverse(known);
        Review review{tenant, brought.covers, ledger, blocks, std::move(known)};
        look_for_fewer_rows(review, batches, batch, brought,
                            batches.latest(brought.fact, batch.number, files_looked_at), compared);
        if (brought.fact == Fact::orders && brought.replaced > 0) look_for_changed_orders(review, batch);
        // A day is told once in a run, and of a file that changed it; what changed nothing was told before.
        review.concerns = [&](Fact fact, Day day) {
            const std::tuple key{number, fact, day};
            if (told && told->contains(key) && told->at(key) != batch.number) return false;
            const auto bringers = review.brought_by(fact, day);
            if (std::ranges::find(bringers, batch.number, [](const Batch* one) { return one->number; }) ==
                bringers.end())
                return false;
            if (told) told->emplace(key, batch.number);
            return true;
        };
        if (brought.added + brought.replaced > 0) {
            review.days.first = std::max(review.days.first, review.days.last - (days_looked_at - 1));
            if (brought.fact == Fact::orders) look_for_spikes(review);
            if (brought.fact == Fact::joins) look_for_joins_without_touches(review);
            const DaySpan days = review.days;
            review.days.first = days.last;
            look_for_partial_days(review, {brought.fact});
            review.days = days;
            // Statistics come guide by guide, group by group: that there is little yet says nothing.
            const bool in_parts = brought.fact == Fact::guide_days || brought.fact == Fact::group_days;
            look_for_unusual_days(review, {brought.fact}, !in_parts);
        }
        std::move(review.found.begin(), review.found.end(), std::back_inserter(found));
    }
    Review review{tenant, {earliest_day, latest_day}, ledger, blocks, {}};
    look_for_future_days(review, batch);
    std::move(review.found.begin(), review.found.end(), std::back_inserter(found));
    return found;
}

}  // namespace siyu
