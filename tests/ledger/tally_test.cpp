// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/tally.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>

namespace siyu {
namespace {

TEST(Tally, AWindowThatMovesOnCountsWhatLiesInIt) {
    std::mt19937 random(7);
    std::deque<std::vector<std::uint32_t>> window;
    Tally moving;
    for (int day = 0; day < 200; ++day) {
        std::vector<std::uint32_t> did(random() % 60);
        for (std::uint32_t& customer : did) customer = static_cast<std::uint32_t>(random() % 12);
        moving.add(Tally::of(did));
        window.push_back(std::move(did));
        while (window.size() > 1 + random() % 9) {
            moving.remove(Tally::of(window.front()));
            window.pop_front();
        }
        std::map<std::uint32_t, std::int64_t> counts;
        for (const auto& one_day : window)
            for (const std::uint32_t customer : one_day) ++counts[customer];
        for (std::int64_t k = 1; k <= 40; ++k) {
            Customers wanted;
            for (const auto& [customer, count] : counts)
                if (count >= k) wanted.add(customer);
            ASSERT_EQ(moving.at_least(k), wanted) << "day " << day << ", at least " << k;
        }
    }
}

}  // namespace
}  // namespace siyu
