// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// What the reports of membership say beyond its KPIs.

// 各档会员: members and what they buy, the dearest plan first.
void declare_plans(siyu::Declarations& d);

// 续费: what fell due and was renewed, and what runs out soon.
void declare_renewal(siyu::Declarations& d, std::int64_t grace_days);

// 应答时长: how soon tickets were answered, beginning with `minutes`, which is at once.
void declare_answers(siyu::Declarations& d, std::int64_t minutes);

// 一对一服务, for the agency: members, tickets and answers of each guide.
void declare_guides(siyu::Declarations& d, std::int64_t minutes);
