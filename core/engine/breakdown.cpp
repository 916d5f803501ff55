// SPDX-License-Identifier: Apache-2.0
#include "core/engine/breakdown.hpp"

#include <algorithm>

namespace siyu {

namespace {

using ByWord = std::map<std::int64_t, Wide>;

std::map<std::string, Fraction> in_words(const ByWord& sums, Words& words) {
    std::map<std::string, Fraction> found;
    for (const auto& [word, sum] : sums) found[words.text(Space::word, word)] = exact(sum);
    return found;
}

void break_down_arrivals(Ledger& ledger, const Window& window, Breakdowns& found) {
    ByWord channel[3], guide[3], group[3];  // all, with a post, with an inviter
    const std::int64_t empty = ledger.words().find(Space::word, "");
    for (const Arrival& arrival : ledger.arrivals(window.first, window.last)) {
        const bool counts[3] = {true, arrival.post != empty, arrival.inviter != empty};
        for (int i = 0; i < 3; ++i) {
            if (!counts[i]) continue;
            ++channel[i][arrival.channel];
            ++guide[i][arrival.guide];
            ++group[i][arrival.group];
        }
    }
    const char* kpis[3] = {"diverted_users", "koc_users", "referral_users"};
    for (int i = 0; i < 3; ++i)
        found[kpis[i]] = {{"channel", in_words(channel[i], ledger.words())},
                          {"guide", in_words(guide[i], ledger.words())},
                          {"group", in_words(group[i], ledger.words())}};
}

// One payment or refund and where it belongs.
struct Payment {
    std::int64_t amount, customer, channel, guide, path, category;
};

std::map<std::string, std::map<std::string, Fraction>> break_down_payments(Ledger& ledger,
                                                                           const std::vector<Payment>& payments,
                                                                           Day last) {
    ByWord channel, guide, path, category, origin;
    std::vector<std::uint32_t> customers;
    for (const Payment& payment : payments) {
        channel[payment.channel] += payment.amount;
        guide[payment.guide] += payment.amount;
        path[payment.path] += payment.amount;
        category[payment.category] += payment.amount;
        if (payment.customer != absent) customers.push_back(static_cast<std::uint32_t>(payment.customer));
    }
    std::sort(customers.begin(), customers.end());
    const Customers buyers(customers.size(), customers.data());
    const auto origins = ledger.origins(buyers, last);
    std::map<std::int64_t, std::int64_t> origin_of;
    for (const auto& [word, set] : origins)
        for (const std::uint32_t customer : set) origin_of[customer] = word;
    const std::int64_t unknown = ledger.words().find(Space::word, "");
    for (const Payment& payment : payments) {
        const auto known = origin_of.find(payment.customer);
        origin[known == origin_of.end() ? unknown : known->second] += payment.amount;
    }
    Words& words = ledger.words();
    return {{"channel", in_words(channel, words)},
            {"guide", in_words(guide, words)},
            {"origin", in_words(origin, words)},
            {"path", in_words(path, words)},
            {"category", in_words(category, words)}};
}

}  // namespace

Breakdowns break_down(Ledger& ledger, const Window& window) {
    Breakdowns found;
    break_down_arrivals(ledger, window, found);

    const FactKind& orders = kind_of(Fact::orders);
    const std::size_t amount = orders.place("amount"), customer = orders.place("customer_id"),
                      channel = orders.place("channel"), guide = orders.place("guide_id"), path = orders.place("path"),
                      category = orders.place("category");
    std::vector<Payment> payments;
    for (Day day = window.first; day <= window.last; ++day) {
        const Rows& rows = ledger.rows(Fact::orders, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = rows[i];
            payments.push_back({row[amount], row[customer], row[channel], row[guide], row[path], row[category]});
        }
    }
    found["gmv"] = break_down_payments(ledger, payments, window.last);
    for (const Booking& booking : ledger.refunds(window.first, window.last, window.last))
        payments.push_back(
            {-booking.amount, booking.customer, booking.channel, booking.guide, booking.path, booking.category});
    found["net_gmv"] = break_down_payments(ledger, payments, window.last);

    const FactKind& touches = kind_of(Fact::touches);
    ByWord touched, cost;
    for (Day day = window.first; day <= window.last; ++day) {
        const Rows& rows = ledger.rows(Fact::touches, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t word = rows[i][touches.place("channel")];
            touched[word] += rows[i][touches.place("touches")];
            cost[word] += rows[i][touches.place("cost")];
        }
    }
    found["touches"]["channel"] = in_words(touched, ledger.words());
    found["cost"]["channel"] = in_words(cost, ledger.words());
    return found;
}

}  // namespace siyu
