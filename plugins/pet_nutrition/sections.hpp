// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// What the reports of pet_nutrition say beyond its KPIs.

// The goods of one category that a bag of lasts so many days; customers are reached `lead` days before it is empty.
struct Cycle {
    std::string category;  // "": goods of every category
    std::uint32_t days, lead;
};

// The setting `cycles`: 主粮:28:7,零食:14:3. Throws Failure (BAD_CONFIG) for what is not of that form.
std::vector<Cycle> cycles_of(const siyu::Settings& settings);

// Customers who last bought so long ago that their cycle ends within its lead, and the same of one lead earlier.
siyu::Set due_again(const Cycle& cycle);
siyu::Set due_before(const Cycle& cycle);
// Those of due_before who bought the goods since.
siyu::Set came_back(const Cycle& cycle);

// 该回购的客户: by category, customers due and what became of those who were due before.
void declare_due(siyu::Declarations& d, const std::vector<Cycle>& cycles);

// 首月不设指标: what newcomers bought, beside what is counted; 回流平台: sales by channel of people who came from
// there.
void declare_first_month(siyu::Declarations& d, const siyu::Set& newcomers);
void declare_origin(siyu::Declarations& d);

// 按客单发券: which coupon fits how many members' usual basket.
void declare_coupons(siyu::Declarations& d);

// RFM 分层: eight segments by how lately, how often and for how much customers bought.
void declare_rfm(siyu::Declarations& d);
