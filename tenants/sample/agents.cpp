// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

constexpr std::array<std::string_view, 8> places{"长沙", "株洲", "岳阳", "常德", "衡阳", "湘潭", "益阳", "怀化"};
constexpr std::array<std::string_view, 9> family{"周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋"};

}  // namespace

// Everybody but the first rank has somebody above. Each Sunday they report what they took in and what they sold; since
// October those below the second of the first rank take in more and more and sell less and less.
void Market::engage_agents() {
    struct Agent {
        std::string id;
        Day since, to = last_day;
        int upline = -1, head = 0, sold = 0, on_hand = 0;
    };
    std::vector<Agent> agents;
    int above = -1, above_count = 0;  // the rank before: its first place, how many
    for (const Level& level : brand_.levels) {
        const int first = static_cast<int>(agents.size());
        for (int i = 0; i < level.agents; ++i) {
            Agent one{named("d", static_cast<int>(agents.size()) + 1, 3), members_since - random_.between(30, 500)};
            if (above >= 0) {
                one.upline = above + random_.below(above_count);
                one.head = agents[static_cast<std::size_t>(one.upline)].head;
                if (random_.percent(30)) one.since = first_day + random_.below(118);
                if (&level == &brand_.levels.back() && random_.percent(5)) one.to = last_day - random_.between(10, 60);
                if (one.to < one.since) one.to = last_day;
            } else {
                one.head = i;
            }
            one.sold = level.sold;
            one.on_hand = level.sold * 3;
            const std::size_t place = agents.size();
            table("agents").row(
                {one.id, random_.percent(60) ? customer(anyone()).id : "",
                 std::string(places[place % places.size()]) + std::string(family[place % family.size()]) + "总",
                 std::string(level.name), to_string(one.since), one.to < last_day ? to_string(one.to) : "",
                 one.upline < 0 ? "" : agents[static_cast<std::size_t>(one.upline)].id});
            agents.push_back(one);
        }
        above = first, above_count = level.agents;
    }
    const Day october = *parse_day("2026-10-01");
    for (Day day = first_day; day <= last_day; ++day) {
        if (weekday(day) != 6) continue;
        for (Agent& one : agents) {
            if (day < one.since || one.to < day) continue;
            const int weeks = day < october || one.head != 1 ? 0 : (day - october) / 7 + 1;
            const int sold = std::min(one.on_hand, random_.about(std::int64_t{one.sold} * (1000 - 70 * weeks)));
            const int stocked = random_.about(std::int64_t{one.sold} * (1020 + 130 * weeks));
            one.on_hand += stocked - sold;
            table("agent_stock")
                .row({to_string(day), one.id, std::to_string(stocked), std::to_string(sold),
                      std::to_string(one.on_hand)});
        }
    }
}

}  // namespace siyu::sample
