// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/ledger.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/error.hpp"
#include "core/ledger/state.hpp"

namespace siyu {

namespace {

constexpr std::size_t rows_kept_at_most = std::size_t{256} << 20;
// Each may be as long as there are customers.
constexpr std::size_t lookups_kept_at_most = 16, divisions_kept_at_most = 16, spendings_kept_at_most = 4;

Series series_of(Fact fact) {
    switch (fact) {
        case Fact::joins: return Series::joined;
        case Fact::leaves: return Series::left;
        case Fact::interactions: return Series::interacted;
        case Fact::orders: return Series::bought;
        default: throw Error(Error::refused, "kpi.no_customers", {{"fact", std::string(to_string(fact))}});
    }
}

bool is_of(std::int64_t customer, const Customers& among) {
    return customer != absent && among.contains(static_cast<std::uint32_t>(customer));
}

}  // namespace

Ledger::Ledger(Database& database, std::int64_t tenant, const Zone& zone)
    : database_(database),
      tenant_(tenant),
      zone_(zone.name()),
      words_(database, tenant),
      shelf_(database, tenant),
      blocks_(database, tenant) {}

const Customers& Ledger::state(std::int64_t series, Day day) {
    const auto key = std::pair{series, day};
    const auto after = states_.lower_bound(key);
    if (after != states_.end() && after->first == key) return after->second;
    // From a day near by that is in memory, before or after, only the changes in between are needed.
    constexpr int near = 8;
    int before_by = near, after_by = near;
    const auto before = after == states_.begin() ? states_.end() : std::prev(after);
    if (before != states_.end() && before->first.first == series) before_by = day - before->first.second;
    if (after != states_.end() && after->first.first == series) after_by = after->first.second - day;
    if (std::min(before_by, after_by) >= near) return states_.emplace(key, State(shelf_, series).at(day)).first->second;
    const bool onward = before_by <= after_by;
    Customers set = onward ? before->second : after->second;
    const Day from = onward ? before->first.second : day, to = onward ? day : after->first.second;
    for (Day next = from + 1; next <= to; ++next) set ^= shelf_.load_set(series, next);
    return states_.emplace(key, std::move(set)).first->second;
}

const Customers& Ledger::block(std::int64_t series, Day first, int level) {
    const auto key = std::tuple{series, level, first};
    if (const auto found = blocks_of_days_.find(key); found != blocks_of_days_.end()) return found->second;
    Customers all = level == 0 ? shelf_.load_set(series, first)
                               : block(series, first, level - 1) | block(series, first + (1 << (level - 1)), level - 1);
    return blocks_of_days_.emplace(key, std::move(all)).first->second;
}

// Windows that move on by a day share most of their blocks.
Customers Ledger::everybody(std::int64_t series, Day first, Day last) {
    Customers all;
    for (Day day = first; day <= last;) {
        int level = 0;
        while (day.number % (2 << level) == 0 && day + (2 << level) <= last + 1) ++level;
        all |= block(series, day, level);
        day = day + (1 << level);
    }
    return all;
}

// Of several rows that hold on the day the one with the latest first day.
std::shared_ptr<const std::vector<std::int64_t>> Ledger::lookup(const Roster& roster, std::size_t attribute, Day day) {
    const auto key = std::tuple{roster.fact, attribute, day};
    if (const auto known = lookups_.find(key); known != lookups_.end()) return known->second;
    const auto by = static_cast<std::size_t>(roster.by);
    std::vector<std::int64_t> found;
    std::vector<Day> since;
    const Rows& all = rows(roster.fact);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto row = all[i];
        if (row[by] < 0 || !roster.holds(row, day)) continue;
        const auto id = static_cast<std::size_t>(row[by]);
        if (id >= found.size()) {
            found.resize(id + 1, absent);
            since.resize(id + 1, earliest_day);
        }
        const Day first = roster.first_day(row);
        if (first < since[id]) continue;
        found[id] = row[attribute];
        since[id] = first;
    }
    if (lookups_.size() >= lookups_kept_at_most) lookups_.clear();
    return lookups_.emplace(key, std::make_shared<const std::vector<std::int64_t>>(std::move(found))).first->second;
}

