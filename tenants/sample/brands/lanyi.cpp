// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// An influencer's own clothes: her best customers write, lead the groups, and buy more than anybody.
Brand lanyi() {
    return {
        .id = "lanyi",
        .letter = "l",
        .seed = 55,
        .channels = {{"抖音", 190, 35, 40}, {"小红书", 120, 60, 35}, {"天猫", 90, 70, 30}, {"包裹卡", 70, 150, 120}},
        .guides = {"g08", "g18", "g19"},
        .group_name = "蓝衣姐妹会",
        .groups = 40,
        .members_before = 3400,
        .friends_percent = 85,
        .groups_percent = 80,
        .leaves_per_100000 = 45,
        .interactions_per_1000 = 21,
        .orders = 26,
        .again_percent = 30,
        .again_days = 25,
        .goods = {{"连衣裙", {599, 799, 1099}},
                  {"上装", {399, 499, 659}},
                  {"大衣", {1299, 1699}},
                  {"配饰", {199, 299}}},
        .refunds_per_1000 = 160,
        .tickets = 6000,
        .surveys = 4500,
        .answered_percent = 89,
        .happy_percent = 94,
        .kocs = 28,
        .posts = 2600,
        .koc_users = 160,
        .referrals = 90,
        .private_percent = 46,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {5600, 3600, 2700, 2100},
        .resources = {{"goods", "4", {"4", "4", "4"}}, {"content", "24", {"24", "20", "15"}}},
        .forecasts = {{"diverted_users", {"1100", "1150", "1200"}, {"900", "1150", "1400"}},
                      {"diversion_rate", {"7%", "7%", "8%"}, {"3%", "7%", "15%"}},
                      {"churn_rate", {"3%", "3%", "3%"}, {"5%", "3%", "1%"}},
                      {"satisfaction", {"93%", "93%", "94%"}, {"90%", "93%", "97%"}},
                      {"gmv", {"1700000", "1750000", "1900000"}, {"1500000", "1750000", "2200000"}},
                      {"koc_posts", {"76", "78", "80"}, {"60", "75", "100"}},
                      {"koc_users", {"130", "135", "140"}, {"100", "130", "180"}},
                      {"net_private_share", {"36%", "38%", "40%"}, {"35%", "40%", "50%"}}},
        .devoted = 52,
        .devoted_days = 9,
    };
}

}  // namespace siyu::sample
