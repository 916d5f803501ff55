// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/bookings.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr std::size_t days_kept_at_most = 64;
// Bounds the memory of an import, whatever the size of the file.
constexpr std::size_t orders_at_once = 200'000;

std::string write(const std::vector<Booking>& bookings) {
    if (bookings.empty()) return {};
    const std::uint64_t shape = sizeof(Booking);
    std::string cell(reinterpret_cast<const char*>(&shape), sizeof shape);
    cell.append(reinterpret_cast<const char*>(bookings.data()), bookings.size() * sizeof(Booking));
    return cell;
}

// The columns, by their places.
struct OrderColumns {
    std::size_t order, paid_at, amount, customer, guide, channel, path, category, refunded, refunded_at;
    OrderColumns() {
        const FactKind& kind = kind_of(Fact::orders);
        order = kind.place("order_id"), paid_at = kind.place("paid_at"), amount = kind.place("amount");
        customer = kind.place("customer_id"), guide = kind.place("guide_id"), channel = kind.place("channel"),
        path = kind.place("path");
        category = kind.place("category"), refunded = kind.place("refunded"), refunded_at = kind.place("refunded_at");
    }
};

struct RefundColumns {
    std::size_t refund, order, at, amount;
    RefundColumns() {
        const FactKind& kind = kind_of(Fact::refunds);
        refund = kind.place("refund_id"), order = kind.place("order_id"), at = kind.place("at"),
        amount = kind.place("amount");
    }
};

const OrderColumns& in_order() {
    static const OrderColumns columns;
    return columns;
}

const RefundColumns& in_refund() {
    static const RefundColumns columns;
    return columns;
}

bool gives_back(std::span<const std::int64_t> order) {
    return order[in_order().refunded] > 0;  // an absent one is below
}

std::int64_t booked_at(std::span<const std::int64_t> order) {
    return order[in_order().refunded_at] == absent ? order[in_order().paid_at] : order[in_order().refunded_at];
}

}  // namespace

std::vector<Booking> read_bookings(std::string_view cell) {
    // A cell that another siyu wrote in another shape must not be read as money.
    std::uint64_t shape = 0;
    if (cell.size() >= sizeof shape) std::memcpy(&shape, cell.data(), sizeof shape);
    if (shape != sizeof(Booking) || (cell.size() - sizeof shape) % sizeof(Booking) != 0)
        throw Error(Error::unreachable, "store.damaged_ledger");
    cell.remove_prefix(sizeof shape);
    std::vector<Booking> bookings(cell.size() / sizeof(Booking));
    std::memcpy(bookings.data(), cell.data(), bookings.size() * sizeof(Booking));
    return bookings;
}

Bookings::Bookings(const Zone& zone, Words& words, Blocks& blocks, Shelf& shelf)
    : zone_(zone),
      words_(words),
      blocks_(blocks),
      shelf_(shelf),
      any_refunds_(blocks.span(Fact::refunds).has_value()) {}

void Bookings::order_changed(std::span<const std::int64_t> row) {
    if (!any_refunds_ && !gives_back(row)) return;
    if (changed_.size() >= orders_at_once) finish();
    auto& days = changed_[row[in_order().order]];
    if (gives_back(row)) days.insert(zone_.day_of({booked_at(row)}));
}

void Bookings::refund_changed(std::span<const std::int64_t> row) {
    any_refunds_ = true;
    if (changed_.size() >= orders_at_once) finish();
    const std::int64_t order = row[in_refund().order];
    const Day day = zone_.day_of({row[in_refund().at]});
    changed_[order].insert(day);
    blocks_.note_key(refunds_of_order, order, day);
}

const Bookings::RefundRows& Bookings::refund_rows(Day day) {
    if (const auto known = refund_rows_.find(day); known != refund_rows_.end()) return known->second;
    if (refund_rows_.size() >= days_kept_at_most) refund_rows_.clear();
    RefundRows& found = refund_rows_[day];
    const Rows rows = blocks_.visible(Fact::refunds, day);
    for (std::size_t i = 0; i < rows.size(); ++i)
        found.emplace(rows[i][in_refund().order], std::vector<std::int64_t>(rows[i].begin(), rows[i].end()));
    return found;
}

