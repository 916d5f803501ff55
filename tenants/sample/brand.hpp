// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"

// Who the made-up agency is: eight brands, each with another way to live on its members, and the guides that they
// share.
namespace siyu::sample {

// The facts end here, 120 days after they begin; members that were there before have joined since `members_since`.
inline constexpr Day last_day{20777};             // 2026-11-20
inline constexpr Day first_day = last_day - 119;  // 2026-07-24
inline constexpr Day members_since{20454};        // 2026-01-01

// Where the brand's traffic comes from: touches a day, how many of 1,000 join, what a touch costs.
struct Channel {
    std::string_view name;
    int touches, joins_per_1000, fen;
};

// A KPI of the forecast table for September, October and November, with lines that hold in all three.
struct Forecast {
    std::string_view kpi;
    std::array<std::string_view, 3> forecast;
    std::array<std::string_view, 3> lines;  // normal, good, excess
};

// A resource that the brand promised for each month besides traffic, and whether it came.
struct Resource {
    std::string_view name, promised;
    std::array<std::string_view, 3> delivered;
};

struct Goods {
    std::string_view category;
    std::vector<int> prices;  // in yuan
    int again_days = 0;       // how long it lasts; 0: as the brand's goods do
};

// What members do, and whether they do it in a group.
struct Kind {
    std::string_view name;
    bool in_group = false;
};

// Shops with guides of their own, who bring the people and sell to them.
struct Shops {
    int shops = 0, guides_each = 0;
    int sales = 0;          // of a shop, yuan a day
    int fetch_percent = 0;  // who comes to fetch an order and buys at full price besides
};

// A year or a quarter of being a member of the club, paid for; `percent` of those who join take it.
struct Plan {
    std::string_view name;
    int yuan, days, percent, renew_percent;
};

// A rank of agents, from the top down, and what one of them sells in a week.
struct Level {
    std::string_view name;
    int agents, sold;
};

struct Brand {
    std::string_view id, letter;
    std::uint64_t seed;
    std::vector<Channel> channels;
    std::vector<std::string_view> guides;
    std::string_view group_name;
    int groups;                           // when the facts begin
    int members_before;                   // on the eve of the first day
    int friends_percent, groups_percent;  // of those who join: becomes a guide's friend, enters a group
    int leaves_per_100000;                // of the members, a day
    int interactions_per_1000;            // of the members, a day
    int orders;                           // a day, besides those who buy again
    int again_percent, again_days;        // who buys again, and after how long
    std::vector<Goods> goods;
    int refunds_per_1000;
    int tickets, surveys;  // a day, in thousandths
    int answered_percent;  // within `answered_within` seconds
    int happy_percent;
    int kocs, posts;              // posts a day, in thousandths
    int koc_users, referrals;     // of 1,000 who join
    int private_percent;          // of the brand's sales
    int october_traffic_percent;  // of what is usual: the brand did not bring all it had promised
    bool from_a_spreadsheet;      // its touches come with Chinese headers in GB18030
    bool slips;                   // some of its rows are bad
    Day day_without_orders;       // nobody exported that day's orders; day 0: none such
    std::vector<int> promised;    // touches a month, by channel
    std::vector<Resource> resources;
    std::vector<Forecast> forecasts;

    // What only some ways of working have.
    std::vector<Kind> kinds = {{"group_message", true}, {"private_reply"}, {"click"},
                               {"group_message", true}, {"vote"},          {"campaign"}};
    int answered_within = 600;
    int group_every_days = 0;   // a new group opens; 0: never
    int guide_percent = 35;     // of the orders that name a guide, though they did not come by one
    int flash_times = 2;        // orders of a flash day, besides: so many usual days
    int at_origin_percent = 0;  // who buys where they came from; 0: anywhere
    int devoted = 0;            // members who buy every `devoted_days`, never leave and give back less
    int devoted_days = 0;
    int camp_days = 0;  // each Monday a camp begins, a group each; 0: no camps
    Shops shops = {};
    std::vector<Plan> plans = {};
    std::vector<Level> levels = {};
};

struct Guide {
    std::string_view id, name, type;
    int monthly_cost;  // yuan
};

struct Allocation {
    std::string_view guide, brand;
    int percent;  // of a full-time guide
    std::string_view from;
};

// brands/
Brand aurora();
Brand milou();
Brand pawpaw();
Brand qimu();
Brand lanyi();
Brand yunshe();
Brand qihang();
Brand chenniang();

const std::vector<Brand>& brands();
const std::vector<Guide>& guides();
const std::vector<Allocation>& allocations();

}  // namespace siyu::sample