std::optional<Attribute> Ledger::attribute(Fact fact, std::string_view column, Day day) {
    if (lent_.contains(fact)) rows(fact);  // brings its words along
    const FactKind& kind = kind_of(fact);
    const auto [own, looked] = looked_up(column);
    const int place = kind.column(own);
    if (place < 0) return std::nullopt;
    Attribute found{static_cast<std::size_t>(place), kind.columns[static_cast<std::size_t>(place)].space};
    if (!looked.empty()) {
        const Roster* roster = roster_by(kind.columns[found.column].name);
        if (!roster) return std::nullopt;
        const FactKind& known = kind_of(roster->fact);
        const int attribute = known.column(looked);
        if (attribute < 0 || known.columns[static_cast<std::size_t>(attribute)].space != Space::word ||
            known.columns[static_cast<std::size_t>(roster->by)].space != found.space)
            return std::nullopt;
        found.space = Space::word;
        found.lookup = lookup(*roster, static_cast<std::size_t>(attribute), day);
    }
    if (found.space != Space::unused && found.space != Space::customer) found.empty = words_.find(found.space, "");
    return found;
}

std::vector<RowTest> Ledger::tests(Fact fact, const std::vector<Filter>& filters, Day day) {
    constexpr std::int64_t nothing = -2;  // a word that no row has
    std::vector<RowTest> found;
    for (const Filter& filter : filters) {
        auto attribute_of = attribute(fact, filter.column, day);
        if (!attribute_of)
            throw Error(Error::refused, "kpi.unknown_column",
                        {{"fact", std::string(to_string(fact))}, {"column", filter.column}});
        RowTest test{std::move(*attribute_of), filter.test, nothing};
        if (filter.value.empty()) {
            test.word = test.attribute.empty;
        } else if (test.attribute.space != Space::unused) {
            const std::int64_t word = words_.find(test.attribute.space, filter.value);
            if (word >= 0) test.word = word;
        }
        found.push_back(std::move(test));
    }
    return found;
}

Customers Ledger::who(Fact fact, Day first, Day last, const std::vector<Filter>& filters, std::int64_t at_least) {
    const Series series = series_of(fact);
    if (filters.empty() && (fact == Fact::orders || fact == Fact::interactions)) {
        const std::int64_t tallies = (fact == Fact::orders ? Series::orders_tally : Series::interactions_tally) + 0;
        Moving<Tally>& counted = counted_[tallies];
        if (at_least > 1)
            counted.move(first, last, false, [&](Tally& sum, Day from, Day to, bool away) {
                for (Day day = from; day <= to; ++day)
                    away ? sum.remove(tally(tallies, day)) : sum.add(tally(tallies, day));
            });
        if (const Tally* all = counted.of(first, last)) return all->at_least(at_least);
    }
    if (filters.empty() && at_least <= 1) return everybody(series + 0, first, last);
    if (fact == Fact::interactions && at_least <= 1 && filters.size() == 1 && filters[0].column == "kind" &&
        filters[0].test == Filter::Test::equals) {
        const std::int64_t word = words_.find(Space::word, filters[0].value);
        return word < 0 ? Customers() : everybody(Series::kinds + word, first, last);
    }
    const std::size_t who = kind_of(fact).place("customer_id");
    std::vector<std::uint32_t> found;
    each(fact, first, last, filters, [&](std::span<const std::int64_t> row) {
        if (row[who] != absent) found.push_back(static_cast<std::uint32_t>(row[who]));
    });
    return Tally::of(std::move(found)).at_least(at_least);
}

Customers Ledger::arrived(Day first, Day last, const std::vector<Filter>& filters) {
    const Customers& before = members(first - 1);
    if (filters.empty()) return beside(who(Fact::joins, first, last), before);
    if (filters.size() == 1 && filters[0].test == Filter::Test::present &&
        (filters[0].column == "post_id" || filters[0].column == "inviter_id")) {
        const Series marked = filters[0].column == "post_id" ? Series::joined_by_post : Series::joined_by_invite;
        Customers seen, found;
        for (Day day = first; day <= last; ++day) {
            found |= beside(day_set(marked + 0, day), before) - seen;
            if (day < last) seen |= day_set(Series::joined + 0, day);
        }
        return found;
    }
    const std::size_t who_joined = kind_of(Fact::joins).place("customer_id");
    Customers found;
    each_arrival(first, last, filters,
                 [&](std::span<const std::int64_t> row) { found.add(static_cast<std::uint32_t>(row[who_joined])); });
    return found;
}

