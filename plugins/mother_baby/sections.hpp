// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <siyu/plugin.hpp>

// What the reports of mother_baby say beyond its KPIs.

// 推广阶段: which phase the roll-out is in by its number of groups, and how it stands against what that phase is judged
// by. `effective` counts effective interactions, `active` those of the group members `present` who had one.
void declare_phase(siyu::Declarations& d, siyu::Asked effective, siyu::Asked active, siyu::Asked present);

// 社群榜 for the brand, the lowest retention first, and 该留意的群 for the agency: groups that nobody talks in or that
// are written to too often.
void declare_groups(siyu::Declarations& d, siyu::Asked effective, siyu::Asked gmv);
