// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/spending.hpp"

namespace siyu {

void Spending::change(std::uint32_t customer, Wide fen, std::int32_t orders) {
    if (customer >= fen_.size()) {
        fen_.resize(customer + std::size_t{1});
        orders_.resize(customer + std::size_t{1});
    }
    fen_[customer] += fen;
    orders_[customer] += orders;
}

template <class Keep>
Customers Spending::keep(Keep keep) const {
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < fen_.size(); ++i)
        if (orders_[i] > 0 && keep(fen_[i], Wide{orders_[i]})) found.push_back(static_cast<std::uint32_t>(i));
    return {found.size(), found.data()};
}

Customers Spending::spent(std::int64_t at_least, std::int64_t below) const {
    return keep([=](Wide fen, Wide) { return fen >= at_least && (below == 0 || fen < below); });
}

// Multiplied, not divided: a mean of exactly the threshold has reached it.
Customers Spending::basket(std::int64_t at_least, std::int64_t below) const {
    return keep(
        [=](Wide fen, Wide orders) { return fen >= orders * at_least && (below == 0 || fen < orders * below); });
}

}  // namespace siyu