std::vector<Arrival> Ledger::arrivals(Day first, Day last) {
    const Customers& before = members(first - 1);
    const std::size_t at = kind_of(Fact::joins).place("joined_at"), who = kind_of(Fact::joins).place("customer_id"),
                      channel = kind_of(Fact::joins).place("channel"), guide = kind_of(Fact::joins).place("guide_id"),
                      group = kind_of(Fact::joins).place("group_id"),
                      inviter = kind_of(Fact::joins).place("inviter_id"), post = kind_of(Fact::joins).place("post_id");
    std::vector<Arrival> found;
    Customers seen;
    for (Day day = first; day <= last; ++day) {
        const Rows& joins = rows(Fact::joins, day);
        for (std::size_t i = 0; i < joins.size(); ++i) {
            const auto row = joins[i];
            const auto customer = static_cast<std::uint32_t>(row[who]);
            if (!before.contains(customer) && !seen.contains(customer))
                found.push_back({customer, row[at], row[channel], row[guide], row[group], row[inviter], row[post]});
        }
        if (day < last) seen |= day_set(Series::joined + 0, day);
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

const std::map<std::int64_t, Customers>& Ledger::members_by(bool groups, Day day) {
    const auto key = std::pair{groups, day};
    if (const auto known = members_by_.find(key); known != members_by_.end()) return known->second;
    const std::int64_t nobody = words_.find(Space::word, "");
    if (!relationships_) relationships_ = relationships(database_, tenant_, zone_, nobody);
    std::map<std::int64_t, std::vector<std::uint32_t>> who;
    for (const Relationship& relationship : *relationships_) {
        if (relationship.first > day || relationship.last < day || (groups && !relationship.in_group)) continue;
        who[relationship.in_group && !groups ? nobody : relationship.with].push_back(relationship.customer);
    }
    std::map<std::int64_t, Customers> found;
    for (const auto& [word, customers] : who) found.emplace(word, Customers(customers.size(), customers.data()));
    if (members_by_.size() >= divisions_kept_at_most) members_by_.clear();
    return members_by_.emplace(key, std::move(found)).first->second;
}

Customers Ledger::listed(Fact roster, Day day, const std::vector<Filter>& filters) {
    const int who = kind_of(roster).column("customer_id");
    if (who < 0 || !roster_of(roster))
        throw Error(Error::refused, "kpi.no_customers", {{"fact", std::string(to_string(roster))}});
    std::vector<std::uint32_t> found;
    each(roster, day, day, filters, [&](std::span<const std::int64_t> row) {
        const std::int64_t customer = row[static_cast<std::size_t>(who)];
        if (customer != absent) found.push_back(static_cast<std::uint32_t>(customer));
    });
    return {found.size(), found.data()};
}

const Spending& Ledger::spending(Day first, Day last, const std::vector<Filter>& filters) {
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t who = kind.place("customer_id"), amount = kind.place("amount");
    auto known = std::find_if(spent_.begin(), spent_.end(), [&](const auto& spent) { return spent.first == filters; });
    if (known == spent_.end()) {
        if (spent_.size() >= spendings_kept_at_most) spent_.erase(spent_.begin());
        known = spent_.emplace(spent_.end(), filters, Moving<Spending>());
    }
    // A looked-up column may say something else of every row on another day.
    const bool looks_up = std::any_of(filters.begin(), filters.end(), [](const Filter& filter) {
        return filter.column.find('.') != std::string::npos;
    });
    return known->second.move(first, last, looks_up, [&](Spending& spending, Day from, Day to, bool away) {
        each(Fact::orders, from, to, filters, [&](std::span<const std::int64_t> row) {
            if (row[who] == absent) return;
            const auto customer = static_cast<std::uint32_t>(row[who]);
            away ? spending.remove(customer, row[amount]) : spending.add(customer, row[amount]);
        });
    });
}

const Tally& Ledger::tally(std::int64_t series, Day day) {
    const auto key = std::pair{series, day};
    const auto known = tallies_.find(key);
    if (known != tallies_.end()) return known->second;
    const auto cell = shelf_.load(series, day);
    return tallies_.emplace(key, cell ? Tally::read(*cell) : Tally()).first->second;
}

std::vector<Moment> Ledger::moments(Fact fact, Day first, Day last, const std::vector<Filter>& filters,
                                    const Attribute* by) {
    series_of(fact);  // only of what customers do
    const FactKind& kind = kind_of(fact);
    const std::size_t who = kind.place("customer_id"), when = static_cast<std::size_t>(kind.when);
    std::vector<Moment> found;
    each(fact, first, last, filters, [&](std::span<const std::int64_t> row) {
        if (row[who] != absent)
            found.push_back({static_cast<std::uint32_t>(row[who]), row[when], by ? by->of(row) : 0});
    });
    return found;
}

Fraction Ledger::total(Fact fact, std::string_view column, Day first, Day last, const std::vector<Filter>& filters,
                       const Customers* among) {
    const FactKind& kind = kind_of(fact);
    if (!filters.empty() || among || roster_of(fact)) {
        const int amount = column.empty() ? -1 : kind.column(column);
        const int who = among ? kind.column("customer_id") : -1;
        if ((amount < 0 && !column.empty()) || (among && who < 0))
            throw Error(Error::refused, "kpi.unknown_column",
                        {{"fact", std::string(kind.name)}, {"column", among ? "customer_id" : std::string(column)}});
        Wide sum = 0;
        each(fact, first, last, filters, [&](std::span<const std::int64_t> row) {
            if (among && !is_of(row[static_cast<std::size_t>(who)], *among)) return;
            const std::int64_t cell = amount < 0 ? 1 : row[static_cast<std::size_t>(amount)];
            if (cell != absent) sum += cell;
        });
        return exact(sum);
    }
    const std::optional<std::size_t> place = column.empty() ? std::nullopt : std::optional(kind.place(column));
    Wide sum = 0;
    for (Day day = first; day <= last; ++day) {
        auto found = sums_.find({fact, day});
        if (found == sums_.end()) {
            std::optional<Sums> sums;
            if (const auto cell = shelf_.load(Series::sums + static_cast<std::int64_t>(fact), day)) {
                sums.emplace(kind);
                sums->add(*cell);
            }
            found = sums_.emplace(std::pair{fact, day}, std::move(sums)).first;
        }
        if (found->second) sum += place ? found->second->columns[*place] : found->second->rows;
    }
    return exact(sum);
}

void Ledger::read_totals(Fact fact, Day first, Day last) {
    const FactKind& kind = kind_of(fact);
    while (first <= last && sums_.contains({fact, first})) ++first;
    if (first > last) return;
    shelf_.each(Series::sums + static_cast<std::int64_t>(fact), first, last, [&](Day day, std::string_view cell) {
        Sums sums(kind);
        sums.add(cell);
        sums_.insert_or_assign(std::pair{fact, day}, std::move(sums));
    });
    for (Day day = first; day <= last; ++day) sums_.try_emplace({fact, day}, std::nullopt);
}

std::int64_t Ledger::distinct(Fact fact, std::string_view column, Day first, Day last,
                              const std::vector<Filter>& filters, const Customers* among) {
    const auto wanted = attribute(fact, column, last);
    const int who = among ? kind_of(fact).column("customer_id") : -1;
    if (!wanted || (among && who < 0))
        throw Error(Error::refused, "kpi.unknown_column",
                    {{"fact", std::string(to_string(fact))}, {"column", wanted ? "customer_id" : std::string(column)}});
    std::vector<std::int64_t> values;
    each(fact, first, last, filters, [&](std::span<const std::int64_t> row) {
        if (among && !is_of(row[static_cast<std::size_t>(who)], *among)) return;
        if (const std::int64_t value = wanted->of(row); value != wanted->empty) values.push_back(value);
    });
    std::sort(values.begin(), values.end());
    return std::unique(values.begin(), values.end()) - values.begin();
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

Rows Ledger::read_rows(Fact fact, Day day) {
    if (const auto lent = lent_.find(fact); lent != lent_.end()) return lent->second();
    if (auto known = rows_ahead_.take(fact, day)) return *std::move(known);
    if (day == undated) return blocks_.visible(fact, day);
    const auto [first, last] = rows_ahead_.run(fact, day);
    if (first == last) return blocks_.visible(fact, day);
    std::vector<Rows> run = blocks_.visible_run(fact, first, last);
    std::optional<Rows> wanted;
    for (std::size_t i = 0; i < run.size(); ++i) {
        const Day found = first + static_cast<int>(i);
        if (found == day)
            wanted = std::move(run[i]);
        else
            rows_ahead_.keep(fact, found, std::move(run[i]));
    }
    rows_ahead_.cut(fact, first + static_cast<int>(run.size()));
    return wanted ? *std::move(wanted) : blocks_.visible(fact, day);
}

const Rows& Ledger::rows(Fact fact, Day day) {
    const auto key = std::pair{fact, day};
    if (const auto found = rows_.find(key); found != rows_.end()) return found->second;
    if (row_bytes_ > rows_kept_at_most) {
        rows_.clear();
        row_bytes_ = 0;
    }
    const Rows& read = rows_.emplace(key, read_rows(fact, day)).first->second;
    row_bytes_ += read.bytes();
    return read;
}

std::optional<Day> Ledger::first_event() {
    // A day whose rows were all taken back has no cell; rosters, plans and the agency's facts have none.
    if (!first_event_) first_event_ = shelf_.first_day(Series::sums + 0, Series::sums + (fact_count - 1));
    return *first_event_;
}

}  // namespace siyu
