// SPDX-License-Identifier: Apache-2.0
#include "core/engine/quantity.hpp"

#include "core/base/error.hpp"

namespace siyu {

namespace {

enum class What { refunds, sales, tickets, surveys, chats, memberships, store_guides };

struct Known {
    std::string_view name;
    What what;
    Fact fact;  // whose columns tell its rows apart
};

constexpr std::array<Known, 13> all_known{{
    {"refunds_booked", What::refunds, Fact::orders},
    {"sales_at_origin", What::sales, Fact::orders},
    {"sales_elsewhere", What::sales, Fact::orders},
    {"tickets_answered", What::tickets, Fact::tickets},
    {"tickets_due", What::tickets, Fact::tickets},
    {"tickets_overdue", What::tickets, Fact::tickets},
    {"surveys_satisfied", What::surveys, Fact::surveys},
    {"chats_replied", What::chats, Fact::guide_days},
    {"reply_minutes", What::chats, Fact::guide_days},
    {"memberships_due", What::memberships, Fact::memberships},
    {"memberships_renewed", What::memberships, Fact::memberships},
    {"store_guide_days", What::store_guides, Fact::store_guides},
    {"store_guide_days_reaching", What::store_guides, Fact::store_guides},
}};

const Known* known(std::string_view name) {
    const auto found =
        std::find_if(all_known.begin(), all_known.end(), [name](const Known& one) { return one.name == name; });
    return found == all_known.end() ? nullptr : &*found;
}

bool is_of(std::int64_t customer, const Customers* among) {
    return !among || (customer != absent && among->contains(static_cast<std::uint32_t>(customer)));
}

}  // namespace

bool reaches(const std::array<Wide, 3>& done, const std::vector<std::int64_t>& wanted) {
    for (std::size_t k = 0; k < done.size(); ++k)
        if (done[k] < wanted.at(k)) return false;
    return true;
}

bool RowQuantities::has(const std::string& name) { return known(name) != nullptr; }

std::optional<Attribute> RowQuantities::attribute(const std::string& name, const std::string& column, Day day) {
    const Known* quantity = known(name);
    if (!quantity || quantity->what == What::memberships) return std::nullopt;
    const std::string_view own = looked_up(column).first;
    const bool of_refund = own == "channel" || own == "guide_id" || own == "path" || own == "category";
    const bool divides = quantity->what == What::sales     ? true
                         : quantity->what == What::refunds ? of_refund
                                                           : own == "guide_id";
    return divides ? ledger_.attribute(quantity->fact, column, day) : std::nullopt;
}

void RowQuantities::each(const MeasureNode& node, const Window& days, Day seen_until, const Customers* among,
                         const Take& take) {
    switch (known(node.name)->what) {
        case What::refunds: return each_refund(node, days, seen_until, among, take);
        case What::sales: return each_sale(node, days, among, take);
        case What::tickets: return each_ticket(node, days, take);
        case What::surveys: return each_survey(days, take);
        case What::chats:
            return node.name == "reply_minutes" ? each_chat("avg_reply_minutes", Fraction(1), days, take)
                                                : each_chat("reply_percentage", Fraction(1, 100), days, take);
        case What::memberships: return each_membership(node, days, take);
        case What::store_guides: return each_store_guide(node, days, take);
    }
}

// As rows of the orders that the money goes back for, as far as a refund knows them.
void RowQuantities::each_refund(const MeasureNode& node, const Window& days, Day seen_until, const Customers* among,
                                const Take& take) {
    const auto tests = ledger_.tests(Fact::orders, node.filters, days.last);
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t customer = kind.place("customer_id"), channel = kind.place("channel"),
                      guide = kind.place("guide_id"), path = kind.place("path"), category = kind.place("category");
    std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
    for (const Booking& booking : ledger_.refunds(days.first, days.last, seen_until)) {
        if (!is_of(booking.customer, among)) continue;
        row[customer] = booking.customer;
        row[channel] = booking.channel;
        row[guide] = booking.guide;
        row[path] = booking.path;
        row[category] = booking.category;
        if (Ledger::passes(row, tests)) take(row, booking.amount, nullptr);
    }
}

// Orders of customers whose origin is known: with the channel of their order, or with another one.
void RowQuantities::each_sale(const MeasureNode& node, const Window& days, const Customers* among, const Take& take) {
    const FactKind& kind = kind_of(Fact::orders);
    const std::size_t who = kind.place("customer_id"), channel = kind.place("channel"), amount = kind.place("amount");
    const bool at_origin = node.name == "sales_at_origin";
    const std::int64_t unknown = ledger_.words().find(Space::word, "");
    std::vector<std::int64_t> origin_of;
    const auto origins = ledger_.origins(ledger_.who(Fact::orders, days.first, days.last), days.last);
    for (const auto& [word, customers] : origins) {
        if (word == unknown) continue;
        for (const std::uint32_t customer : customers) {
            if (customer >= origin_of.size()) origin_of.resize(customer + std::size_t{1}, unknown);
            origin_of[customer] = word;
        }
    }
    ledger_.each(Fact::orders, days.first, days.last, node.filters, [&](std::span<const std::int64_t> row) {
        const std::int64_t customer = row[who];
        if (customer < 0 || customer >= std::ssize(origin_of) || !is_of(customer, among)) return;
        const std::int64_t origin = origin_of[static_cast<std::size_t>(customer)];
        if (origin != unknown && (row[channel] == origin) == at_origin) take(row, row[amount], nullptr);
    });
}

void RowQuantities::each_ticket(const MeasureNode& node, const Window& days, const Take& take) {
    const FactKind& kind = kind_of(Fact::tickets);
    const std::size_t opened_at = kind.place("opened_at"), answered_at = kind.place("first_response_at"),
                      resolved_at = kind.place("resolved_at");
    const Zone& zone = ledger_.zone();
    const std::int64_t begin = zone.start_of(days.first).micros, end = zone.start_of(days.last + 1).micros;
    const std::int64_t argument = node.arguments.at(0);
    const bool answered = node.name == "tickets_answered";
    const bool overdue = node.name == "tickets_overdue";
    const std::int64_t allowed = argument * (answered ? micros_per_minute : micros_per_hour);
    // A ticket that falls due in the window was opened up to `allowed` before it.
    const Day first = answered ? days.first : std::max(earliest_day, zone.day_of({begin - allowed}));
    ledger_.each(Fact::tickets, first, days.last, {}, [&](std::span<const std::int64_t> row) {
        const std::int64_t limit = row[opened_at] + allowed;
        if (answered) {
            // An answer after the end of the window does not exist yet.
            const std::int64_t at = row[answered_at];
            if (at != absent && at <= limit && at < end) take(row, 1, nullptr);
        } else if (limit >= begin && limit < end) {
            const std::int64_t at = row[resolved_at];
            if (!overdue || at == absent || at > limit) take(row, 1, nullptr);
        }
    });
}

void RowQuantities::each_survey(const Window& days, const Take& take) {
    const std::size_t score = kind_of(Fact::surveys).place("score");
    const Fraction bar = agreement_.satisfaction_bar(terms_of_);
    std::map<std::int64_t, bool> satisfied;  // by word
    ledger_.each(Fact::surveys, days.first, days.last, {}, [&](std::span<const std::int64_t> row) {
        const std::int64_t word = row[score];
        auto found = satisfied.find(word);
        if (found == satisfied.end()) {
            const auto value = Fraction::parse_exact(ledger_.words().text(Space::word, word));
            found = satisfied.emplace(word, value && *value >= bar).first;
        }
        if (found->second) take(row, 1, nullptr);
    });
}

// Chats times what the column says of each, where it says anything.
void RowQuantities::each_chat(std::string_view column, const Fraction& unit, const Window& days, const Take& take) {
    const FactKind& kind = kind_of(Fact::guide_days);
    const std::size_t chats = kind.place("chats"), of_each = kind.place(column);
    std::map<std::int64_t, std::optional<Fraction>> numbers;  // by word
    ledger_.each(Fact::guide_days, days.first, days.last, {}, [&](std::span<const std::int64_t> row) {
        const std::int64_t word = row[of_each];
        if (word == absent || row[chats] == absent) return;
        auto found = numbers.find(word);
        if (found == numbers.end()) {
            auto number = Fraction::parse_exact(ledger_.words().text(Space::word, word));
            if (number) number = *number * unit;
            found = numbers.emplace(word, std::move(number)).first;
        }
        if (found->second) take(row, row[chats], &*found->second);
    });
}

void RowQuantities::each_membership(const MeasureNode& node, const Window& days, const Take& take) {
    const Roster& roster = *roster_of(Fact::memberships);
    const std::size_t who = kind_of(Fact::memberships).place("customer_id");
    const auto grace = static_cast<int>(node.arguments.at(0));
    const bool renewed = node.name == "memberships_renewed";
    const Rows& rows = ledger_.rows(Fact::memberships);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Day last = roster.last_day(rows[i]);
        const Day due = last + grace;
        if (last == latest_day || due < days.first || due > days.last) continue;
        // The rows of one customer follow each other in the order of their first days.
        const bool goes_on =
            i + 1 < rows.size() && rows[i + 1][who] == rows[i][who] && roster.first_day(rows[i + 1]) <= due;
        if (!renewed || goes_on) take(rows[i], 1, nullptr);
    }
}

