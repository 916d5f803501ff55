// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/shelf.hpp"

namespace siyu {

// How many times each customer did something, as sets: digit i holds the customers whose count has the binary digit
// 2^i. Adding two tallies and asking who has at least k are a few set operations, whatever the number of rows.
class Tally {
  public:
    // From the customers of rows, in any order, one entry a row.
    static Tally of(std::vector<std::uint32_t> customers);
    static Tally read(std::string_view bytes);
    std::string write() const;

    void add(const Tally& other);
    // Takes away what was added before.
    void remove(const Tally& other);
    Customers at_least(std::int64_t k) const;

  private:
    std::vector<Customers> digits_;
};

}  // namespace siyu
