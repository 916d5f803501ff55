// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

// A premium group has a KOC of its own, four regular ones share one. Camps begin on Mondays, the last one in the week
// to come; other groups were there before the members, or open one by one.
void Market::open_groups() {
    int regular = 0, premium = 0;
    const auto open = [&](Day opened) {
        const int place = static_cast<int>(groups_.size());
        const bool best = !brand_.camp_days && place % 5 == 0;
        const int koc = best ? premium++ : brand_.kocs / 4 + regular++ / 4;
        groups_.push_back({named("q", place + 1, 2), opened, 0, 0, {}});
        const std::string tail = brand_.camp_days ? "第 " + std::to_string(place + 1) + " 期"
                                                  : (best ? "·尊享" : "") + std::to_string(place + 1) + "群";
        table("groups").row({groups_.back().id, std::string(brand_.group_name) + tail, best ? "premium" : "regular",
                             named("k", koc % (brand_.kocs - 1) + 1, 2),
                             crew_[static_cast<std::size_t>(place) % crew_.size()].id, to_string(opened)});
    };
    for (int i = 0; i < brand_.groups; ++i) open(members_since - random_.between(10, 200));
    if (brand_.group_every_days)
        for (Day day = first_day; day <= last_day; day = day + brand_.group_every_days) open(day);
    if (brand_.camp_days)
        for (Day day = members_since + (7 - weekday(members_since)) % 7; day <= last_day + 6; day = day + 7) open(day);
}

// A camp takes those who come in the six days before it and on its first day; other groups take anybody.
int Market::pick_group(Day day) {
    if (!brand_.camp_days) {
        int open = 0;
        for (const Group& one : groups_) open += one.opened <= day ? 1 : 0;
        return random_.below(open);
    }
    int place = 0;
    while (groups_[static_cast<std::size_t>(place)].opened < day) ++place;
    return place;
}

// What WeCom itself says about the day, by group.
void Market::count_groups() {
    for (Group& one : groups_) {
        if (one.members + one.new_members > 0) {
            const int active = one.members * random_.between(8, 22) / 100;
            table("group_days")
                .row({to_string(day_), one.id, std::to_string(one.members), std::to_string(one.new_members),
                      std::to_string(active), std::to_string(active * random_.between(2, 6))});
        }
        one.new_members = 0;
    }
}

}  // namespace siyu::sample
