// SPDX-License-Identifier: Apache-2.0
#include "core/engine/file_checks.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>

#include "core/base/grouped.hpp"

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

// Keys of a day: in the file before and not in this one, in both, and in each.
struct Compared {
    std::int64_t before = 0, now = 0, both = 0, lacking = 0;
    std::vector<std::int64_t> named;  // key numbers of rows that lack
};

void compare(const FactKind& kind, const Rows& before, const Rows& now, Compared& result) {
    const auto gone = [](std::span<const std::int64_t> row) { return row.back() != 0; };
    std::size_t j = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (gone(before[i])) continue;
        ++result.before;
        while (j < now.size() && compare_keys(kind, now[j], before[i]) < 0) ++j;
        if (j < now.size() && compare_keys(kind, now[j], before[i]) == 0) {
            ++result.both;
            continue;
        }
        ++result.lacking;
        if (kind.moves() && result.named.size() < rows_named)
            result.named.push_back(before[i][static_cast<std::size_t>(kind.key[0])]);
    }
    for (std::size_t i = 0; i < now.size(); ++i) result.now += gone(now[i]) ? 0 : 1;
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

void look_for_fewer_rows(Review& review, Blocks& blocks, const Batch& batch, const BatchFact& brought,
                         std::span<const Batch> earlier, DaySpan days) {
    const FactKind& kind = kind_of(brought.fact);
    const auto mine = kind.when < 0 ? std::nullopt : common(brought.covers, days);
    if (!mine) return;
    for (const Batch& other : earlier) {
        const BatchFact* before =
            other.undone || !is_same_export(batch, other) ? nullptr : brought_by(other, brought.fact);
        const auto both = before ? common(*mine, before->covers) : std::nullopt;
        if (!both) continue;
        review.look("files");
        Compared compared;
        std::vector<Day> fewer;
        for (Day day = both->first; day <= both->last; ++day) {
            const std::int64_t lacking = compared.lacking;
            compare(kind, blocks.of_batch(brought.fact, day, other.number),
                    blocks.of_batch(brought.fact, day, batch.number), compared);
            if (compared.lacking > lacking) fewer.push_back(day);
        }
        // Where they have nothing in common they are exports of two shops.
        if (compared.both == 0 || compared.lacking == 0 || compared.now >= compared.before) return;
        Quality& quality =
            review.add(compared.lacking * many >= compared.before ? Quality::Weight::warning : Quality::Weight::note,
                       "quality.fewer_rows", brought.fact, fewer.front(),
                       {{"file", batch.file},
                        {"before", other.file},
                        {"batch_before", review.place_of(other).batch},
                        {"dates", days_text(fewer)},
                        {"lacking", grouped(std::to_string(compared.lacking))},
                        {"rows_before", grouped(std::to_string(compared.before))},
                        {"rows", grouped(std::to_string(compared.now))}},
                       Audience::agency);
        quality.places = {review.place_of(batch)};
        for (std::size_t i = 0; i < compared.named.size(); ++i) {
            DataPlace place = review.place_of(other);
            place.row = review.ledger.words().text(kind.columns[static_cast<std::size_t>(kind.key[0])].space,
                                                   compared.named[i]);
            quality.places.push_back(std::move(place));
        }
        return;
    }
}

void look_for_fewer_rows(Review& review, Blocks& blocks) {
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
            if (days) look_for_fewer_rows(review, blocks, batch, brought, std::span(latest).subspan(i + 1), *days);
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

namespace {

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

// Whether rows that were set aside came later: an order, ticket or the like is known by its number.
class Mended {
  public:
    Mended(Review& review, const Batch& batch) : review_(review), batch_(batch) {}

    bool has(const RejectedRow& row) {
        const FactKind& kind = kind_of(row.fact);
        if (!kind.moves()) return false;
        const auto key = static_cast<std::size_t>(kind.key[0]);
        for (const std::string& cell : cells_of(row.record)) {
            const std::int64_t id = cell.empty() ? -1 : review_.ledger.words().find(kind.columns[key].space, cell);
            if (id < 0) continue;
            for (const Day day : review_.blocks.days_of_key(static_cast<int>(kind.fact), id))
                for (const Batch& later : review_.batches)
                    if (later.number > batch_.number && covers(later, kind.fact, day) &&
                        ids(kind, key, day, later.number).contains(id))
                        return true;
        }
        return false;
    }
    // What has no number of its own may have come in a file of the same form with no more rows than were set aside.
    bool may_have(std::int64_t left) const {
        return std::ranges::any_of(review_.batches, [&](const Batch& later) {
            if (later.number <= batch_.number || later.undone || later.header != batch_.header) return false;
            return std::ranges::any_of(later.facts, [&](const BatchFact& brought) {
                return brought.fact == batch_.facts.front().fact && brought.taken > 0 &&
                       brought.taken + later.rejected <= left;
            });
        });
    }

  private:
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
        if (batch.undone) continue;
        const bool here = std::any_of(batch.facts.begin(), batch.facts.end(), [&](const BatchFact& fact) {
            return common(fact.covers, review.days).has_value();
        });
        if (!here) continue;
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
        if (rows.rows == 0) continue;
        rows.maybe_mended = mended.may_have(rows.rows);
        found.push_back(std::move(rows));
    }
    return found;
}

}  // namespace siyu
