// SPDX-License-Identifier: Apache-2.0
#include "core/engine/file_checks.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/base/grouped.hpp"
#include "core/engine/rejects.hpp"

namespace siyu {

namespace {

// One row in so many that is no more there is worth stopping for.
constexpr std::int64_t many = 20;
constexpr std::size_t rows_named = 3;

// `orders_20261120(1).csv` -> `orderscsv`.
std::string name_without_numbers(const std::string& file) {
    std::string name;
    for (const char c : file) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalpha(byte) != 0) name += static_cast<char>(std::tolower(byte));
    }
    return name;
}

std::optional<DaySpan> common(const DaySpan& a, const DaySpan& b) {
    const DaySpan both{std::max(a.first, b.first), std::min(a.last, b.last)};
    if (both.last < both.first) return std::nullopt;
    return both;
}

// Keys of a day: in both files, in each, and in the one before only.
struct Compared {
    std::int64_t before = 0, now = 0, both = 0;
    Rows lacking;
};

// `aside`: numbers of orders or the like that are in the file now, but were set aside.
void compare(const FactKind& kind, const Rows& before, const Rows& now, const std::set<std::int64_t>& aside,
             Compared& result) {
    const auto gone = [](std::span<const std::int64_t> row) { return row.back() != 0; };
    std::size_t j = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (gone(before[i]) || aside.contains(before[i][static_cast<std::size_t>(kind.key[0])])) continue;
        ++result.before;
        while (j < now.size() && compare_keys(kind, now[j], before[i]) < 0) ++j;
        if (j < now.size() && compare_keys(kind, now[j], before[i]) == 0) {
            ++result.both;
            continue;
        }
        result.lacking.add(before[i]);
    }
    for (std::size_t i = 0; i < now.size(); ++i) result.now += gone(now[i]) ? 0 : 1;
}

// The other batches that hold any of the rows, latest first: what one alone would take back the others still show.
std::string holders(const Review& review, Blocks& blocks, const Batch& batch, Fact fact, const std::vector<Day>& days,
                    Rows rows) {
    const FactKind& kind = kind_of(fact);
    rows.settle(kind);
    std::set<std::int64_t, std::greater<>> numbers;
    for (const Day day : days)
        for (const auto& [number, held] : blocks.by_batch(fact, day)) {
            Compared compared{.lacking = Rows(kind)};
            if (number != batch.number) compare(kind, rows, held, {}, compared);
            if (compared.both > 0) numbers.insert(number);
        }
    std::string names;
    for (const std::int64_t number : numbers)
        names += (names.empty() ? "" : ", ") + review.tenant + ":" + std::to_string(number);
    return names;
}

const BatchFact* brought_by(const Batch& batch, Fact fact) {
    for (const BatchFact& brought : batch.facts)
        if (brought.fact == fact && brought.taken > 0) return &brought;
    return nullptr;
}

}  // namespace

bool is_same_export(const Batch& a, const Batch& b) {
    if (a.profile != b.profile) return false;
    return !a.profile.empty() || name_without_numbers(a.file) == name_without_numbers(b.file);
}

