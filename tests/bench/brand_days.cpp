// SPDX-License-Identifier: Apache-2.0
// What happens on a day, beside joins and leaves.
#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/bench/brand.hpp"

namespace siyu::bench {

namespace {

constexpr std::array<std::string_view, 6> paths{"self", "guide", "pickup", "live", "flash", "shop"};
constexpr std::array<std::string_view, 5> categories{"护肤", "彩妆", "洗护", "香氛", "礼盒"};
constexpr std::array<std::string_view, 3> platforms{"小红书", "抖音", "微博"};
constexpr std::array<std::string_view, 3> campaigns{"秋日焕新", "会员日", "双十一预热"};

}  // namespace

void Brand::interactions(File& file, int day, std::int64_t joined) {
    const std::int64_t usual = std::max<std::int64_t>(1, size_.members * (size_.lean ? 2 : 124) / 1000);
    const std::int64_t count = about(usual);
    std::int64_t second_before = -1;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t at = second(i, count);
        std::int64_t place = anyone(joined);
        // No two rows of a second with one customer: they would be one by their key.
        if (at != second_before) met_.clear();
        second_before = at;
        for (std::size_t met = 0; met < met_.size();) {
            if (met_[met++] != place) continue;
            place = (place + 1) % joined;
            met = 0;
            if (static_cast<std::int64_t>(met_.size()) >= joined) break;
        }
        if (static_cast<std::int64_t>(met_.size()) >= joined) continue;
        met_.push_back(place);
        moment(file, day, at);
        file.comma();
        customer(file, place);
        const std::int64_t kind = random_.below(100);
        if (kind < 40) {
            file.text(",group_message,").comma();
            group(file, group_of(place));
            file.comma();
        } else if (kind < 62) {
            file.text(",private_reply,").text(guide(guide_of(place))).comma().comma();
        } else if (kind < 80) {
            file.text(",click,,,");
        } else if (kind < 88) {
            file.text(",campaign,,,").text(random_.one_of(campaigns));
        } else if (kind < 95) {
            file.text(",live,,,");
        } else {
            file.text(",vote,,,");
        }
        file.end();
    }
}

