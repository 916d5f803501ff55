// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// What the reports of influencer say beyond its KPIs.

// KOC 梯队, for the agency: how many KOCs of each status, who has not posted for long and who could take over.
void declare_bench(siyu::Declarations& d, siyu::Asked candidates);

// 社群与 KOC: premium groups have a KOC each, a KOC of regular groups has three to five.
void declare_koc_groups(siyu::Declarations& d);

// KOC 活跃与发帖 of the period, and 年度十佳 of the year to date.
void declare_ranking(siyu::Declarations& d);

// 各渠道导流率.
void declare_diversion(siyu::Declarations& d);
