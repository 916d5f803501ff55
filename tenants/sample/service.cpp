// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

constexpr std::array<std::string_view, 6> kinds{"group_message", "private_reply", "click",
                                                "group_message", "vote",          "campaign"};
constexpr std::array<std::string_view, 12> names{"小满", "阿禾",   "橙子妈", "鹿鹿", "Momo", "西西",
                                                 "团团", "一一妈", "阿布",   "念念", "豆包", "晚晚"};
constexpr std::array<std::string_view, 4> statuses{"active", "active", "rotating", "standby"};
constexpr std::array<std::string_view, 3> platforms{"小红书", "抖音", "小红书"};

}  // namespace

void Market::interact() {
    const bool live_evening = weekday(day_) == 2 || weekday(day_) == 5;
    const int rows =
        random_.about(static_cast<std::int64_t>(live_.size()) * brand_.interactions_per_1000 * pace() / 100);
    for (int i = 0; i < rows; ++i) {
        int number = anyone();
        for (int tries = 0; tries < 4 && !customer(number).lively; ++tries) number = anyone();
        const Customer& one = customer(number);
        const bool live = live_evening && random_.percent(30);
        const std::string_view kind = live ? "live" : kinds[static_cast<std::size_t>(random_.below(6))];
        const bool group = one.in_group && kind == "group_message";
        table("interactions")
            .row({instant(day_, live ? random_.between(20 * 3600, 22 * 3600) : waking()), one.id,
                  std::string(kind == "group_message" && !group ? "private_reply" : kind),
                  one.friends ? std::string(brand_.guides[static_cast<std::size_t>(one.guide)]) : "",
                  group ? id(std::string(brand_.letter) + "q", one.group + 1, 2) : "",
                  kind == "campaign" ? (flash_day() ? "会员日" : "每周打卡") : ""});
    }
}

// 3 + 3 + 3 on most days, not on all: moments, private chats, messages to groups.
void Market::work() {
    for (std::size_t place = 0; place < brand_.guides.size(); ++place) {
        const std::string guide(brand_.guides[place]);
        if (!share(guide) || random_.percent(4)) continue;
        const bool rest = weekday(day_) == static_cast<int>(place) % 7;
        table("guide_actions")
            .row({instant(day_, 9 * 3600 + random_.below(1800)), guide, "moment", "",
                  std::to_string(rest ? random_.between(1, 2) : random_.between(2, 5))});
        table("guide_actions")
            .row({instant(day_, 11 * 3600 + random_.below(1800)), guide, "private_chat", "",
                  std::to_string(rest ? random_.between(1, 4) : random_.between(3, 30))});
        const int first = random_.below(brand_.groups);
        for (int i = 0; i < (random_.percent(80) ? 3 : 2); ++i)
            table("guide_actions")
                .row({instant(day_, 19 * 3600 + random_.below(3600)), guide, "group_message",
                      id(std::string(brand_.letter) + "q", (first + i) % brand_.groups + 1, 2), ""});
    }
}

void Market::serve() {
    const int tickets = random_.about(std::int64_t{brand_.tickets} * pace() / 100);
    for (int i = 0; i < tickets; ++i) {
        const Customer& one = customer(anyone());
        const int opened = waking();
        const auto later = [&](int minutes) {
            const int second = opened + minutes * 60 + random_.below(60);
            const Day day = day_ + second / 86400;
            return day > last_day ? std::string() : instant(day, second % 86400);
        };
        const bool quick = random_.percent(brand_.answered_percent);
        const std::string answered = later(quick ? random_.between(0, 9) : random_.between(11, 90));
        const bool solved = !random_.percent(4);
        const std::string resolved =
            answered.empty() || !solved ? "" : later(random_.between(95, random_.percent(94) ? 2400 : 5000));
        table("tickets").row({id(std::string(brand_.letter) + "t", ++tickets_, 5), instant(day_, opened), answered,
                              resolved, one.id, std::string(brand_.guides[static_cast<std::size_t>(one.guide)])});
    }
    const int answers = random_.about(std::int64_t{brand_.surveys} * pace() / 100);
    for (int i = 0; i < answers; ++i) {
        const Customer& one = customer(anyone());
        const int score = random_.percent(brand_.happy_percent) ? random_.between(4, 5) : random_.between(1, 3);
        const bool anonymous = random_.percent(5);
        table("surveys").row({instant(day_, waking()), std::to_string(score),
                              id(std::string(brand_.letter) + "s", ++answers_, 5), anonymous ? "" : one.id,
                              anonymous ? "" : std::string(brand_.guides[static_cast<std::size_t>(one.guide)])});
    }
}

void Market::spread() {
    if (day_ == first_day)
        for (int i = 0; i < brand_.kocs; ++i)
            table("kocs").row(
                {id(std::string(brand_.letter) + "k", i + 1, 2), customer(anyone()).id,
                 std::string(names[static_cast<std::size_t>(i) % names.size()]) + (i >= 12 ? "二号" : ""),
                 std::string(i == brand_.kocs - 1 ? "candidate" : statuses[static_cast<std::size_t>(i) % 4]),
                 to_string(members_since + random_.between(0, 150))});
    const int posts = random_.about(brand_.posts);
    for (int i = 0; i < posts; ++i) {
        const std::string post = id(std::string(brand_.letter) + "n", ++posts_, 4);
        // The last KOC is only a candidate; the first ones write most.
        const int koc = std::min(random_.below(brand_.kocs - 1), random_.below(brand_.kocs - 1));
        table("posts").row({post, instant(day_, waking()), id(std::string(brand_.letter) + "k", koc + 1, 2),
                            std::string(platforms[static_cast<std::size_t>(random_.below(3))]),
                            "https://example.com/" + post});
        recent_posts_.push_back(post);
        if (recent_posts_.size() > 20) recent_posts_.erase(recent_posts_.begin());
    }
}

// What WeCom itself says about the day, by guide and by group.
void Market::count_up() {
    for (std::size_t place = 0; place < brand_.guides.size(); ++place) {
        if (!share(brand_.guides[place])) continue;
        const int chats = random_.about(std::int64_t{50} * pace() * share(brand_.guides[place]) / 10);
        const int contacts = new_contacts_[place];
        table("guide_days")
            .row({to_string(day_), std::string(brand_.guides[place]), std::to_string(chats),
                  std::to_string(chats * random_.between(2, 5)),
                  chats ? std::to_string(random_.between(62, 94)) + "%" : "",
                  std::to_string(random_.between(2, 14)) + "." + std::to_string(random_.below(10)),
                  std::to_string(lost_contacts_[place]), std::to_string(contacts + random_.between(0, 3)),
                  std::to_string(contacts)});
    }
    for (std::size_t place = 0; place < members_.size(); ++place) {
        const int active = members_[place] * random_.between(8, 22) / 100;
        table("group_days")
            .row({to_string(day_), id(std::string(brand_.letter) + "q", static_cast<int>(place) + 1, 2),
                  std::to_string(members_[place]), std::to_string(new_members_[place]), std::to_string(active),
                  std::to_string(active * random_.between(2, 6))});
    }
}

}  // namespace siyu::sample
