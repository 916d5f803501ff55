// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// Liquor through agents in three ranks. Since October those below one of the first rank take in more and more and sell
// less and less.
Brand chenniang() {
    return {
        .id = "chenniang",
        .letter = "c",
        .seed = 88,
        .channels = {{"代理推荐", 70, 210, 0}, {"小程序", 50, 120, 15}, {"品鉴会", 12, 420, 600}},
        .guides = {"g22"},
        .group_name = "陈酿品鉴群",
        .groups = 24,
        .members_before = 2200,
        .friends_percent = 90,
        .groups_percent = 70,
        .leaves_per_100000 = 60,
        .interactions_per_1000 = 12,
        .orders = 14,
        .again_percent = 34,
        .again_days = 36,
        .goods = {{"经典", {298, 398}}, {"典藏", {899, 1299}}, {"小酒", {39, 59}}},
        .refunds_per_1000 = 20,
        .tickets = 3000,
        .surveys = 2500,
        .answered_percent = 86,
        .happy_percent = 93,
        .kocs = 8,
        .posts = 600,
        .koc_users = 20,
        .referrals = 130,
        .private_percent = 30,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {2100, 1500, 360},
        .resources = {{"goods", "2", {"2", "2", "2"}}, {"content", "8", {"8", "8", "5"}}},
        .forecasts = {{"diverted_users", {"820", "840", "880"}, {"700", "830", "1050"}},
                      {"gmv", {"430000", "470000", "520000"}, {"360000", "450000", "600000"}},
                      {"units_sold", {"4700", "4800", "5000"}, {"4000", "4800", "6000"}},
                      {"sell_through", {"97%", "97%", "97%"}, {"90%", "97%", "105%"}}},
        .levels = {{"总代", 4, 60}, {"一级代理", 18, 24}, {"二级代理", 74, 9}},
    };
}

}  // namespace siyu::sample
