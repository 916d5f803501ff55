// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

const std::vector<std::string_view> paths{"guide", "self", "shop", "live", "pickup", "guide"};
const std::vector<std::string_view> shops{"小程序", "天猫", "抖音", "小程序"};
// Where a shop's customer pays at the till.
constexpr std::string_view till = "门店";

}  // namespace

void Market::trade() {
    for (const Need& need : due_[day_])
        if (!customer(need.customer).gone()) buy(need);
    due_.erase(day_);
    const int more = random_.about(std::int64_t{brand_.orders} * pace() * 10);
    for (int i = 0; i < more; ++i) buy({anyone()});
    if (flash_day())
        for (int i = 0; i < brand_.flash_times * brand_.orders; ++i) buy({anyone(), -1, "flash"});

    // The whole brand sells more than the members buy; the shares wander.
    const std::int64_t brand =
        sold_today_ * 100 / random_.between(brand_.private_percent - 2, brand_.private_percent + 2);
    const std::int64_t tmall = brand * random_.between(44, 50) / 100, douyin = brand * random_.between(26, 31) / 100;
    table("brand_sales").row({to_string(day_), "天猫", yuan(tmall)});
    table("brand_sales").row({to_string(day_), "抖音", yuan(douyin)});
    table("brand_sales").row({to_string(day_), "小程序", yuan(brand - tmall - douyin)});
    sell_in_shops();
}

void Market::buy(const Need& need) {
    const Customer& one = customer(need.customer);
    const int what = need.goods < 0 ? random_.below(static_cast<int>(brand_.goods.size())) : need.goods;
    const Goods& goods = brand_.goods[static_cast<std::size_t>(what)];
    const int pieces = random_.percent(70) ? 1 : random_.between(2, 4);
    const bool flash = need.path == "flash";
    int fen = any(goods.prices) * pieces * 100 * (flash ? 85 : 100) / 100;
    if (fen > 30000) fen -= 3000;  // 300 − 30
    const std::string_view path = need.path.empty() ? any(paths) : need.path;
    const bool by_guide = path == "guide" || random_.percent(brand_.guide_percent);
    // Some pay as a guest, some have never been anybody's friend.
    const int who = need.path.empty() && !one.devoted ? random_.below(100) : 99;
    const std::string buyer = who < 3 ? "" : who < 8 ? named("x", random_.below(4000) + 1, 4) : one.id;
    const std::string order = named("o", ++orders_, 6);
    std::vector<std::string> row{order,
                                 instant(day_, waking()),
                                 yuan(fen),
                                 buyer,
                                 by_guide ? colleague(one.guide).id : "",
                                 std::string(channel_of(one, path)),
                                 std::string(path),
                                 std::string(goods.category),
                                 "",
                                 ""};
    if (brand_.shops.shops) row.push_back(!flash && (path == "self" || random_.percent(40)) ? "full" : "discount");
    if (random_.below(1000) < brand_.refunds_per_1000 * (one.devoted ? 85 : 100) / 100) give_back(order, fen, row);
    think_again(need.customer, what, path);
    sold_today_ += fen;
    if (brand_.shops.shops) shop_sold_today_[colleague(one.guide).shop] += fen;
    if (day_ == brand_.day_without_orders) return;
    const bool second_file = brand_.day_without_orders.number && day_ > brand_.day_without_orders;
    table(second_file ? "2-orders" : "1-orders").row(row);
}

// Who is sent back to where they came from buys there, if one can buy there at all.
std::string_view Market::channel_of(const Customer& one, std::string_view path) {
    if (path == "live" && !brand_.at_origin_percent) return "抖音";
    if (brand_.shops.shops) return path == "self" ? till : "小程序";
    const bool sells = std::any_of(brand_.channels.begin(), brand_.channels.end(), [&](const Channel& channel) {
        return channel.name == one.channel && channel.name != "短信" && channel.name != "包裹卡";
    });
    return sells && random_.percent(brand_.at_origin_percent) ? one.channel : any(shops);
}

// When they come again: the devoted soon, others when the thing is used up; who fetches an order stays to look, and
// buys something at its full price within days.
void Market::think_again(int number, int goods, std::string_view path) {
    const int usual = brand_.goods[static_cast<std::size_t>(goods)].again_days;
    if (customer(number).devoted) {
        due_[day_ + random_.between(brand_.devoted_days - 2, brand_.devoted_days + 2)].push_back({number});
    } else if (random_.percent(brand_.again_percent)) {
        const int days = usual ? usual : brand_.again_days;
        due_[day_ + random_.between(days - 4, days + 3)].push_back({number, usual ? goods : -1});
    }
    if (path == "pickup" && random_.percent(brand_.shops.fetch_percent))
        due_[day_ + random_.between(1, 6)].push_back({number, -1, "self"});
}

// One refund stands in the order's own row; several of one order are a file of their own.
void Market::give_back(const std::string& order, int fen, std::vector<std::string>& row) {
    const Day day = day_ + random_.between(1, 6);
    if (day > last_day || day_ == brand_.day_without_orders) return;  // nobody knows of it yet
    if (random_.percent(80)) {
        row[8] = yuan(random_.percent(70) ? fen : fen / 2);
        row[9] = instant(day, waking());
        return;
    }
    for (const int part : {fen / 5, fen / 4})
        table("refunds").row({named("r", ++refunds_, 5), order, instant(day, waking()), yuan(part)});
}

// What somebody typed by hand: money with three decimals, a day that no calendar has, a path that nobody knows.
void Market::make_slips() {
    const std::string good = instant(last_day - 3, 36000), order = std::string(brand_.letter) + "o-手工-";
    table("1-orders").row({order + "1", good, "12.345", "", "", "小程序", "self", "", "", ""});
    table("1-orders").row({order + "2", "2026-11-31 10:00:00", "99.00", "", "", "小程序", "self", "", "", ""});
    table("1-orders").row({order + "3", good, "99.00", "", "", "小程序", "团购", "", "", ""});
}

}  // namespace siyu::sample