// A guide counts once a day, also where two rows hold: the one that began last speaks.
void RowQuantities::each_store_guide(const MeasureNode& node, const Window& days, const Take& take) {
    const Roster& roster = *roster_of(Fact::store_guides);
    const std::size_t guide = kind_of(Fact::store_guides).place("guide_id");
    const bool reaching = node.name == "store_guide_days_reaching";
    for (Day day = days.first; day <= days.last; ++day) {
        static const std::map<std::int64_t, std::array<Wide, 3>> nothing_done;
        const auto& done = reaching ? actions(day) : nothing_done;
        const Rows& rows = ledger_.rows(Fact::store_guides);
        for (std::size_t i = 0; i < rows.size();) {
            std::optional<std::size_t> speaks;
            const std::int64_t id = rows[i][guide];
            for (; i < rows.size() && rows[i][guide] == id; ++i)
                if (roster.holds(rows[i], day)) speaks = i;
            if (!speaks) continue;
            const auto did = done.find(id);
            if (!reaching || (did != done.end() && reaches(did->second, node.arguments)))
                take(rows[*speaks], 1, nullptr);
        }
    }
}

const std::map<std::int64_t, std::array<Wide, 3>>& RowQuantities::actions(Day day) {
    const auto [found, fresh] = actions_.try_emplace(day);
    auto& done = found->second;
    if (!fresh) return done;
    const FactKind& kind = kind_of(Fact::guide_actions);
    const std::size_t guide = kind.place("guide_id"), what = kind.place("kind"), times = kind.place("count");
    Words& words = ledger_.words();
    const std::array<std::int64_t, 3> kinds{words.find(Space::word, "moment"), words.find(Space::word, "private_chat"),
                                            words.find(Space::word, "group_message")};
    ledger_.each(Fact::guide_actions, day, day, {}, [&](std::span<const std::int64_t> row) {
        for (std::size_t k = 0; k < kinds.size(); ++k)
            if (row[what] == kinds[k]) done[row[guide]][k] += row[times];
    });
    return done;
}

}  // namespace siyu
