// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

// Of 1,000 who are in a camp, by its day: who takes that day's lesson, who buys.
constexpr std::array<int, 7> attend{880, 790, 720, 670, 640, 620, 610};
constexpr std::array<int, 7> decide{4, 5, 8, 12, 22, 38, 60};

}  // namespace

// A lesson each day; who took all but two has finished. The decision comes at the end, and to those who came often.
void Market::teach() {
    if (!brand_.camp_days) return;
    for (const Group& camp : groups_) {
        const int past = day_ - camp.opened;
        if (past < 0 || past >= brand_.camp_days) continue;
        const std::size_t today = static_cast<std::size_t>(past);
        for (const int number : camp.people) {
            Customer& one = customer(number);
            if (!one.in_group) continue;
            const int keen = one.lively ? 140 : 85;  // percent of what is usual
            const auto note = [&](const std::string& kind, const std::string& campaign) {
                table("interactions")
                    .row({instant(day_, random_.between(19 * 3600, 23 * 3600)), one.id, kind, colleague(one.guide).id,
                          camp.id, campaign});
            };
            if (random_.below(1000) < attend[today] * keen / 100) {
                note("lesson", "lesson-" + std::to_string(past + 1));
                ++one.lessons;
            }
            if (past + 1 == brand_.camp_days && one.lessons + 2 >= brand_.camp_days) note("finished", "");
            if (random_.below(1000) < decide[today] * keen / 100 * (one.lessons > past / 2 ? 1 : 0))
                buy({number, random_.percent(85) ? 0 : 1, "guide"});
        }
    }
}

}  // namespace siyu::sample
