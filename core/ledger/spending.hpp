// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/ledger/shelf.hpp"
#include "core/ledger/sums.hpp"

namespace siyu {

// What the orders of each customer come together to in a run of days, in fen: one scan answers every threshold.
class Spending {
  public:
    void add(std::uint32_t customer, std::int64_t fen) { change(customer, fen, 1); }
    void remove(std::uint32_t customer, std::int64_t fen) { change(customer, -Wide{fen}, -1); }

    // Customers with an order whose orders come together to at_least fen and to less than `below`; 0 is without bound.
    Customers spent(std::int64_t at_least, std::int64_t below) const;
    // The same of the mean order.
    Customers basket(std::int64_t at_least, std::int64_t below) const;

  private:
    void change(std::uint32_t customer, Wide fen, std::int32_t orders);
    template <class Keep>
    Customers keep(Keep keep) const;

    std::vector<Wide> fen_;             // by customer
    std::vector<std::int32_t> orders_;  // likewise
};

}  // namespace siyu
