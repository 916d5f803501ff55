// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// Pet nutrition, long value: who buys again, when, and where they came from.
Brand pawpaw() {
    return {
        .id = "pawpaw",
        .letter = "p",
        .seed = 33,
        .channels = {{"天猫", 110, 75, 30},
                     {"抖音", 90, 60, 45},
                     {"小程序", 40, 170, 15},
                     {"京东", 120, 110, 60},
                     {"短信", 60, 40, 8},
                     {"门店", 20, 260, 250}},
        .guides = {"g02", "g03", "g06", "g07"},
        .group_name = "爪爪铲屎官群",
        .groups = 8,
        .members_before = 3600,
        .friends_percent = 100,
        .groups_percent = 35,
        .leaves_per_100000 = 110,
        .interactions_per_1000 = 16,
        .orders = 11,
        .again_percent = 86,
        .again_days = 20,
        .goods = {{"主粮", {159, 219, 289}, 28}, {"零食", {29, 49, 69}, 18}, {"保健", {99, 129, 169}, 42}},
        .refunds_per_1000 = 45,
        .tickets = 5000,
        .surveys = 4000,
        .answered_percent = 88,
        .happy_percent = 92,
        .kocs = 12,
        .posts = 1200,
        .koc_users = 50,
        .referrals = 60,
        .private_percent = 19,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {3300, 2700, 1200, 3500, 1800, 600},
        .resources = {{"goods", "2", {"2", "2", "2"}}, {"price", "1", {"yes", "yes", "no"}}},
        .forecasts = {{"diverted_users", {"1300", "1350", "1400"}, {"1150", "1350", "1700"}},
                      {"diversion_rate", {"10%", "10%", "10%"}, {"5%", "10%", "17%"}},
                      {"cost_per_user", {"7.00", "7.00", "7.00"}, {"9.00", "7.00", "5.00"}},
                      {"retention_rate", {"95%", "96%", "96%"}, {"92%", "95%", "99%"}},
                      {"churn_rate", {"4%", "4%", "4%"}, {"5%", "3.5%", "1%"}},
                      {"satisfaction", {"92%", "92%", "92%"}, {"85%", "92%", "97%"}},
                      {"interaction_rate", {"14%", "14%", "14%"}, {"8%", "12%", "18%"}},
                      {"gmv", {"165000", "180000", "200000"}, {"150000", "180000", "250000"}},
                      {"repurchase_30d", {"22%", "23%", "24%"}, {"18%", "22%", "25%"}},
                      {"regulars_90d", {"6%", "7%", "7%"}, {"5%", "7%", "10%"}},
                      {"koc_posts", {"36", "36", "36"}, {"28", "36", "50"}},
                      {"koc_users", {"64", "90", "96"}, {"75", "90", "120"}},
                      {"referral_users", {"70", "75", "80"}, {"60", "75", "110"}}},
        .at_origin_percent = 86,
    };
}

}  // namespace siyu::sample
