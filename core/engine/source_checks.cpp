// SPDX-License-Identifier: Apache-2.0
#include "core/engine/source_checks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/grouped.hpp"

namespace siyu {

namespace {

// So few more or less are nobody's mistake.
const Fraction few{10};
constexpr std::size_t rows_named = 3;

Fraction apart(const Fraction& a, const Fraction& b) { return a > b ? a - b : b - a; }
std::string whole(const Fraction& number) { return grouped(number.rounded(0)); }

// Beyond the tolerance it is said, beyond what a report may go out with it is held.
struct Bar {
    Fraction tolerance;
    std::optional<Fraction> hold;
    Quality::Weight weight(const Fraction& part) const {
        return hold && part > *hold ? Quality::Weight::hold : Quality::Weight::warning;
    }
};

// How many people came to a guide or left one, by guide and day, once each.
using ByGuide = std::map<std::pair<std::int64_t, Day>, std::int64_t>;

ByGuide people(Review& review, Fact fact) {
    const FactKind& kind = kind_of(fact);
    const std::size_t customer = kind.place("customer_id"), guide = kind.place("guide_id"),
                      group = kind.place("group_id");
    const std::int64_t unknown = review.ledger.words().find(Space::word, "");
    ByGuide found;
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;  // of a day: guide, customer
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        pairs.clear();
        const Rows& rows = review.ledger.rows(fact, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            // A leave of no guide and no group is one of everything.
            if (rows[i][group] == unknown && (rows[i][guide] != unknown || fact == Fact::leaves))
                pairs.emplace_back(rows[i][guide], rows[i][customer]);
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        for (const auto& [whose, who] : pairs) ++found[{whose, day}];
    }
    return found;
}

ByGuide counted(Review& review, std::string_view column) {
    const FactKind& kind = kind_of(Fact::guide_days);
    const std::size_t guide = kind.place("guide_id"), count = kind.place(column);
    ByGuide found;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const Rows& rows = review.ledger.rows(Fact::guide_days, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i][count] != absent) found[{rows[i][guide], day}] += rows[i][count];
    }
    return found;
}

Fraction sum(const ByGuide& all) {
    std::int64_t sum = 0;
    for (const auto& [key, count] : all) sum += count;
    return sum;
}

// The guide and day that differ most: where to begin to look.
struct Farthest {
    std::int64_t guide = 0, rows = 0, counted = 0;
    Day day;
};

// By guides all together, where a row may be about several.
ByGuide by_day(const ByGuide& all) {
    ByGuide days;
    for (const auto& [key, count] : all) days[{0, key.second}] += count;
    return days;
}

Farthest farthest(const ByGuide& rows, const ByGuide& counted) {
    std::map<std::pair<std::int64_t, Day>, std::pair<std::int64_t, std::int64_t>> both;
    for (const auto& [key, count] : rows) both[key].first = count;
    for (const auto& [key, count] : counted) both[key].second = count;
    Farthest most;
    for (const auto& [key, pair] : both)
        if (std::abs(pair.first - pair.second) > std::abs(most.rows - most.counted))
            most = {key.first, pair.first, pair.second, key.second};
    return most;
}

// Where one of the two does not reach nothing can be said: days before the fact's first row or after its last, and
// guides whose statistics are not there (of leaves, which may name no guide, days without any).
void keep_common(Review& review, Fact fact, ByGuide& rows, ByGuide& statistics) {
    const auto span = review.ledger.span(fact);
    std::erase_if(statistics, [&](const auto& one) {
        return !span || one.first.second < span->first || span->second < one.first.second;
    });
    std::set<Day> days;
    for (const auto& [key, count] : statistics) days.insert(key.second);
    std::erase_if(rows, [&](const auto& one) {
        return fact == Fact::leaves ? !days.contains(one.first.second) : !statistics.contains(one.first);
    });
}

bool compare_with_statistics(Review& review, const Bar& bar, Fact fact, std::string_view column, const char* id) {
    const bool only_fewer = fact == Fact::leaves;
    ByGuide statistics = counted(review, column);
    if (statistics.empty()) return false;
    ByGuide rows = people(review, fact);
    keep_common(review, fact, rows, statistics);
    const Fraction expected = sum(statistics);
    if (expected.is_zero()) return false;
    review.look("sources");
    const Fraction found = sum(rows), difference = apart(found, expected);
    if (difference <= expected * bar.tolerance) return false;
    // Guides remove people too, whom nobody blocked: more left than WeCom counts as blocking is no contradiction.
    // And who never took leaves in does not say that there are none.
    if (only_fewer && (found > expected || found.is_zero() || difference < few)) return false;
    const Fraction part = difference / expected;
    const Farthest most = only_fewer ? farthest(by_day(rows), by_day(statistics)) : farthest(rows, statistics);
    review
        .add(bar.weight(part), id, fact, most.day,
             {{"joins", whole(found)},
              {"contacts", whole(expected)},
              {"percent", (part * Fraction(100)).rounded(1)},
              {"guide", review.ledger.words().text(Space::word, most.guide)},
              {"date", to_string(most.day)},
              {"rows", whole(most.rows)},
              {"counted", whole(most.counted)}})
        .day = most.day;
    for (DataPlace& place : review.files_of(Fact::guide_days, most.day)) review.found.back().places.push_back(place);
    return review.found.back().weight == Quality::Weight::hold;
}