void Brand::orders(Export& files, int day, std::int64_t joined) {
    File& file = files("orders");
    sold_.clear();
    const std::int64_t count = about(std::max<std::int64_t>(1, size_.members * (size_.lean ? 5 : 90) / 10'000));
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t at = second(i, count), amount = 990 + 10 * random_.below(60'000);
        const std::int64_t order = ++ordered_, place = anyone(joined);
        order_number(file, order);
        file.comma();
        moment(file, day, at);
        file.comma().money(amount).comma();
        if (!random_.percent(3)) customer(file, place);
        file.comma();
        const std::string_view path = random_.one_of(paths);
        if (path == "guide") file.text(guide(guide_of(place)));
        const std::string_view channel = random_.one_of(channels);
        sold_[channel] += amount;
        file.comma().cell(channel).cell(path).cell(random_.one_of(categories));
        const std::int64_t fate = random_.below(100);
        const std::int64_t back = random_.percent(60) ? amount : amount / 2 / 10 * 10;
        if (fate < 2) {  // taken back on the day, which the order itself says
            file.money(back).comma();
            moment(file, day, std::min<std::int64_t>(at + 1800, seconds_a_day - 1));
        } else {
            file.comma();
            if (fate < 6 && !size_.lean)
                due_back_[day + 1 + static_cast<int>(random_.below(10))].emplace_back(order, back);
        }
        file.end();
    }
    if (size_.lean) return;
    const auto& due = due_back_[day];
    const auto refunds = static_cast<std::int64_t>(due.size());
    for (std::int64_t i = 0; i < refunds; ++i) {
        const auto& [order, amount] = due[static_cast<std::size_t>(i)];
        File& refund = files("refunds");
        refund.text("R");
        order_number(refund, order);
        refund.comma();
        order_number(refund, order);
        refund.comma();
        moment(refund, day, second(i, refunds));
        refund.comma().money(amount).end();
    }
    due_back_.erase(day);
}

void Brand::order_number(File& file, std::int64_t order) const {
    file.number(25 + number_ % 10).number(static_cast<std::int64_t>(corporation_ % 1'000'000), 6).number(order, 10);
}

void Brand::spending(Export& files, int day) {
    for (const std::string_view channel : channels)
        for (int campaign = 0; campaign < 2; ++campaign) {
            if (campaign == 1 && channel.size() > 12) continue;
            File& file = files("touches");
            date(file, day);
            const std::int64_t touches = 100 + about(size_.members / 40);
            file.comma().cell(channel).number(touches).comma().money(touches * (35 + random_.below(60))).comma();
            if (campaign == 1) file.text(campaigns[static_cast<std::size_t>(day) % campaigns.size()]);
            file.end();
        }
    for (const std::string_view channel : channels) {
        File& file = files("brand_sales");
        date(file, day);
        // What went through the private domain is a part of it.
        file.comma().cell(channel).money(sold_[channel] + 1'000'000 + about(size_.members * 1500)).end();
    }
}

void Brand::posts(File& file, int day) {
    const std::int64_t count = about(std::max<std::int64_t>(2, size_.members / 5000));
    for (std::int64_t i = 0; i < count; ++i) {
        file.text("note").number(++posted_, 8).comma();
        moment(file, day, second(i, count));
        file.text(",koc").number(1 + random_.below(kocs()), 5).comma().cell(random_.one_of(platforms));
        file.text("https://example.com/note/").number(posted_, 8).end();
    }
}

void Brand::guide_actions(File& file, int day) {
    for (std::int64_t place = 0; place < guides_; ++place) {
        const bool diligent = random_.percent(66);
        const std::string id = guide(place);
        const auto act = [&](int i, int count, std::string_view kind) {
            moment(file, day, second(i, count));
            file.comma().cell(id).cell(kind);
        };
        const int moments = diligent ? 3 + static_cast<int>(random_.below(3)) : static_cast<int>(random_.below(4));
        for (int i = 0; i < moments; ++i) {
            act(i, moments, "moment");
            file.text(",1").end();
        }
        const int chats = diligent ? 12 + static_cast<int>(random_.below(10)) : static_cast<int>(random_.below(20));
        for (int i = 0; i < chats; ++i) {
            act(i, chats, "private_chat");
            customer(file, random_.below(joined_by(day)));
            file.text(",").number(1 + random_.below(3)).end();
        }
        const int sent = diligent ? 6 + static_cast<int>(random_.below(9)) : static_cast<int>(random_.below(12));
        for (int i = 0; i < sent; ++i) {
            act(i, sent, "group_message");
            group(file, random_.below(groups_));
            file.text(",").number(1 + random_.below(2)).end();
        }
    }
}

void Brand::tickets(File& file, int day, std::int64_t joined) {
    const std::int64_t count = about(std::max<std::int64_t>(2, size_.members / 1000));
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t at = second(i, count), place = anyone(joined);
        file.text("T").number(static_cast<std::int64_t>(corporation_ % 10'000), 4).number(++asked_, 10).comma();
        moment(file, day, at);
        file.comma();
        if (!random_.percent(3)) moment(file, day, at + 20 + random_.below(random_.percent(80) ? 580 : 7200));
        file.comma();
        if (!random_.percent(4)) moment(file, day, at + 7200 + random_.below(random_.percent(85) ? 36'000 : 260'000));
        file.comma();
        customer(file, place);
        file.comma().text(guide(guide_of(place))).end();
    }
}

void Brand::surveys(File& file, int day, std::int64_t joined) {
    const std::int64_t count = about(std::max<std::int64_t>(2, size_.members / 800));
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t place = anyone(joined);
        moment(file, day, second(i, count));
        file.comma().number(random_.percent(82) ? 4 + random_.below(2) : 1 + random_.below(3));
        file.text(",A").number(++answered_, 9).comma();
        customer(file, place);
        file.comma().text(guide(guide_of(place))).end();
    }
}

void Brand::statistics(Export& files, int day) {
    for (std::int64_t place = 0; place < guides_; ++place) {
        File& file = files("guide_days");
        date(file, day);
        const std::int64_t chats = 40 + random_.below(120);
        file.comma().cell(guide(place)).number(chats).comma().number(chats * 3 + random_.below(300)).comma();
        if (!random_.percent(3)) file.number(60 + random_.below(40)).text(".").number(random_.below(100), 2);
        file.comma().number(1 + random_.below(15)).comma().number(random_.below(4)).end();
    }
    for (std::int64_t place = 0; place < groups_; ++place) {
        File& file = files("group_days");
        date(file, day);
        file.comma();
        group(file, place);
        const std::int64_t members = 30 + random_.below(170);
        file.comma().number(members).comma().number(random_.below(5)).comma();
        if (!random_.percent(2)) file.number(random_.below(members / 2 + 1));
        file.comma().number(random_.below(members)).end();
    }
}

}  // namespace siyu::bench
