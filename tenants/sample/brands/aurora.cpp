// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// Skin care with much traffic; in October it brought 70 % of what it had promised.
Brand aurora() {
    return {
        .id = "aurora",
        .letter = "a",
        .seed = 11,
        .channels = {{"天猫", 180, 80, 30},
                     {"抖音", 160, 55, 45},
                     {"小程序", 60, 180, 15},
                     {"包裹卡", 230, 120, 150},
                     {"短信", 150, 35, 8},
                     {"门店", 40, 300, 250}},
        .guides = {"g01", "g02", "g03", "g05", "g08"},
        .group_name = "曙光护肤研习社",
        .groups = 14,
        .members_before = 9000,
        .friends_percent = 100,
        .groups_percent = 25,
        .leaves_per_100000 = 130,
        .interactions_per_1000 = 14,
        .orders = 46,
        .again_percent = 28,
        .again_days = 40,
        .goods = {{"洁面", {89, 99, 128}}, {"精华", {239, 299, 359}}, {"面膜", {79, 99, 149}}, {"防晒", {119, 139}}},
        .refunds_per_1000 = 95,
        .tickets = 7000,
        .surveys = 6000,
        .answered_percent = 86,
        .happy_percent = 93,
        .kocs = 14,
        .posts = 1700,
        .koc_users = 70,
        .referrals = 50,
        .private_percent = 12,
        .october_traffic_percent = 70,
        .from_a_spreadsheet = false,
        .slips = true,
        .day_without_orders = {},
        .promised = {5400, 4800, 1800, 7000, 4500, 1200},
        .resources = {{"goods", "3", {"3", "3", "2"}},
                      {"price", "1", {"yes", "no", "yes"}},
                      {"content", "12", {"12", "9", "6"}},
                      {"contact", "1", {"yes", "yes", "yes"}}},
        .forecasts = {{"diverted_users", {"2600", "2600", "2700"}, {"2300", "2700", "3100"}},
                      {"diversion_rate", {"10%", "10%", "10%"}, {"5%", "10%", "17%"}},
                      {"cost_per_user", {"7.00", "7.00", "7.00"}, {"9.00", "7.00", "5.00"}},
                      {"retention_rate", {"95%", "95%", "96%"}, {"92%", "95%", "98%"}},
                      {"churn_rate", {"4%", "4%", "4%"}, {"6%", "4%", "2%"}},
                      {"satisfaction", {"92%", "92%", "93%"}, {"88%", "92%", "96%"}},
                      {"interaction_rate", {"25%", "25%", "25%"}, {"18%", "24%", "35%"}},
                      {"gmv", {"450000", "460000", "460000"}, {"380000", "440000", "500000"}},
                      {"koc_posts", {"60", "75", "80"}, {"60", "75", "100"}},
                      {"koc_users", {"150", "160", "160"}, {"130", "160", "220"}},
                      {"referral_users", {"110", "110", "120"}, {"90", "120", "170"}}},
    };
}

}  // namespace siyu::sample
