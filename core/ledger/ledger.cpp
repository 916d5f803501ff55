// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/ledger.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/error.hpp"
#include "core/ledger/state.hpp"

namespace siyu {

namespace {

constexpr std::size_t rows_kept_at_most = std::size_t{256} << 20;

Series series_of(Fact fact) {
    switch (fact) {
        case Fact::joins: return Series::joined;
        case Fact::leaves: return Series::left;
        case Fact::interactions: return Series::interacted;
        case Fact::orders: return Series::bought;
        default: throw Error(Error::refused, "kpi.no_customers", {{"fact", std::string(to_string(fact))}});
    }
}

}  // namespace

Ledger::Ledger(Database& database, std::int64_t tenant, const Zone& zone)
    : zone_(zone.name()), words_(database, tenant), shelf_(database, tenant), blocks_(database, tenant) {}

const Customers& Ledger::state(std::int64_t series, Day day) {
    const auto key = std::pair{series, day};
    const auto found = states_.lower_bound(key);
    if (found != states_.end() && found->first == key) return found->second;
    // From a day before that is in memory, if it is near, only the changes in between are needed.
    if (found != states_.begin()) {
        const auto before = std::prev(found);
        if (before->first.first == series && day - before->first.second <= 7) {
            Customers set = before->second;
            shelf_.each(series, before->first.second + 1, day,
                        [&set](Day, std::string_view cell) { set ^= read_set(cell); });
            return states_.emplace(key, std::move(set)).first->second;
        }
    }
    return states_.emplace(key, State(shelf_, series).at(day)).first->second;
}

const Customers& Ledger::day_set(std::int64_t series, Day day) {
    const auto key = std::pair{series, day};
    const auto found = sets_.find(key);
    return found != sets_.end() ? found->second : sets_.emplace(key, shelf_.load_set(series, day)).first->second;
}

std::vector<RowTest> Ledger::tests(Fact fact, const std::vector<Filter>& filters) {
    std::vector<RowTest> found;
    for (const Filter& filter : filters) {
        const FactKind& kind = kind_of(fact);
        const int column = kind.column(filter.column);
        if (column < 0)
            throw Error(Error::refused, "kpi.unknown_column",
                        {{"fact", std::string(kind.name)}, {"column", filter.column}});
        const Column& known = kind.columns[static_cast<std::size_t>(column)];
        const std::string& text = filter.test == Filter::Test::equals ? filter.value : std::string{};
        std::int64_t word = absent;
        if (known.space != Space::unused && !(known.space == Space::customer && text.empty()))
            word = words_.find(known.space, text);
        found.push_back({static_cast<std::size_t>(column), filter.test, word});
    }
    return found;
}

bool Ledger::passes(std::span<const std::int64_t> row, const std::vector<RowTest>& tests) {
    return std::all_of(tests.begin(), tests.end(), [&row](const RowTest& test) {
        const bool same = row[test.column] == test.word;
        if (test.test == Filter::Test::equals) return same;
        const bool empty = same || row[test.column] == absent;
        return empty == (test.test == Filter::Test::absent);
    });
}

Customers Ledger::who(Fact fact, Day first, Day last, const std::vector<Filter>& filters, std::int64_t at_least) {
    const Series series = series_of(fact);
    if (filters.empty() && at_least <= 1) {
        Customers all;
        for (Day day = first; day <= last; ++day) all |= day_set(series + 0, day);
        return all;
    }
    if (filters.empty() && (fact == Fact::orders || fact == Fact::interactions)) {
        Tally tally;
        shelf_.each((fact == Fact::orders ? Series::orders_tally : Series::interactions_tally) + 0, first, last,
                    [&tally](Day, std::string_view cell) { tally.add(Tally::read(cell)); });
        return tally.at_least(at_least);
    }
    if (fact == Fact::interactions && at_least <= 1 && filters.size() == 1 && filters[0].column == "kind" &&
        filters[0].test == Filter::Test::equals) {
        Customers all;
        const std::int64_t word = words_.find(Space::word, filters[0].value);
        for (Day day = first; word >= 0 && day <= last; ++day) all |= day_set(Series::kinds + word, day);
        return all;
    }
    const auto row_tests = tests(fact, filters);
    const std::size_t who = kind_of(fact).place("customer_id");
    Tally tally;
    for (Day day = first; day <= last; ++day) {
        const Rows& of_day = rows(fact, day);
        std::vector<std::uint32_t> found;
        for (std::size_t i = 0; i < of_day.size(); ++i)
            if (of_day[i][who] != absent && passes(of_day[i], row_tests))
                found.push_back(static_cast<std::uint32_t>(of_day[i][who]));
        if (!found.empty()) tally.add(Tally::of(std::move(found)));
    }
    return tally.at_least(at_least);
}

Customers Ledger::arrived(Day first, Day last, const std::vector<Filter>& filters) {
    const Customers& before = members(first - 1);
    if (filters.empty()) return who(Fact::joins, first, last) - before;
    if (filters.size() == 1 && filters[0].test == Filter::Test::present &&
        (filters[0].column == "post_id" || filters[0].column == "inviter_id")) {
        const Series marked = filters[0].column == "post_id" ? Series::joined_by_post : Series::joined_by_invite;
        Customers seen = before, found;
        for (Day day = first; day <= last; ++day) {
            found |= day_set(marked + 0, day) - seen;
            seen |= day_set(Series::joined + 0, day);
        }
        return found;
    }
    const auto row_tests = tests(Fact::joins, filters);
    Customers found;
    std::vector<std::int64_t> row(kind_of(Fact::joins).columns.size() + 1, absent);
    for (const Arrival& arrival : arrivals(first, last)) {
        row[kind_of(Fact::joins).place("channel")] = arrival.channel;
        row[kind_of(Fact::joins).place("guide_id")] = arrival.guide;
        row[kind_of(Fact::joins).place("group_id")] = arrival.group;
        row[kind_of(Fact::joins).place("inviter_id")] = arrival.inviter;
        row[kind_of(Fact::joins).place("post_id")] = arrival.post;
        row[kind_of(Fact::joins).place("customer_id")] = arrival.customer;
        row[kind_of(Fact::joins).place("joined_at")] = arrival.at;
        if (passes(row, row_tests)) found.add(arrival.customer);
    }
    return found;
}

std::vector<Arrival> Ledger::arrivals(Day first, Day last) {
    const Customers& before = members(first - 1);
    const std::size_t at = kind_of(Fact::joins).place("joined_at"), who = kind_of(Fact::joins).place("customer_id"),
                      channel = kind_of(Fact::joins).place("channel"), guide = kind_of(Fact::joins).place("guide_id"),
                      group = kind_of(Fact::joins).place("group_id"),
                      inviter = kind_of(Fact::joins).place("inviter_id"), post = kind_of(Fact::joins).place("post_id");
    std::vector<Arrival> found;
    Customers seen = before;
    for (Day day = first; day <= last; ++day) {
        const Rows& joins = rows(Fact::joins, day);
        for (std::size_t i = 0; i < joins.size(); ++i) {
            const auto row = joins[i];
            const auto customer = static_cast<std::uint32_t>(row[who]);
            if (!seen.contains(customer))
                found.push_back({customer, row[at], row[channel], row[guide], row[group], row[inviter], row[post]});
        }
        seen |= day_set(Series::joined + 0, day);
    }
    const auto text = [this](std::int64_t word) { return std::string_view(words_.text(Space::word, word)); };
    std::sort(found.begin(), found.end(), [&text](const Arrival& a, const Arrival& b) {
        if (a.customer != b.customer) return a.customer < b.customer;
        if (a.at != b.at) return a.at < b.at;
        return std::tuple(text(a.channel), text(a.guide), text(a.group)) <
               std::tuple(text(b.channel), text(b.guide), text(b.group));
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const Arrival& a, const Arrival& b) { return a.customer == b.customer; }),
                found.end());
    return found;
}

