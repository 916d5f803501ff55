// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// What the reports of fast_fashion say beyond its KPIs.

// 3+3+3: what is asked of a guide on each day.
struct Daily {
    std::int64_t moments, private_chats, group_messages;
};

// 门店榜 and 导购榜, for the brand: the best ten, and how many there are besides; nobody is shown up.
void declare_rankings(siyu::Declarations& d, const Daily& daily, const siyu::Measure& wechat,
                      std::int64_t store_target);

// 待支持, for the agency: the shops and guides that need help, and with which of the three.
void declare_support(siyu::Declarations& d, const Daily& daily, std::int64_t store_target);

// 导购增收, for the agency: what the mini-shop brings each guide besides the wage.
void declare_incomes(siyu::Declarations& d, const siyu::Filter& in_mini_shop);

// 小商店, for the brand: flash days month by month, the dullest weekday, and who came to fetch an order.
void declare_shop(siyu::Declarations& d, const siyu::Filter& in_mini_shop);
