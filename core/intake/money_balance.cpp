// SPDX-License-Identifier: Apache-2.0
#include "core/intake/money_balance.hpp"

#include "core/facts/fact.hpp"

namespace siyu {

namespace {

bool is_called_refund(std::string_view title) {
    return title.find("退") != std::string_view::npos || title.find("refund") != std::string_view::npos ||
           title.find("Refund") != std::string_view::npos;
}

std::int64_t or_none(std::int64_t fen) { return fen == absent ? 0 : fen; }

bool balances(const MoneyColumn& gross, const MoneyColumn& refund, const MoneyColumn& net) {
    bool some_refunded = false;
    for (std::size_t row = 0; row < gross.fen.size(); ++row) {
        if (gross.fen[row] == absent && net.fen[row] == absent) continue;
        const std::int64_t back = or_none(refund.fen[row]), left = or_none(net.fen[row]);
        if (gross.fen[row] == absent || gross.fen[row] - back != left) return false;
        some_refunded = some_refunded || (back != 0 && left != 0);
    }
    return some_refunded;
}

}  // namespace

std::optional<MoneyBalance> find_balance(std::span<const MoneyColumn> columns, std::string_view preferred_gross) {
    std::optional<MoneyBalance> found;
    for (std::size_t gross = 0; gross < columns.size(); ++gross) {
        if (found && columns[gross].title != preferred_gross) continue;
        for (std::size_t refund = 0; refund < columns.size(); ++refund) {
            if (refund == gross || !is_called_refund(columns[refund].title)) continue;
            for (std::size_t net = 0; net < columns.size(); ++net) {
                if (net == gross || net == refund || !balances(columns[gross], columns[refund], columns[net])) continue;
                if (columns[gross].title == preferred_gross) return MoneyBalance{gross, refund, net};
                if (!found) found = MoneyBalance{gross, refund, net};
            }
        }
    }
    return found;
}

}  // namespace siyu