void Bookings::finish() {
    std::map<Day, std::vector<Booking>> now;
    std::map<Day, std::set<std::int64_t>> gone;
    const std::int64_t unknown = words_.intern(Space::word, "");

    // Orders by the day of their row, so that each day is read once.
    std::vector<std::pair<Day, std::int64_t>> orders;
    for (const auto& [order, days] : changed_) {
        const auto paid_on = blocks_.days_of_key(static_cast<int>(Fact::orders), order);
        if (paid_on.empty()) orders.emplace_back(undated, order);
        for (const Day day : paid_on) orders.emplace_back(day, order);
    }
    std::sort(orders.begin(), orders.end());
    std::set<std::int64_t> known;  // orders whose visible row was found
    const auto book = [&](std::int64_t order, std::span<const std::int64_t> row) {
        Booking base{.order = order,
                     .refund = absent,
                     .channel = unknown,
                     .guide = unknown,
                     .path = unknown,
                     .category = unknown};
        Day paid = undated;
        if (!row.empty()) {
            base.customer = row[in_order().customer];
            base.channel = row[in_order().channel];
            base.guide = row[in_order().guide];
            base.path = row[in_order().path];
            base.category = row[in_order().category];
            paid = zone_.day_of({row[in_order().paid_at]});
            base.order_day = paid.number;
            // What the order's own columns said may have been booked before its refunds came.
            if (gives_back(row)) gone[zone_.day_of({booked_at(row)})].insert(order);
        }
        bool by_rows = false;
        const auto refund_days = any_refunds_ ? blocks_.days_of_key(refunds_of_order, order) : std::vector<Day>{};
        for (const Day day : refund_days) {
            gone[day].insert(order);
            const auto [first, last] = refund_rows(day).equal_range(order);
            for (auto refund = first; refund != last; ++refund) {
                by_rows = true;
                Booking booking = base;
                booking.refund = refund->second[in_refund().refund];
                booking.amount = refund->second[in_refund().amount];
                booking.seen_from = day.number;
                now[day].push_back(booking);
            }
        }
        if (by_rows || row.empty() || !gives_back(row)) return;
        const Day day = zone_.day_of({booked_at(row)});
        base.amount = row[in_order().refunded];
        base.seen_from = std::max(day, paid).number;
        now[day].push_back(base);
    };
    for (auto at = orders.begin(); at != orders.end();) {
        const Day day = at->first;
        std::map<std::int64_t, std::span<const std::int64_t>> here;
        const Rows day_rows = blocks_.visible(Fact::orders, day);
        for (std::size_t i = 0; i < day_rows.size(); ++i) here.emplace(day_rows[i][in_order().order], day_rows[i]);
        for (; at != orders.end() && at->first == day; ++at)
            if (const auto found = here.find(at->second); found != here.end()) {
                book(at->second, found->second);
                known.insert(at->second);
            }
    }
    for (const auto& [order, days] : changed_) {
        if (!known.contains(order)) book(order, {});
        for (const Day day : days) gone[day].insert(order);
    }
    for (const auto& [day, bookings] : now) gone[day];
    for (const auto& [day, orders_of_day] : gone) {
        const std::set<std::int64_t>& orders_gone = orders_of_day;
        const auto cell = shelf_.load(Series::refunds + 0, day);
        std::vector<Booking> bookings = cell ? read_bookings(*cell) : std::vector<Booking>{};
        std::erase_if(bookings, [&](const Booking& booking) { return orders_gone.contains(booking.order); });
        if (const auto more = now.find(day); more != now.end())
            bookings.insert(bookings.end(), more->second.begin(), more->second.end());
        std::sort(bookings.begin(), bookings.end(), [](const Booking& a, const Booking& b) {
            return std::tie(a.order, a.refund) < std::tie(b.order, b.refund);
        });
        shelf_.save(Series::refunds + 0, day, write(bookings));
    }
    changed_.clear();
    refund_rows_.clear();
}

}  // namespace siyu