std::map<std::int64_t, Customers> Ledger::origins(const Customers& buyers, Day last) {
    std::map<std::int64_t, Customers> found;
    const std::int64_t first_series = Series::origins + 0;
    for (const std::int64_t series : shelf_.series_between(first_series, whole_sets - 1)) {
        Customers set = state(series, last) & buyers;
        if (!set.isEmpty()) found.emplace(series - first_series, std::move(set));
    }
    return found;
}

Fraction Ledger::total(Fact fact, std::string_view column, Day first, Day last, const std::vector<Filter>& filters) {
    const FactKind& kind = kind_of(fact);
    Sums all(kind);
    const auto row_tests = tests(fact, filters);
    for (Day day = first; day <= last; ++day) {
        if (!filters.empty()) {
            const Rows& of_day = rows(fact, day);
            Rows passed(kind);
            for (std::size_t i = 0; i < of_day.size(); ++i)
                if (passes(of_day[i], row_tests)) passed.add(of_day[i]);
            all.add(kind, passed);
            continue;
        }
        auto found = sums_.find({fact, day});
        if (found == sums_.end()) {
            std::optional<Sums> sums;
            if (const auto cell = shelf_.load(Series::sums + static_cast<std::int64_t>(fact), day)) {
                sums.emplace(kind);
                sums->add(*cell);
            }
            found = sums_.emplace(std::pair{fact, day}, std::move(sums)).first;
        }
        if (!found->second) continue;
        all.rows += found->second->rows;
        for (std::size_t i = 0; i < all.columns.size(); ++i) all.columns[i] += found->second->columns[i];
    }
    return exact(column.empty() ? all.rows : all.columns[kind_of(fact).place(column)]);
}

