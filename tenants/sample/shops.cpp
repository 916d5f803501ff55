// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

constexpr std::array<std::string_view, 12> streets{"万象城", "大悦城", "银泰",   "天街", "恒隆",   "来福士",
                                                   "吾悦",   "万达",   "印象城", "合生", "凯德店", "环宇荟"};
constexpr std::array<std::string_view, 4> regions{"华东", "华南", "华北", "西南"};
constexpr std::array<std::string_view, 10> given{"小雨", "佳佳", "思源", "可可", "雅文",
                                                 "若溪", "梦洁", "海燕", "春晓", "安然"};
constexpr std::array<std::string_view, 6> family{"李", "张", "刘", "杨", "黄", "徐"};

}  // namespace

// The shops' own guides look after the members, not the agency's. In every fifth shop one left in September and
// another came.
void Market::open_shops() {
    if (!brand_.shops.shops) return;
    crew_.clear();
    const Day autumn = *parse_day("2026-09-14");
    for (int shop = 0; shop < brand_.shops.shops; ++shop) {
        const std::string store = named("d", shop + 1, 2);
        table("stores").row({store, std::string(streets[static_cast<std::size_t>(shop) % streets.size()]),
                             std::string(regions[static_cast<std::size_t>(shop) % regions.size()]),
                             to_string(members_since - random_.between(100, 1500))});
        const bool changes = shop % 5 == 1;
        for (int i = 0; i < brand_.shops.guides_each + (changes ? 1 : 0); ++i) {
            Colleague one{store + "-" + std::to_string(i + 1), shop};
            if (changes && i == 0) one.to = autumn - 1;
            if (i == brand_.shops.guides_each) one.from = autumn;
            const std::size_t number = crew_.size();
            table("store_guides")
                .row({store, one.id,
                      std::string(family[number % family.size()]) +
                          std::string(given[(number + number / family.size()) % given.size()]),
                      to_string(one.from), one.to < last_day ? to_string(one.to) : ""});
            crew_.push_back(one);
        }
    }
}

// The customers of a guide who left go to the one who came to that shop.
void Market::change_colleagues() {
    for (int heir = 0; heir < static_cast<int>(crew_.size()); ++heir) {
        if (colleague(heir).from != day_) continue;
        for (Customer& one : customers_)
            if (colleague(one.guide).shop == colleague(heir).shop && !share(colleague(one.guide))) one.guide = heir;
    }
}

void Market::sell_in_shops() {
    for (int shop = 0; shop < brand_.shops.shops; ++shop) {
        // What is bought in the mini-shop counts into the shop's own sales.
        const std::int64_t usual = std::int64_t{brand_.shops.sales} * 100 * (80 + shop * 4) / 100;
        table("store_sales")
            .row({to_string(day_), named("d", shop + 1, 2),
                  yuan(usual * pace() / 100 * random_.between(85, 115) / 100 + shop_sold_today_[shop])});
    }
}

}  // namespace siyu::sample
