// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

// A club whose members pay a yearly or quarterly fee and have somebody of their own to ask, day and night.
Brand yunshe() {
    return {
        .id = "yunshe",
        .letter = "y",
        .seed = 66,
        .channels = {{"小程序", 60, 120, 15}, {"门店", 30, 260, 80}, {"短信", 40, 60, 8}},
        .guides = {"g09", "g10", "g11", "g12", "g13", "g14", "g15", "g16"},
        .group_name = "云舍会友",
        .groups = 12,
        .members_before = 2400,
        .friends_percent = 100,
        .groups_percent = 22,
        .leaves_per_100000 = 40,
        .interactions_per_1000 = 22,
        .orders = 16,
        .again_percent = 52,
        .again_days = 28,
        .goods = {{"周末营地", {680, 980, 1580}}, {"亲子课程", {199, 299, 499}}, {"伴手礼", {98, 168}}},
        .refunds_per_1000 = 35,
        .tickets = 24000,
        .surveys = 9000,
        .answered_percent = 94,
        .happy_percent = 96,
        .kocs = 10,
        .posts = 700,
        .koc_users = 30,
        .referrals = 150,
        .private_percent = 44,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = false,
        .slips = false,
        .day_without_orders = {},
        .promised = {1800, 900, 1200},
        .resources = {{"goods", "2", {"2", "2", "2"}}, {"contact", "1", {"yes", "yes", "yes"}}},
        .forecasts = {{"diverted_users", {"580", "600", "620"}, {"480", "600", "760"}},
                      {"retention_rate", {"98%", "98%", "98%"}, {"96%", "98%", "99%"}},
                      {"satisfaction", {"95%", "95%", "96%"}, {"92%", "95%", "98%"}},
                      {"gmv", {"720000", "780000", "820000"}, {"620000", "760000", "950000"}},
                      {"answered_at_once", {"93%", "93%", "94%"}, {"88%", "93%", "98%"}},
                      {"renewal_rate", {"65%", "65%", "66%"}, {"58%", "65%", "75%"}}},
        .kinds = {{"private_reply"}, {"private_reply"}, {"click"}, {"group_message", true}},
        .answered_within = 58,
        .plans = {{"季卡", 128, 92, 22, 55},
                  {"银卡", 365, 365, 24, 66},
                  {"金卡", 999, 365, 13, 78},
                  {"黑金卡", 2999, 365, 4, 90}},
    };
}

}  // namespace siyu::sample
