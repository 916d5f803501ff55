// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "team.hpp"

// What the reports of agents say beyond its KPIs.

// 库存可卖天数: what the agents have, by the last report of each in 31 days, over what these sell a day, mean of so
// many days. 动销面: of the agents those who sold something in the period.
siyu::Compute stock_cover(const Stock& stock, std::int32_t days);
siyu::Compute selling_share(const Stock& stock);

// 代理级别, for the brand: each level with what it took in and what it sold.
void declare_levels(siyu::Declarations& d, const Stock& stock);

// 压货预警: for the brand whether the channel is being stuffed, for the agency whose line it is and who sleeps.
void declare_stock(siyu::Declarations& d, const Stock& stock);

// 招募 and 光荣榜, for the brand: who brought new agents, and who sold most.
void declare_recruiting(siyu::Declarations& d);
void declare_honours(siyu::Declarations& d, const Stock& stock);