std::int64_t Ledger::distinct(Fact fact, std::string_view column, Day first, Day last,
                              const std::vector<Filter>& filters) {
    const auto row_tests = tests(fact, filters);
    const std::size_t wanted = kind_of(fact).place(column);
    const Column& known = kind_of(fact).columns[wanted];
    const std::int64_t unknown = known.space == Space::unused ? absent : words_.find(known.space, "");
    std::set<std::int64_t> values;
    for (Day day = first; day <= last; ++day) {
        const Rows& of_day = rows(fact, day);
        for (std::size_t i = 0; i < of_day.size(); ++i)
            if (of_day[i][wanted] != unknown && of_day[i][wanted] != absent && passes(of_day[i], row_tests))
                values.insert(of_day[i][wanted]);
    }
    return static_cast<std::int64_t>(values.size());
}

std::vector<Booking> Ledger::refunds(Day first, Day last, Day seen_until) {
    std::vector<Booking> found;
    for (Day day = first; day <= last; ++day) {
        auto known = refunds_.find(day);
        if (known == refunds_.end()) {
            const auto cell = shelf_.load(Series::refunds + 0, day);
            known = refunds_.emplace(day, cell ? read_bookings(*cell) : std::vector<Booking>{}).first;
        }
        for (const Booking& booking : known->second) {
            if (booking.seen_from > seen_until.number) continue;
            found.push_back(booking);
            if (booking.order_day <= seen_until.number) continue;
            // Its order is paid later: for this report there is none.
            Booking& alone = found.back();
            alone.customer = absent;
            alone.channel = alone.guide = alone.path = alone.category = words_.find(Space::word, "");
        }
    }
    return found;
}

Fraction Ledger::refunded(Day first, Day last, Day seen_until) {
    Wide sum = 0;
    for (const Booking& booking : refunds(first, last, seen_until)) sum += booking.amount;
    return exact(sum);
}

const Rows& Ledger::rows(Fact fact, Day day) {
    const auto key = std::pair{fact, day};
    if (const auto found = rows_.find(key); found != rows_.end()) return found->second;
    if (row_bytes_ > rows_kept_at_most) {
        rows_.clear();
        row_bytes_ = 0;
    }
    const Rows& read = rows_.emplace(key, blocks_.visible(fact, day)).first->second;
    row_bytes_ += read.bytes();
    return read;
}

std::optional<Day> Ledger::first_event() {
    std::optional<Day> first;
    for (const FactKind& kind : fact_kinds()) {
        if (kind.when < 0 || kind.agency) continue;
        // A day whose rows were all taken back does not count.
        const auto days = shelf_.days_from(Series::sums + static_cast<std::int64_t>(kind.fact), earliest_day);
        if (!days.empty() && (!first || days.front() < *first)) first = days.front();
    }
    return first;
}

}  // namespace siyu