// The brand's own back office holds all that it sold: our orders are among them.
bool compare_with_back_office(Review& review, const Bar& bar) {
    const FactKind &sales = kind_of(Fact::brand_sales), &orders = kind_of(Fact::orders);
    const std::int64_t unknown = review.ledger.words().find(Space::word, "");
    struct Excess {
        Day day;
        std::int64_t channel = 0;
        Fraction ours, theirs;
    };
    std::optional<Excess> most;
    int places = 0;
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const Rows& rows = review.ledger.rows(Fact::brand_sales, day);
        std::map<std::int64_t, Fraction> theirs, ours;
        for (std::size_t i = 0; i < rows.size(); ++i)
            theirs[rows[i][sales.place("channel")]] += Fraction(rows[i][sales.place("gmv")]);
        if (theirs.empty()) continue;
        // One row without a channel is the whole day.
        const bool whole_day = theirs.size() == 1 && theirs.begin()->first == unknown;
        const Rows& sold = review.ledger.rows(Fact::orders, day);
        for (std::size_t i = 0; i < sold.size(); ++i)
            ours[whole_day ? unknown : sold[i][orders.place("channel")]] += Fraction(sold[i][orders.place("amount")]);
        for (const auto& [channel, all] : theirs) {
            const auto found = ours.find(channel);
            if (found == ours.end()) continue;
            review.look("sources");
            const Fraction above = found->second - all;
            if (above.sign() <= 0 || above <= all * bar.tolerance) continue;
            ++places;
            if (!most || above > most->ours - most->theirs) most = {day, channel, found->second, all};
        }
    }
    if (!most) return false;
    const bool held = bar.hold && most->ours - most->theirs > most->theirs * *bar.hold;
    const std::string channel = review.ledger.words().text(Space::word, most->channel);
    review.add(held ? Quality::Weight::hold : Quality::Weight::warning, "quality.sales_differ", Fact::orders, most->day,
               {{"date", to_string(most->day)},
                {"channel", channel.empty() ? sentence("quality.all_channels") : channel},
                {"orders", yuan(most->ours)},
                {"sales", yuan(most->theirs)},
                {"count", std::to_string(places)}});
    for (DataPlace& place : review.files_of(Fact::brand_sales, most->day)) review.found.back().places.push_back(place);
    return held;
}

// Orders say what was given back of them, and so may the refunds, which count.
void compare_refunds(Review& review) {
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t id = kind.place("order_id"), amount = kind.place("amount"), back = kind.place("refunded"),
                      at = kind.place("refunded_at");
    std::map<std::int64_t, std::int64_t> booked;  // by order
    std::set<std::int64_t> by_rows;
    for (const Booking& booking : review.ledger.refunds(review.days.first, review.days.last, review.days.last)) {
        booked[booking.order] += booking.amount;
        if (booking.refund != absent) by_rows.insert(booking.order);
    }
    struct Found {
        std::vector<std::pair<Day, std::int64_t>> orders;
        Fraction says, booked;
    } differ, over, timeless;
    const auto note = [](Found& found, std::int64_t order, Day day, std::int64_t says, std::int64_t other) {
        found.orders.emplace_back(day, order);
        found.says += Fraction(says);
        found.booked += Fraction(other);
    };
    for (Day day = review.days.first; day <= review.days.last; ++day) {
        const Rows& rows = review.ledger.rows(Fact::orders, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = rows[i];
            if (row[back] <= 0) continue;
            review.look("refunds");
            if (row[at] == absent && !by_rows.contains(row[id])) note(timeless, row[id], day, row[back], 0);
            if (row[back] > row[amount]) note(over, row[id], day, row[back], row[amount]);
            if (row[at] == absent || !by_rows.contains(row[id])) continue;
            const Day booked_on = review.ledger.zone().day_of({row[at]});
            if (booked_on < review.days.first || review.days.last < booked_on) continue;
            if (booked[row[id]] != row[back]) note(differ, row[id], day, row[back], booked[row[id]]);
        }
    }
    const auto tell = [&](const Found& found, Quality::Weight weight, const char* sentence_id) {
        if (found.orders.empty()) return;
        const Day first = found.orders.front().first;
        Quality& quality = review.add(weight, sentence_id, Fact::orders, first,
                                      {{"count", grouped(std::to_string(found.orders.size()))},
                                       {"date", to_string(first)},
                                       {"says", yuan(found.says)},
                                       {"other", yuan(found.booked)}});
        quality.places.clear();
        for (std::size_t i = 0; i < found.orders.size() && i < rows_named; ++i) {
            const auto& [day, number] = found.orders[i];
            const std::int64_t order = number;
            const auto batches = review.brought_by(Fact::orders, day, [&](auto row) { return row[id] == order; });
            DataPlace place = batches.empty() ? DataPlace{} : review.place_of(*batches.back());
            place.row = review.ledger.words().text(Space::order, order);
            quality.places.push_back(std::move(place));
        }
    };
    tell(over, Quality::Weight::warning, "quality.refund_over_amount");
    tell(differ, Quality::Weight::warning, "quality.refunds_differ");
    tell(timeless, Quality::Weight::note, "quality.refund_without_time");
}

}  // namespace

bool compare_sources(Review& review, const Agreement& agreement) {
    const Day last = review.days.last;
    const Bar contacts{agreement.contacts_tolerance(last), agreement.hold_difference(last)};
    const Bar sales{agreement.sales_tolerance(last), agreement.hold_difference(last)};
    compare_refunds(review);
    const bool held[]{
        compare_with_statistics(review, contacts, Fact::joins, "new_contacts", "quality.contacts_differ"),
        compare_with_statistics(review, contacts, Fact::leaves, "negative_feedback", "quality.leaves_differ"),
        compare_with_back_office(review, sales)};
    return std::find(std::begin(held), std::end(held), true) != std::end(held);
}

}  // namespace siyu