void look_for_fewer_rows(Review& review, Batches& batches, const Batch& batch, const BatchFact& brought,
                         std::span<const Batch> earlier, DaySpan days) {
    const FactKind& kind = kind_of(brought.fact);
    Blocks& blocks = review.blocks;
    const auto mine = kind.when < 0 ? std::nullopt : common(brought.covers, days);
    if (!mine) return;
    std::set<std::int64_t> aside;
    for (const RejectedRow& row : batch.rejected > 0 ? batches.rejects(batch.number) : std::vector<RejectedRow>{})
        if (row.fact == brought.fact) aside.merge(ids_in(review, row));
    for (const Batch& other : earlier) {
        const BatchFact* before =
            other.undone || !is_same_export(batch, other) ? nullptr : brought_by(other, brought.fact);
        const auto both = before ? common(*mine, before->covers) : std::nullopt;
        if (!both) continue;
        review.look("files");
        Compared compared{.lacking = Rows(kind)};
        std::vector<Day> fewer;
        for (Day day = both->first; day <= both->last; ++day) {
            const std::size_t lacking = compared.lacking.size();
            compare(kind, blocks.of_batch(brought.fact, day, other.number),
                    blocks.of_batch(brought.fact, day, batch.number), aside, compared);
            if (compared.lacking.size() > lacking) fewer.push_back(day);
        }
        const auto lacking = static_cast<std::int64_t>(compared.lacking.size());
        // Where they have nothing in common they are exports of two shops.
        if (compared.both == 0 || lacking == 0 || compared.now >= compared.before) return;
        // Rows without a number of their own may be those that were set aside, and that is said of them.
        if (!kind.moves() && lacking <= batch.rejected) return;
        Quality& quality =
            review.add(lacking * many >= compared.before ? Quality::Weight::warning : Quality::Weight::note,
                       "quality.fewer_rows", brought.fact, fewer.front(),
                       {{"file", batch.file},
                        {"before", other.file},
                        {"batch_before", review.place_of(other).batch},
                        {"holders", holders(review, blocks, batch, brought.fact, fewer, compared.lacking)},
                        {"dates", days_text(fewer)},
                        {"lacking", grouped(std::to_string(lacking))},
                        {"rows_before", grouped(std::to_string(compared.before))},
                        {"rows", grouped(std::to_string(compared.now))}},
                       Audience::agency);
        quality.places = {review.place_of(batch)};
        const auto key = static_cast<std::size_t>(kind.key[0]);
        for (std::size_t i = 0; kind.moves() && i < std::min(compared.lacking.size(), rows_named); ++i) {
            DataPlace place = review.place_of(other);
            place.row = review.ledger.words().text(kind.columns[key].space, compared.lacking[i][key]);
            quality.places.push_back(std::move(place));
        }
        return;
    }
}

void look_for_fewer_rows(Review& review, Batches& batches) {
    const std::vector<Batch> latest(review.batches.rbegin(), review.batches.rend());
    for (std::size_t i = 0; i < latest.size(); ++i) {
        const Batch& batch = latest[i];
        if (batch.undone) continue;
        for (const BatchFact& brought : batch.facts) {
            auto days = common(brought.covers, review.days);
            if (!days || brought.taken == 0) continue;
            // What came later of the same kind speaks for the days that it covers.
            for (std::size_t later = 0; later < i && days; ++later) {
                const BatchFact* other = latest[later].undone || !is_same_export(batch, latest[later])
                                             ? nullptr
                                             : brought_by(latest[later], brought.fact);
                if (!other) continue;
                if (other->covers.first <= days->first && days->first <= other->covers.last)
                    days->first = other->covers.last + 1;
                if (other->covers.first <= days->last && days->last <= other->covers.last)
                    days->last = other->covers.first - 1;
                if (days->last < days->first) days.reset();
            }
            if (days) look_for_fewer_rows(review, batches, batch, brought, std::span(latest).subspan(i + 1), *days);
        }
    }
}

void look_for_future_days(Review& review, const Batch& batch) {
    const Day made_on = review.ledger.zone().day_of({batch.made_at * micros_per_second});
    for (const BatchFact& brought : batch.facts) {
        const DaySpan& covers = brought.covers;
        if (batch.undone || brought.taken == 0 || covers.last < covers.first) continue;
        review.look("future");
        if (covers.last <= made_on) continue;
        Quality& quality =
            review.add(Quality::Weight::warning, "quality.future_day", brought.fact, covers.last,
                       {{"file", batch.file}, {"date", to_string(covers.last)}, {"made_on", to_string(made_on)}},
                       Audience::agency);
        quality.places = {review.place_of(batch)};
    }
}

}  // namespace siyu
