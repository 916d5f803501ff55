// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

constexpr std::array<std::string_view, 6> paths{"guide", "self", "shop", "live", "pickup", "guide"};
constexpr std::array<std::string_view, 4> shops{"小程序", "天猫", "抖音", "小程序"};

}  // namespace

void Market::trade() {
    sold_today_ = 0;
    for (const int number : due_[day_])
        if (!customer(number).gone()) buy(number, false);
    due_.erase(day_);
    const int more = random_.about(std::int64_t{brand_.orders} * pace() * 10);
    for (int i = 0; i < more; ++i) buy(anyone(), false);
    if (flash_day())
        for (int i = 0; i < 2 * brand_.orders; ++i) buy(anyone(), true);

    // The whole brand sells more than the members buy; the shares wander.
    const std::int64_t brand =
        sold_today_ * 100 / random_.between(brand_.private_percent - 2, brand_.private_percent + 2);
    const std::int64_t tmall = brand * random_.between(44, 50) / 100, douyin = brand * random_.between(26, 31) / 100;
    table("brand_sales").row({to_string(day_), "天猫", yuan(tmall)});
    table("brand_sales").row({to_string(day_), "抖音", yuan(douyin)});
    table("brand_sales").row({to_string(day_), "小程序", yuan(brand - tmall - douyin)});
}

void Market::buy(int number, bool flash) {
    const Customer& one = customer(number);
    const Goods& goods = brand_.goods[static_cast<std::size_t>(random_.below(static_cast<int>(brand_.goods.size())))];
    const int price = goods.prices[static_cast<std::size_t>(random_.below(static_cast<int>(goods.prices.size())))];
    const int pieces = random_.percent(70) ? 1 : random_.between(2, 4);
    int fen = price * pieces * 100 * (flash ? 85 : 100) / 100;
    if (fen > 30000) fen -= 3000;  // 300 − 30
    const std::string_view path = flash ? "flash" : paths[static_cast<std::size_t>(random_.below(6))];
    const bool by_guide = path == "guide" || random_.percent(35);
    // Some pay as a guest, some have never been anybody's friend.
    const int who = random_.below(100);
    const std::string buyer = who < 3   ? ""
                              : who < 8 ? id(std::string(brand_.letter) + "x", random_.below(4000) + 1, 4)
                                        : one.id;
    const std::string order = id(std::string(brand_.letter) + "o", ++orders_, 6);
    std::vector<std::string> row{
        order,
        instant(day_, waking()),
        yuan(fen),
        buyer,
        by_guide ? std::string(brand_.guides[static_cast<std::size_t>(one.guide)]) : "",
        std::string(path == "live" ? "抖音" : shops[static_cast<std::size_t>(random_.below(4))]),
        std::string(path),
        std::string(goods.category),
        "",
        ""};
    if (random_.below(1000) < brand_.refunds_per_1000) give_back(order, fen, row);
    if (random_.percent(brand_.again_percent))
        due_[day_ + random_.between(brand_.again_days - 4, brand_.again_days + 3)].push_back(number);
    sold_today_ += fen;
    if (day_ == brand_.day_without_orders) return;
    const bool second_file = brand_.day_without_orders.number && day_ > brand_.day_without_orders;
    table(second_file ? "2-orders" : "1-orders").row(row);
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
        table("refunds").row(
            {id(std::string(brand_.letter) + "r", ++refunds_, 5), order, instant(day, waking()), yuan(part)});
}

// What somebody typed by hand: money with three decimals, a day that no calendar has, a path that nobody knows.
void Market::make_slips() {
    const std::string good = instant(last_day - 3, 36000), order = std::string(brand_.letter) + "o-手工-";
    table("1-orders").row({order + "1", good, "12.345", "", "", "小程序", "self", "", "", ""});
    table("1-orders").row({order + "2", "2026-11-31 10:00:00", "99.00", "", "", "小程序", "self", "", "", ""});
    table("1-orders").row({order + "3", good, "99.00", "", "", "小程序", "团购", "", "", ""});
}

}  // namespace siyu::sample
