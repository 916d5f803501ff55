// SPDX-License-Identifier: Apache-2.0
#include "core/engine/order_checks.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "core/base/grouped.hpp"

namespace siyu {

namespace {

// Fewer than these, or fewer than one in so many of the orders that the batch changed at all, are corrections.
constexpr std::int64_t several = 3, one_in = 10;

// Where the columns of an order lie.
struct Columns {
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t id = kind.place("order_id"), amount = kind.place("amount");
};

struct Order {
    Day day;
    std::int64_t amount;
};

// The orders of one sort that a batch changed, and the one that is named for them.
struct Changed {
    std::int64_t count = 0, before = 0, after = 0;
    std::int64_t id = 0;
    Order was{}, is{};

    void add(std::int64_t number, const Order& old, const Order& now) {
        if (++count == 1) {
            id = number;
            was = old;
            is = now;
        }
        before += old.amount;
        after += now.amount;
    }
    bool many(std::int64_t of) const { return count >= several && count * one_in >= of; }
};

// From the rows that are kept of each batch: so it is right also when one of those before was undone.
struct Rewriting {
    std::int64_t changed = 0;  // orders, in any way
    Changed moved, repriced;

    Rewriting(Blocks& blocks, std::int64_t batch) {
        std::map<std::int64_t, Order> left;
        std::unordered_map<std::int64_t, Order> came;
        for (const auto& [fact, day] : blocks.touched(batch))
            if (fact == Fact::orders) compare(blocks, batch, day, left, came);
        for (const auto& [id, old] : left) {
            const auto now = came.find(id);
            if (now == came.end()) continue;
            ++changed;
            if (now->second.amount != 0 && old.amount != 0) moved.add(id, old, now->second);
        }
    }

  private:
    void compare(Blocks& blocks, std::int64_t batch, Day day, std::map<std::int64_t, Order>& left,
                 std::unordered_map<std::int64_t, Order>& came) {
        const Columns column;
        Rows before(column.kind), now(column.kind);
        for (const auto& [number, rows] : blocks.by_batch(Fact::orders, day))
            if (number <= batch) (number == batch ? now : before).append(rows);
        before.settle(column.kind);
        before.drop_gone();
        std::size_t i = 0;
        for (std::size_t j = 0; j < now.size(); ++j) {
            const std::int64_t id = now[j][column.id];
            while (i < before.size() && before[i][column.id] < id) ++i;
            const bool known = i < before.size() && before[i][column.id] == id, gone = now[j].back() != 0;
            const Order is{day, now[j][column.amount]}, was{day, known ? before[i][column.amount] : 0};
            if (known && gone) left.emplace(id, was);
            if (!known && !gone) came.emplace(id, is);
            if (!known || gone || std::ranges::equal(before[i], now[j])) continue;
            ++changed;
            if (is.amount != was.amount && is.amount != 0 && was.amount != 0) repriced.add(id, was, is);
        }
    }
};

void say(Review& review, const Batch& batch, const Changed& changed, const char* id) {
    DataPlace row = review.place_of(batch);
    row.row = review.ledger.words().text(Space::order, changed.id);
    Quality& quality = review.add(Quality::Weight::warning, id,
                                  {{"file", batch.file},
                                   {"orders", grouped(std::to_string(changed.count))},
                                   {"order", row.row},
                                   {"from", to_string(changed.was.day)},
                                   {"to", to_string(changed.is.day)},
                                   {"before", yuan(Fraction(changed.before))},
                                   {"after", yuan(Fraction(changed.after))}},
                                  Audience::agency);
    quality.fact = kind_of(Fact::orders).name;
    quality.day = changed.was.day;
    quality.places = {std::move(row)};
}

}  // namespace

void look_for_changed_orders(Review& review, const Batch& batch) {
    const Rewriting rewriting(review.blocks, batch.number);
    if (rewriting.moved.many(rewriting.changed)) say(review, batch, rewriting.moved, "quality.orders_moved");
    if (rewriting.repriced.many(rewriting.changed)) say(review, batch, rewriting.repriced, "quality.orders_repriced");
}

void look_for_changed_orders(Review& review) {
    // Each day is read once; all that they changed only of batches that took an order away from a day of the review or
    // changed its amount there, or that may have brought it from a day elsewhere.
    const Columns column;
    std::set<std::int64_t> suspects;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const auto versions = review.blocks.by_batch(Fact::orders, day);
        if (versions.size() < 2) continue;
        review.look("rewritten");
        std::unordered_map<std::int64_t, std::int64_t> amounts;  // of the orders that the day showed
        for (const auto& [number, rows] : versions) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::int64_t id = rows[i][column.id], amount = rows[i][column.amount];
                if (rows[i].back() != 0) {
                    if (amounts.erase(id) > 0) suspects.insert(number);
                    continue;
                }
                const auto [known, fresh] = amounts.emplace(id, amount);
                if (!fresh && known->second != amount && known->second != 0 && amount != 0) suspects.insert(number);
                known->second = amount;
            }
        }
    }
    for (const Batch& batch : review.batches) {
        const auto brought = std::ranges::find(batch.facts, Fact::orders, &BatchFact::fact);
        if (batch.undone || brought == batch.facts.end()) continue;
        const DaySpan& covers = brought->covers;
        const auto elsewhere = [&](const std::pair<Fact, Day>& touched) {
            return touched.first == Fact::orders && (touched.second < covers.first || touched.second > covers.last);
        };
        const bool here = covers.first <= review.days.last && review.days.first <= covers.last;
        if (suspects.contains(batch.number) ||
            (here && std::ranges::any_of(review.blocks.touched(batch.number), elsewhere)))
            look_for_changed_orders(review, batch);
    }
}

}  // namespace siyu
