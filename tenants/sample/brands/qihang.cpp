// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// A camp each Monday: seven days, a lesson a day, and at the end those who go on buy the course.
Brand qihang() {
    return {
        .id = "qihang",
        .letter = "h",
        .seed = 77,
        .channels = {{"抖音", 120, 75, 60}, {"视频号", 80, 95, 40}, {"公众号", 40, 110, 20}},
        .guides = {"g20", "g21"},
        .group_name = "启航营",
        .groups = 0,
        .members_before = 2000,
        .friends_percent = 100,
        .groups_percent = 100,
        .leaves_per_100000 = 260,
        .interactions_per_1000 = 8,
        .orders = 4,
        .again_percent = 15,
        .again_days = 21,
        .goods = {{"进阶课", {699, 999, 1680}}, {"年度会员", {2680}}, {"教辅", {59, 99}}},
        .refunds_per_1000 = 60,
        .tickets = 4000,
        .surveys = 5000,
        .answered_percent = 88,
        .happy_percent = 92,
        .kocs = 6,
        .posts = 500,
        .koc_users = 20,
        .referrals = 70,
        .private_percent = 60,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {3500, 2400, 1200},
        .resources = {{"content", "7", {"7", "7", "5"}}},
        .forecasts = {{"diverted_users", {"660", "680", "700"}, {"560", "680", "860"}},
                      {"interaction_rate", {"33%", "33%", "33%"}, {"24%", "32%", "42%"}},
                      {"camp_completion", {"60%", "60%", "60%"}, {"50%", "60%", "70%"}},
                      {"camp_conversion", {"12%", "12%", "12%"}, {"8%", "12%", "16%"}},
                      {"gmv", {"480000", "490000", "500000"}, {"380000", "480000", "600000"}}},
        .flash_times = 1,
        .camp_days = 7,
    };
}

}  // namespace siyu::sample
