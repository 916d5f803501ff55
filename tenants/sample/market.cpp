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
    for (const std::string_view orders : {"1-orders", "2-orders"})
        tables.emplace(orders, Table({"order_id", "paid_at", "amount", "customer_id", "guide_id", "channel", "path",
                                      "category", "refunded", "refunded_at"}));
    return tables;
}

}  // namespace

Market::Market(const Brand& brand)
    : brand_(brand),
      random_(brand.seed),
      new_contacts_(brand.guides.size()),
      lost_contacts_(brand.guides.size()),
      new_members_(static_cast<std::size_t>(brand.groups)),
      members_(static_cast<std::size_t>(brand.groups)),
      tables_(empty_tables(brand)) {}

void Market::play() {
    open_groups();
    for (int i = 0; i < brand_.members_before; ++i) {
        const auto& channel =
            brand_.channels[static_cast<std::size_t>(random_.below(static_cast<int>(brand_.channels.size())))];
        come(members_since + random_.below(first_day - members_since), channel.name);
    }
    for (; day_ <= last_day; ++day_) {
        for (auto* today : {&new_contacts_, &lost_contacts_, &new_members_}) std::fill(today->begin(), today->end(), 0);
        joined_today_.clear();
        spread();
        bring_traffic();
        lose_members();
        interact();
        trade();
        work();
        serve();
        count_up();
    }
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

int Market::share(std::string_view guide) const {
    int percent = 0;
    for (const Allocation& one : allocations())
        if (one.guide == guide && one.brand == brand_.id && *parse_day(one.from) <= day_) percent += one.percent;
    return percent;
}

// Who works more for the brand gets more of its customers.
int Market::pick_guide() {
    int all = 0;
    for (const auto guide : brand_.guides) all += share(guide);
    int left = random_.below(all), place = 0;
    for (; left >= share(brand_.guides[static_cast<std::size_t>(place)]); ++place)
        left -= share(brand_.guides[static_cast<std::size_t>(place)]);
    return place;
}

void Market::open_groups() {
    for (int i = 0; i < brand_.groups; ++i) {
        const bool premium = i % 5 == 0;
        table("groups").row({id(std::string(brand_.letter) + "q", i + 1, 2),
                             std::string(brand_.group_name) + (premium ? "·尊享" : "") + std::to_string(i + 1) + "群",
                             premium ? "premium" : "regular",
                             id(std::string(brand_.letter) + "k", i % brand_.kocs + 1, 2),
                             std::string(brand_.guides[static_cast<std::size_t>(i) % brand_.guides.size()]),
                             to_string(members_since - random_.between(10, 200))});
    }
}

// Who comes becomes the guide's friend, enters a group some minutes later, or both.
void Market::come(Day day, std::string_view channel, std::string_view inviter, std::string_view post) {
    Customer one;
    one.id = id(std::string(brand_.letter), static_cast<int>(customers_.size()) + 1, 6);
    one.guide = pick_guide();
    one.since = day;
    one.lively = random_.percent(34);
    one.in_group = random_.percent(brand_.groups_percent);
    one.friends = !one.in_group || random_.percent(brand_.friends_percent);
    const int number = static_cast<int>(customers_.size());
    const std::string guide(brand_.guides[static_cast<std::size_t>(one.guide)]);
    int second = waking();
    const auto row = [&](const std::string& group) {
        table("joins").row({instant(day, second), one.id, guide, group, std::string(channel), std::string(inviter),
                            std::string(post)});
    };
    if (one.friends) {
        row("");
        if (day == day_) ++new_contacts_[static_cast<std::size_t>(one.guide)];
        second += random_.between(60, 1800);
    }
    if (one.in_group) {
        one.group = random_.below(brand_.groups);
        row(id(std::string(brand_.letter) + "q", one.group + 1, 2));
        ++members_[static_cast<std::size_t>(one.group)];
        if (day == day_) ++new_members_[static_cast<std::size_t>(one.group)];
    }
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
    for (int i = 0; i < from_posts; ++i)
        come(day_, "小红书", "",
             recent_posts_[static_cast<std::size_t>(random_.below(static_cast<int>(recent_posts_.size())))]);
    const int from_friends = random_.about(std::int64_t{came} * brand_.referrals);
    for (int i = 0; i < from_friends; ++i) come(day_, "好友推荐", customer(anyone()).id);
}

// Three in five delete everything, the others only the group or only the guide; some of today's newcomers go at once.
void Market::go(int number) {
    Customer& one = customer(number);
    const int second = one.since == day_ ? random_.between(23 * 3600 + 1900, 86399) : waking();
    const bool all = random_.percent(60);
    const bool group = !all && one.in_group && random_.percent(65);
    const std::string guide(brand_.guides[static_cast<std::size_t>(one.guide)]);
    table("leaves").row({instant(day_, second), one.id, all || group ? "" : guide,
                         group ? id(std::string(brand_.letter) + "q", one.group + 1, 2) : ""});
    if (one.friends && !group) {
        ++lost_contacts_[static_cast<std::size_t>(one.guide)];
        one.friends = false;
    }
    if (one.in_group && (all || group)) {
        --members_[static_cast<std::size_t>(one.group)];
        one.in_group = false;
    }
    if (one.gone()) live_.erase(std::find(live_.begin(), live_.end(), number));
}

void Market::lose_members() {
    const int leaving = random_.about(static_cast<std::int64_t>(live_.size()) * brand_.leaves_per_100000 / 100);
    for (int i = 0; i < leaving; ++i) go(anyone());
    for (const int number : joined_today_)
        if (random_.percent(3) && !customer(number).gone()) go(number);
}

}  // namespace siyu::sample
