// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

#include <algorithm>

namespace siyu::sample {

namespace {

// Monday to Sunday, then the great days of the trade.
constexpr std::array<int, 7> rhythm{92, 88, 90, 95, 108, 118, 109};

std::map<std::string_view, Table> empty_tables(const Brand& brand) {
    std::map<std::string_view, Table> tables{
        {"joins", Table({"joined_at", "customer_id", "guide_id", "group_id", "channel", "inviter_id", "post_id"})},
        {"leaves", Table({"left_at", "customer_id", "guide_id", "group_id"})},
        {"interactions", Table({"at", "customer_id", "kind", "guide_id", "group_id", "campaign"})},
        {"guide_actions", Table({"at", "guide_id", "kind", "target", "count"})},
        {"tickets", Table({"ticket_id", "opened_at", "first_response_at", "resolved_at", "customer_id", "guide_id"})},
        {"surveys", Table({"at", "score", "response_id", "customer_id", "guide_id"})},
        {"refunds", Table({"refund_id", "order_id", "at", "amount"})},
        {"posts", Table({"post_id", "posted_at", "koc_id", "platform", "url"})},
        {"kocs", Table({"koc_id", "customer_id", "name", "status", "since"})},
        {"groups", Table({"group_id", "name", "tier", "koc_id", "guide_id", "opened_on"})},
        {"guide_days", Table({"date", "guide_id", "chats", "messages", "reply_percentage", "avg_reply_minutes",
                              "negative_feedback", "new_applies", "new_contacts"})},
        {"group_days", Table({"date", "group_id", "members", "new_members", "active_members", "messages"})},
        {"brand_sales", Table({"date", "channel", "gmv"})},
        {"commitments", Table({"month", "resource", "promised", "delivered", "channel"})},
        {"forecast", Table({"month", "kpi", "forecast", "normal", "good", "excess"})},
    };
    tables.emplace("touches", brand.from_a_spreadsheet ? Table({"日期", "渠道", "触达数", "花费", "活动"})
                                                       : Table({"date", "channel", "touches", "cost", "campaign"}));
    std::vector<std::string_view> order{"order_id", "paid_at", "amount",   "customer_id", "guide_id",
                                        "channel",  "path",    "category", "refunded",    "refunded_at"};
    if (brand.shops.shops) order.push_back("pricing");
    for (const std::string_view orders : {"1-orders", "2-orders"}) tables.emplace(orders, Table(order));
    if (brand.shops.shops) {
        tables.emplace("stores", Table({"store_id", "name", "region", "opened_on"}));
        tables.emplace("store_guides", Table({"store_id", "guide_id", "name", "from", "to"}));
        tables.emplace("store_sales", Table({"date", "store_id", "gmv"}));
    }
    if (!brand.plans.empty()) tables.emplace("memberships", Table({"customer_id", "plan", "from", "to", "price"}));
    if (!brand.levels.empty()) {
        tables.emplace("agents", Table({"agent_id", "customer_id", "name", "level", "since", "to", "upline_id"}));
        tables.emplace("agent_stock", Table({"date", "agent_id", "stocked", "sold", "on_hand"}));
    }
    return tables;
}

}  // namespace

Market::Market(const Brand& brand) : brand_(brand), random_(brand.seed), tables_(empty_tables(brand)) {
    for (const std::string_view guide : brand.guides) crew_.push_back({std::string(guide)});
}

void Market::play() {
    open_shops();
    open_groups();
    for (int i = 0; i < brand_.members_before; ++i)
        come(members_since + random_.below(first_day - members_since), any(brand_.channels).name);
    name_kocs();
    for (; day_ <= last_day; ++day_) {
        joined_today_.clear();
        sold_today_ = 0;
        shop_sold_today_.clear();
        change_colleagues();
        spread();
        bring_traffic();
        lose_members();
        interact();
        teach();
        trade();
        work();
        serve();
        count_up();
        count_groups();
    }
    keep_memberships();
    engage_agents();
    agree();
    if (brand_.slips) make_slips();
}

void Market::save(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    for (const auto& [name, table] : tables_) {
        std::string file(name);
        if (!brand_.day_without_orders.number) {
            if (name == "2-orders") continue;
            if (name == "1-orders") file = "orders";
        }
        const bool spreadsheet = brand_.from_a_spreadsheet && name == "touches";
        table.save(folder / (file + ".csv"), spreadsheet ? Encoding::gb18030 : Encoding::utf8);
    }
}

int Market::pace() const {
    const Civil date = civil(day_);
    int percent = rhythm[static_cast<std::size_t>(weekday(day_))];
    if (date.month == 11 && date.day >= 9 && date.day <= 11) percent = percent * (date.day == 11 ? 260 : 150) / 100;
    if (date.month == 10 && date.day <= 7) percent = percent * 80 / 100;  // the week of the national holiday
    return percent;
}

// Once a month, on a dull day.
bool Market::flash_day() const { return civil(day_).day == 18; }

int Market::share(const Colleague& one) const {
    if (one.shop >= 0) return one.from <= day_ && day_ <= one.to ? 100 : 0;
    int percent = 0;
    for (const Allocation& some : allocations())
        if (some.guide == one.id && some.brand == brand_.id && *parse_day(some.from) <= day_) percent += some.percent;
    return percent;
}

// Who works more for the brand gets more of its customers.
int Market::pick_guide() {
    int all = 0;
    for (const Colleague& one : crew_) all += share(one);
    int left = random_.below(all), place = 0;
    for (; left >= share(colleague(place)); ++place) left -= share(colleague(place));
    return place;
}

// Who comes becomes the guide's friend, enters a group some minutes later, or both.
void Market::come(Day day, std::string_view channel, std::string_view inviter, std::string_view post) {
    const int number = static_cast<int>(customers_.size());
    Customer one;
    one.id = named("", number + 1, 6);
    one.channel = channel;
    one.guide = pick_guide();
    one.since = day;
    one.devoted = number < brand_.devoted;
    one.lively = random_.percent(34) || one.devoted;
    one.in_group = random_.percent(brand_.groups_percent);
    one.friends = !one.in_group || random_.percent(brand_.friends_percent);
    int second = waking();
    const auto row = [&](const std::string& group_id) {
        table("joins").row({instant(day, second), one.id, colleague(one.guide).id, group_id, std::string(channel),
                            std::string(inviter), std::string(post)});
    };
    if (one.friends) {
        row("");
        if (day == day_) ++colleague(one.guide).new_contacts;
        second += random_.between(60, 1800);
    }
    if (one.in_group) {
        one.group = pick_group(day);
        Group& joined = group(one.group);
        row(joined.id);
        ++joined.members;
        joined.people.push_back(number);
        if (day == day_) ++joined.new_members;
    }
    if (one.devoted) due_[first_day + random_.below(brand_.devoted_days)].push_back({number});
    customers_.push_back(one);
    live_.push_back(number);
    if (day == day_) joined_today_.push_back(number);
}

void Market::bring_traffic() {
    const bool october = civil(day_).month == 10;
    const int percent = pace() * (october ? brand_.october_traffic_percent : 100) / 100;
    int came = 0;
    for (const Channel& channel : brand_.channels) {
        const int touches = random_.about(std::int64_t{channel.touches} * percent * 10);
        const bool campaign = flash_day() && channel.name == "短信";
        table("touches").row({to_string(day_), std::string(channel.name), std::to_string(touches),
                              yuan(std::int64_t{touches} * channel.fen), campaign ? "会员日" : ""});
        const int joins = random_.about(std::int64_t{touches} * channel.joins_per_1000);
        for (int i = 0; i < joins; ++i) come(day_, channel.name);
        came += joins;
    }
    const int from_posts = recent_posts_.empty() ? 0 : random_.about(std::int64_t{came} * brand_.koc_users);
    for (int i = 0; i < from_posts; ++i) come(day_, "小红书", "", any(recent_posts_));
    const int from_friends = random_.about(std::int64_t{came} * brand_.referrals);
    for (int i = 0; i < from_friends; ++i) come(day_, "好友推荐", customer(anyone()).id);
}

// Three in five delete everything, the others only the group or only the guide; some of today's newcomers go at once.
void Market::go(int number) {
    Customer& one = customer(number);
    const int second = one.since == day_ ? random_.between(23 * 3600 + 1900, 86399) : waking();
    const bool all = random_.percent(60);
    const bool from_group = !all && one.in_group && random_.percent(65);
    table("leaves").row({instant(day_, second), one.id, all || from_group ? "" : colleague(one.guide).id,
                         from_group ? group(one.group).id : ""});
    if (one.friends && !from_group) {
        ++colleague(one.guide).lost_contacts;
        one.friends = false;
    }
    if (one.in_group && (all || from_group)) {
        --group(one.group).members;
        one.in_group = false;
    }
    if (one.gone()) live_.erase(std::find(live_.begin(), live_.end(), number));
}

void Market::lose_members() {
    const int leaving = random_.about(static_cast<std::int64_t>(live_.size()) * brand_.leaves_per_100000 / 100);
    for (int i = 0; i < leaving; ++i)
        if (const int number = anyone(); !customer(number).devoted) go(number);
    for (const int number : joined_today_)
        if (random_.percent(3) && !customer(number).gone()) go(number);
}

}  // namespace siyu::sample
