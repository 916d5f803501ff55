// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// Clothes from twelve shops: sixty guides bring the people, three moments, chats and group messages each day, and the
// members' day sells a third of the month.
Brand qimu() {
    return {
        .id = "qimu",
        .letter = "q",
        .seed = 44,
        .channels = {{"门店", 82, 310, 60}, {"小程序", 60, 110, 15}, {"包裹卡", 70, 90, 150}},
        .guides = {"g17", "g18"},
        .group_name = "栖木衣橱",
        .groups = 36,
        .members_before = 2600,
        .friends_percent = 100,
        .groups_percent = 55,
        .leaves_per_100000 = 70,
        .interactions_per_1000 = 18,
        .orders = 32,
        .again_percent = 30,
        .again_days = 30,
        .goods = {{"针织", {199, 259, 329}}, {"外套", {459, 599, 799}}, {"裤装", {179, 229, 299}}, {"配饰", {59, 89}}},
        .refunds_per_1000 = 80,
        .tickets = 5000,
        .surveys = 4000,
        .answered_percent = 87,
        .happy_percent = 93,
        .kocs = 12,
        .posts = 900,
        .koc_users = 20,
        .referrals = 60,
        .private_percent = 14,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {2500, 1800, 2100},
        .resources = {{"goods", "4", {"4", "4", "3"}}, {"price", "1", {"yes", "yes", "yes"}}},
        .forecasts = {{"diverted_users", {"1150", "1200", "1250"}, {"960", "1150", "1500"}},
                      {"retention_rate", {"97%", "97%", "97%"}, {"94%", "97%", "99%"}},
                      {"satisfaction", {"92%", "92%", "93%"}, {"88%", "92%", "96%"}},
                      {"gmv", {"900000", "980000", "1050000"}, {"780000", "950000", "1200000"}},
                      {"interaction_rate", {"28%", "28%", "28%"}, {"20%", "27%", "36%"}},
                      {"guide_333", {"55%", "55%", "60%"}, {"45%", "55%", "70%"}},
                      {"new_members_per_store", {"100", "102", "106"}, {"80", "100", "130"}},
                      {"wechat_share", {"15%", "15%", "16%"}, {"12%", "15%", "20%"}},
                      {"flash_share_365d", {"36%", "36%", "36%"}, {"33%", "40%", "45%"}}},
        .guide_percent = 92,
        .flash_times = 18,
        .shops = {.shops = 12, .guides_each = 5, .sales = 16500, .fetch_percent = 48},
    };
}

}  // namespace siyu::sample
