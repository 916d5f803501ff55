// SPDX-License-Identifier: Apache-2.0
#include "tenants/delivery_terms.hpp"

#include <gtest/gtest.h>

namespace siyu {
namespace {

TEST(DeliveryTerms, ADomainIsTheSameInCapitals) {
    EXPECT_EQ(takes_delivery_term("domains", "Brand.Example, brand.cn"), true);
    for (const char* bad : {"brand", ".brand.cn", "brand..cn", "br and.cn", "品牌.cn", "a@brand.cn"})
        EXPECT_EQ(takes_delivery_term("domains", bad), false) << bad;
    Agreement agreement;
    agreement.set("domains", *day_of(2026, 1, 1), "Brand.Example, brand.cn");
    EXPECT_EQ(delivery_terms(agreement, *day_of(2026, 1, 2)).domains,
              (std::vector<std::string>{"brand.example", "brand.cn"}));
}

}  // namespace
}  // namespace siyu
