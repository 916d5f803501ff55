// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

void Market::interact() {
    const bool live_evening = weekday(day_) == 2 || weekday(day_) == 5;
    const int rows =
        random_.about(static_cast<std::int64_t>(live_.size()) * brand_.interactions_per_1000 * pace() / 100);
    for (int i = 0; i < rows; ++i) {
        int number = anyone();
        for (int tries = 0; tries < 4 && !customer(number).lively; ++tries) number = anyone();
        const Customer& one = customer(number);
        const bool live = live_evening && random_.percent(30);
        const Kind& kind = any(brand_.kinds);
        const bool in_group = !live && one.in_group && kind.in_group;
        const std::string name(live ? "live" : kind.in_group && !in_group ? "private_reply" : kind.name);
        table("interactions")
            .row({instant(day_, live ? random_.between(20 * 3600, 22 * 3600) : waking()), one.id, name,
                  one.friends ? colleague(one.guide).id : "", in_group ? group(one.group).id : "",
                  name == "campaign" ? (flash_day() ? "会员日" : "每周打卡") : ""});
    }
}

// 3 + 3 + 3 on most days, not on all: moments, private chats, messages to groups.
void Market::work() {
    for (int place = 0; place < static_cast<int>(crew_.size()); ++place) {
        const Colleague& one = colleague(place);
        if (!share(one) || random_.percent(4)) continue;
        const bool rest = weekday(day_) == place % 7;
        table("guide_actions")
            .row({instant(day_, 9 * 3600 + random_.below(1800)), one.id, "moment", "",
                  std::to_string(rest ? random_.between(1, 2) : random_.between(2, 5))});
        table("guide_actions")
            .row({instant(day_, 11 * 3600 + random_.below(1800)), one.id, "private_chat", "",
                  std::to_string(rest ? random_.between(1, 4) : random_.between(3, 30))});
        const int groups = static_cast<int>(groups_.size()), first = random_.below(groups);
        for (int i = 0; i < (random_.percent(80) ? 3 : 2); ++i)
            if (const Group& target = group((first + i) % groups); target.opened <= day_)
                table("guide_actions")
                    .row({instant(day_, 19 * 3600 + random_.below(3600)), one.id, "group_message", target.id, ""});
    }
}

void Market::serve() {
    const int tickets = random_.about(std::int64_t{brand_.tickets} * pace() / 100);
    for (int i = 0; i < tickets; ++i) {
        const Customer& one = customer(anyone());
        const int opened = waking();
        const auto later = [&](int seconds) {
            const int second = opened + seconds;
            const Day day = day_ + second / 86400;
            return day > last_day ? std::string() : instant(day, second % 86400);
        };
        const bool quick = random_.percent(brand_.answered_percent);
        const std::string answered = later(quick ? random_.between(5, brand_.answered_within)
                                                 : brand_.answered_within + random_.between(60, 5400));
        const bool solved = !random_.percent(4);
        const std::string resolved =
            answered.empty() || !solved ? "" : later(random_.between(5700, random_.percent(94) ? 144000 : 300000));
        table("tickets").row(
            {named("t", ++tickets_, 5), instant(day_, opened), answered, resolved, one.id, colleague(one.guide).id});
    }
    const int answers = random_.about(std::int64_t{brand_.surveys} * pace() / 100);
    for (int i = 0; i < answers; ++i) {
        const Customer& one = customer(anyone());
        const int score = random_.percent(brand_.happy_percent) ? random_.between(4, 5) : random_.between(1, 3);
        const bool anonymous = random_.percent(5);
        table("surveys").row({instant(day_, waking()), std::to_string(score), named("s", ++answers_, 5),
                              anonymous ? "" : one.id, anonymous ? "" : colleague(one.guide).id});
    }
}

// What WeCom itself says about the day, by guide.
void Market::count_up() {
    for (Colleague& one : crew_) {
        if (!share(one)) continue;
        const int chats = random_.about(std::int64_t{50} * pace() * share(one) / 10);
        const int contacts = one.new_contacts;
        table("guide_days")
            .row({to_string(day_), one.id, std::to_string(chats), std::to_string(chats * random_.between(2, 5)),
                  chats ? std::to_string(random_.between(62, 94)) + "%" : "",
                  std::to_string(random_.between(2, 14)) + "." + std::to_string(random_.below(10)),
                  std::to_string(one.lost_contacts), std::to_string(contacts + random_.between(0, 3)),
                  std::to_string(contacts)});
        one.new_contacts = one.lost_contacts = 0;
    }
}

}  // namespace siyu::sample
