// SPDX-License-Identifier: Apache-2.0
#include "core/engine/breakdown.hpp"

#include <algorithm>
#include <unordered_map>

namespace siyu {

namespace {

using ByWord = std::unordered_map<std::int64_t, Wide>;

std::map<std::string, Fraction> in_words(const ByWord& sums, Words& words) {
    std::vector<std::pair<std::string_view, Wide>> named;
    for (const auto& [word, sum] : sums) named.emplace_back(words.text(Space::word, word), sum);
    std::sort(named.begin(), named.end());
    std::map<std::string, Fraction> found;
    for (const auto& [name, sum] : named) found.try_emplace(found.end(), std::string(name))->second += exact(sum);
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

// The origins of all who pay or are paid back; who is in none has none.
std::unordered_map<std::int64_t, std::int64_t> origins_of(Ledger& ledger, const std::vector<Payment>& payments,
                                                          Day last) {
    std::vector<std::uint32_t> customers;
    for (const Payment& payment : payments)
        if (payment.customer != absent) customers.push_back(static_cast<std::uint32_t>(payment.customer));
    std::sort(customers.begin(), customers.end());
    std::unordered_map<std::int64_t, std::int64_t> found;
    for (const auto& [word, set] : ledger.origins(Customers(customers.size(), customers.data()), last))
        for (const std::uint32_t customer : set) found.emplace(customer, word);
    return found;
}

class Sales {
  public:
    Sales(Ledger& ledger, const std::vector<Payment>& payments, Day last)
        : words_(ledger.words()),
          unknown_(words_.find(Space::word, "")),
          origin_of_(origins_of(ledger, payments, last)) {}

    void add(const Payment& payment) {
        channel_[payment.channel] += payment.amount;
        guide_[payment.guide] += payment.amount;
        path_[payment.path] += payment.amount;
        category_[payment.category] += payment.amount;
        const auto known = origin_of_.find(payment.customer);
        origin_[known == origin_of_.end() ? unknown_ : known->second] += payment.amount;
    }
    std::map<std::string, std::map<std::string, Fraction>> figures() {
        return {{"channel", in_words(channel_, words_)},
                {"guide", in_words(guide_, words_)},
                {"origin", in_words(origin_, words_)},
                {"path", in_words(path_, words_)},
                {"category", in_words(category_, words_)}};
    }

  private:
    Words& words_;
    std::int64_t unknown_;
    std::unordered_map<std::int64_t, std::int64_t> origin_of_;
    ByWord channel_, guide_, path_, category_, origin_;
};

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
    const std::size_t paid = payments.size();
    for (const Booking& booking : ledger.refunds(window.first, window.last, window.last))
        payments.push_back(
            {-booking.amount, booking.customer, booking.channel, booking.guide, booking.path, booking.category});
    Sales sales(ledger, payments, window.last);
    for (std::size_t i = 0; i < paid; ++i) sales.add(payments[i]);
    found["gmv"] = sales.figures();
    for (std::size_t i = paid; i < payments.size(); ++i) sales.add(payments[i]);
    found["net_gmv"] = sales.figures();

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
