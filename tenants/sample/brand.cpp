// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/brand.hpp"

namespace siyu::sample {

namespace {

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

// Infant formula, community first: what counts is staying.
Brand milou() {
    return {
        .id = "milou",
        .letter = "m",
        .seed = 22,
        .channels = {{"天猫", 90, 90, 30},
                     {"抖音", 80, 50, 45},
                     {"小程序", 50, 200, 15},
                     {"包裹卡", 140, 130, 150},
                     {"短信", 70, 40, 8},
                     {"门店", 50, 280, 250}},
        .guides = {"g03", "g04", "g05", "g07"},
        .group_name = "米鹿妈妈群",
        .groups = 28,
        .members_before = 4600,
        .friends_percent = 60,
        .groups_percent = 92,
        .leaves_per_100000 = 90,
        .interactions_per_1000 = 32,
        .orders = 19,
        .again_percent = 58,
        .again_days = 33,
        .goods = {{"奶粉", {268, 328, 398}}, {"纸尿裤", {109, 139}}, {"辅食", {39, 59, 69}}, {"洗护", {49, 79}}},
        .refunds_per_1000 = 40,
        .tickets = 9000,
        .surveys = 7000,
        .answered_percent = 91,
        .happy_percent = 95,
        .kocs = 16,
        .posts = 2300,
        .koc_users = 60,
        .referrals = 110,
        .private_percent = 26,
        .october_traffic_percent = 100,
        .from_a_spreadsheet = true,
        .slips = false,
        .day_without_orders = last_day - 8,  // 2026-11-12
        .promised = {2600, 2300, 1500, 4000, 2000, 1500},
        .resources = {{"goods", "2", {"2", "2", "2"}},
                      {"content", "20", {"20", "18", "11"}},
                      {"contact", "1", {"yes", "yes", "yes"}}},
        .forecasts = {{"diverted_users", {"1900", "2000", "2100"}, {"1700", "2000", "2500"}},
                      {"diversion_rate", {"13%", "13%", "13%"}, {"8%", "13%", "18%"}},
                      {"cost_per_user", {"6.50", "6.50", "6.50"}, {"8.00", "6.50", "5.00"}},
                      {"retention_rate", {"96%", "97%", "97%"}, {"94%", "97%", "99%"}},
                      {"group_retention", {"95%", "96%", "96%"}, {"85%", "90%", "99%"}},
                      {"churn_rate", {"3%", "3%", "3%"}, {"4%", "3%", "1%"}},
                      {"satisfaction", {"94%", "94%", "95%"}, {"92%", "95%", "98%"}},
                      {"interaction_rate", {"30%", "30%", "30%"}, {"22%", "28%", "32%"}},
                      {"response_rate", {"90%", "90%", "90%"}, {"80%", "90%", "97%"}},
                      {"gmv", {"210000", "230000", "260000"}, {"190000", "230000", "300000"}},
                      {"koc_posts", {"70", "70", "72"}, {"55", "70", "95"}},
                      {"koc_users", {"100", "105", "110"}, {"85", "105", "150"}},
                      {"referral_users", {"200", "260", "280"}, {"220", "270", "340"}}},
    };
}

// Pet nutrition, long value: who buys again, and when.
Brand pawpaw() {
    return {
        .id = "pawpaw",
        .letter = "p",
        .seed = 33,
        .channels = {{"天猫", 110, 75, 30},
                     {"抖音", 90, 60, 45},
                     {"小程序", 40, 170, 15},
                     {"包裹卡", 120, 110, 150},
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
        .again_percent = 70,
        .again_days = 20,
        .goods = {{"主粮", {159, 219, 289}}, {"零食", {29, 49, 69}}, {"保健", {99, 129, 169}}},
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
    };
}

}  // namespace

const std::vector<Brand>& brands() {
    static const std::vector<Brand> all{aurora(), milou(), pawpaw()};
    return all;
}

const std::vector<Guide>& guides() {
    static const std::vector<Guide> all{
        {"g01", "林晓", "brand", 9800},   {"g02", "陈静", "category", 8600}, {"g03", "王磊", "general", 7800},
        {"g04", "赵敏", "brand", 10500},  {"g05", "孙悦", "category", 8800}, {"g06", "周宁", "brand", 9200},
        {"g07", "吴桐", "general", 7600}, {"g08", "何苗", "general", 7000},
    };
    return all;
}

// Shared guides add up to one; g08 came with the autumn.
const std::vector<Allocation>& allocations() {
    static const std::vector<Allocation> all{
        {"g01", "aurora", 100, "2026-01-01"}, {"g02", "aurora", 50, "2026-01-01"}, {"g02", "pawpaw", 50, "2026-01-01"},
        {"g03", "aurora", 40, "2026-01-01"},  {"g03", "milou", 30, "2026-01-01"},  {"g03", "pawpaw", 30, "2026-01-01"},
        {"g04", "milou", 100, "2026-01-01"},  {"g05", "aurora", 50, "2026-01-01"}, {"g05", "milou", 50, "2026-01-01"},
        {"g06", "pawpaw", 100, "2026-01-01"}, {"g07", "milou", 60, "2026-01-01"},  {"g07", "pawpaw", 40, "2026-01-01"},
        {"g08", "aurora", 50, "2026-09-01"},
    };
    return all;
}

}  // namespace siyu::sample
