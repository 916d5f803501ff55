// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/moment.hpp"

#include <algorithm>
#include <tuple>

namespace siyu {

std::vector<Moment> followed(std::vector<Moment> left, std::vector<Moment> right, std::int64_t within) {
    const auto earlier = [](const Moment& a, const Moment& b) {
        return std::tie(a.customer, a.at) < std::tie(b.customer, b.at);
    };
    std::sort(left.begin(), left.end(), earlier);
    std::sort(right.begin(), right.end(), earlier);
    std::vector<Moment> found;
    auto next = right.begin();
    for (const Moment& moment : left) {
        // The first one behind it decides: the others come later still.
        while (next != right.end() && !earlier(moment, *next)) ++next;
        if (next != right.end() && next->customer == moment.customer && next->at - moment.at <= within)
            found.push_back(moment);
    }
    return found;
}

}  // namespace siyu
