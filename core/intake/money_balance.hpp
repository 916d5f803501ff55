// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace siyu {

// Three columns of orders of which gross − refund = net holds in every row, and in some with a refund that is not all.
struct MoneyBalance {
    std::size_t gross = 0, refund = 0, net = 0;  // places in the columns looked at
};

// What a column says, row by row, in fen; `absent` where it says nothing.
struct MoneyColumn {
    std::string_view title;
    std::vector<std::int64_t> fen;
};

// None where no three columns balance, or none of them is called a refund: a discount balances as well. Of several the
// first by the order of the columns, after those in which `gross` is the preferred one. An empty refund is none.
std::optional<MoneyBalance> find_balance(std::span<const MoneyColumn> columns, std::string_view preferred_gross);

}  // namespace siyu
