// SPDX-License-Identifier: Apache-2.0
#include "core/check/generated_facts.hpp"

#include <cstdint>
#include <initializer_list>

namespace siyu {

namespace {

constexpr int days = 40, customers = 120, guides = 6, groups = 5, kocs = 6, stores = 4, store_guides = 8, agents = 9;
constexpr const char* channels[] = {"天猫", "京东", "抖音", ""};

// Numbers without order, the same each time.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
    int below(int bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(bound));
    }
    bool one_in(int times) { return below(times) == 0; }

  private:
    std::uint64_t state_;
};

class Csv {
  public:
    explicit Csv(const std::string& header) : text_(header + "\n") {}
    void row(const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text_ += (i ? "," : "") + quoted(cells[i]);
        text_ += "\n";
    }
    const std::string& text() const { return text_; }

  private:
    static std::string quoted(const std::string& cell) {
        if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
        std::string out = "\"";
        for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        return out + "\"";
    }
    std::string text_;
};

std::string number(std::int64_t value) { return std::to_string(value); }
std::string two(int value) { return (value < 10 ? "0" : "") + number(value); }

// The brand: who is who, and what happened.
class Brand {
  public:
    explicit Brand(Names names) : prefix_(names == Names::hostile ? std::string(hostile_name) : std::string()) {}

    std::vector<std::pair<Fact, std::string>> facts() {
        agency();
        rosters();
        traffic();
        people();
        service();
        sales();
        plans();
        return std::move(facts_);
    }

  private:
    void add(Fact fact, const Csv& csv) { facts_.emplace_back(fact, csv.text()); }
    std::string named(const std::string& name) const { return prefix_ + name; }
    std::string guide(int i) const { return named("g" + number(i)); }
    std::string group(int i) const { return named("q" + number(i)); }
    std::string koc(int i) const { return named("k" + number(i)); }
    std::string shop(int i) const { return named("s" + number(i)); }
    std::string shop_guide(int i) const { return named("sg" + number(i)); }
    std::string agent(int i) const { return named("a" + number(i)); }
    static std::string customer(int i) { return "c" + number(i); }
    std::string channel(int i) const { return *channels[i] ? named(channels[i]) : std::string(); }
    static std::string date(int day) { return to_string(first_generated_day() + day); }
    static std::string at(int day, int minute) {
        return date(day + minute / 1440) + " " + two(minute % 1440 / 60) + ":" + two(minute % 60) + ":00";
    }

    void agency() {
        Csv roster("guide_id,name,type,monthly_cost,from,to");
        Csv allocations("guide_id,tenant,share,from,to");
        const char* types[] = {"general", "category", "brand"};
        for (int i = 0; i < guides; ++i) {
            roster.row({guide(i), named("导购" + number(i)), types[i % 3], number(6000 + 500 * i), "2025-01-01", ""});
            allocations.row({guide(i), "t", i % 2 ? "0.5" : "1", i == 5 ? date(20) : "2025-01-01", ""});
        }
        add(Fact::guides, roster);
        add(Fact::allocations, allocations);
    }

    void rosters() {
        Csv koc_rows("koc_id,customer_id,name,status,since"),
            group_rows("group_id,name,tier,koc_id,guide_id,opened_on");
        const char* statuses[] = {"active", "rotating", "standby", "candidate"};
        for (int i = 0; i < kocs; ++i)
            koc_rows.row({koc(i), customer(i), named("达人" + number(i)), statuses[i % 4], date(i - 60)});
        for (int i = 0; i < groups; ++i)
            group_rows.row({group(i), named("群" + number(i)), i % 2 ? "regular" : "premium", koc(i), guide(i),
                            i == 4 ? date(15) : date(-90)});
        add(Fact::kocs, koc_rows);
        add(Fact::groups, group_rows);

        Csv store_rows("store_id,name,region,opened_on"), store_guide_rows("store_id,guide_id,name,from,to");
        for (int i = 0; i < stores; ++i)
            store_rows.row({shop(i), named("门店" + number(i)), named(i % 2 ? "华南" : "华东"), date(-400 + i)});
        for (int i = 0; i < store_guides; ++i)
            store_guide_rows.row({shop(i % stores), i < guides ? guide(i) : shop_guide(i), named("店员" + number(i)),
                                  date(-100), i == 7 ? date(25) : ""});
        add(Fact::stores, store_rows);
        add(Fact::store_guides, store_guide_rows);

        Csv member_rows("customer_id,plan,from,to,price"),
            agent_rows("agent_id,customer_id,name,level,since,to,upline_id");
        for (int i = 0; i < 30; ++i) {
            const int begin = i - 365;
            member_rows.row({customer(i), named(i % 3 ? "年卡" : "尊享"), date(begin), date(begin + 364), number(399)});
            if (i % 3) member_rows.row({customer(i), named("年卡"), date(begin + 365), date(begin + 729), number(365)});
        }
        for (int i = 0; i < agents; ++i)
            agent_rows.row({agent(i), customer(40 + i), named("代理" + number(i)), named("L" + number(1 + i % 3)),
                            i < 6 ? date(-50 + i) : date(3 * i), "", i < 3 ? "" : agent(i % 3)});
        add(Fact::memberships, member_rows);
        add(Fact::agents, agent_rows);
    }

    void traffic() {
        Dice dice(1);
        Csv touches("date,channel,touches,cost,campaign"), brand("date,channel,gmv"), store("date,store_id,gmv"),
            stock("date,agent_id,stocked,sold,on_hand");
        for (int day = 0; day < days; ++day) {
            for (int i = 0; i < 4; ++i) {
                touches.row({date(day), channel(i), number(200 + dice.below(300)), number(50 + dice.below(90)),
                             i == 0 ? named("上新") : ""});
                brand.row({date(day), channel(i), number(20000 + dice.below(9000))});
            }
            for (int i = 0; i < stores; ++i) store.row({date(day), shop(i), number(8000 + dice.below(4000))});
            for (int i = 0; i < agents; i += 2)
                stock.row(
                    {date(day), agent(i), number(dice.below(30)), number(dice.below(25)), number(dice.below(200))});
        }
        add(Fact::touches, touches);
        add(Fact::brand_sales, brand);
        add(Fact::store_sales, store);
        add(Fact::agent_stock, stock);
    }

    void people() {
        Dice dice(2);
        Csv joins("joined_at,customer_id,guide_id,group_id,channel,inviter_id,post_id"),
            leaves("left_at,customer_id,guide_id,group_id"), posts("post_id,posted_at,koc_id,platform,url"),
            interactions("at,customer_id,kind,guide_id,group_id,campaign");
        const char* kinds[] = {"private_reply", "group_message", "live", "vote", "click"};
        for (int i = 0; i < customers; ++i) {
            const int day = i < 60 ? 0 : (i - 60) % days, minute = dice.below(1440);
            joins.row({at(day, minute), customer(i), guide(i % guides), i % 2 ? group(i % groups) : "", channel(i % 4),
                       i % 7 ? "" : customer(i / 7), i % 5 ? "" : "p" + number(i % 20)});
            if (i % 9 == 0)
                leaves.row({at(day + 1 + dice.below(8), minute), customer(i), guide(i % guides),
                            i % 2 ? group(i % groups) : ""});
            for (int j = 0; j < 6; ++j)
                interactions.row({at(dice.below(days), dice.below(1440)), customer(i), kinds[dice.below(5)],
                                  guide(i % guides), j % 2 ? group(i % groups) : "", ""});
        }
        for (int i = 0; i < 60; ++i)
            posts.row({"p" + number(i), at(i * 2 / 3, dice.below(1440)), koc(i % kocs), named("小红书"), ""});
        add(Fact::posts, posts);
        add(Fact::joins, joins);
        add(Fact::leaves, leaves);
        add(Fact::interactions, interactions);
    }

    void service() {
        Dice dice(3);
        Csv actions("at,guide_id,kind,target,count"),
            guide_days(
                "date,guide_id,chats,messages,reply_percentage,"
                "avg_reply_minutes,negative_feedback,new_applies,"
                "new_contacts"),
            group_days("date,group_id,members,new_members,active_members,messages"),
            tickets("ticket_id,opened_at,first_response_at,resolved_at,customer_id,guide_id"),
            surveys("at,score,response_id,customer_id,guide_id");
        const char* kinds[] = {"moment", "private_chat", "group_message"};
        int ticket = 0;
        for (int day = 0; day < days; ++day) {
            for (int i = 0; i < store_guides; ++i) {
                const std::string who = i < guides ? guide(i) : shop_guide(i);
                for (int kind = 0; kind < 3; ++kind)
                    for (int j = 0; j < 2 + dice.below(3); ++j)
                        actions.row({at(day, 60 * kind + j), who, kinds[kind], kind ? "t" + number(j) : "", ""});
                if (i >= guides) continue;
                guide_days.row({date(day), who, number(10 + dice.below(20)), number(40 + dice.below(40)),
                                dice.one_in(9) ? "" : number(70 + dice.below(30)) + "%",
                                dice.one_in(9) ? "" : number(1 + dice.below(15)), number(dice.below(2)),
                                number(dice.below(5)), number(dice.below(4))});
            }
            for (int i = 0; i < groups; ++i)
                group_days.row({date(day), group(i), number(80 + dice.below(20)), number(dice.below(6)),
                                dice.one_in(7) ? "" : number(20 + dice.below(40)), number(dice.below(300))});
            for (int i = 0; i < 3; ++i, ++ticket) {
                const int minute = dice.below(1300), first = 1 + dice.below(25), later = dice.below(4000);
                tickets.row({"w" + number(ticket), at(day, minute), dice.one_in(8) ? "" : at(day, minute + first),
                             dice.one_in(6) ? "" : at(day, minute + first + later), customer(dice.below(customers)),
                             guide(i)});
                surveys.row({at(day, minute), number(2 + dice.below(4)), "r" + number(ticket),
                             customer(dice.below(customers)), guide(i)});
            }
        }
        add(Fact::guide_actions, actions);
        add(Fact::guide_days, guide_days);
        add(Fact::group_days, group_days);
        add(Fact::tickets, tickets);
        add(Fact::surveys, surveys);
    }

    void sales() {
        Dice dice(4);
        Csv orders("order_id,paid_at,amount,customer_id,guide_id,channel,path,category,refunded,refunded_at,pricing"),
            refunds("refund_id,order_id,at,amount");
        const char* paths[] = {"self", "guide", "pickup", "live", "flash", "shop"};
        for (int i = 0; i < 12 * days; ++i) {
            const int day = i / 12, amount = 30 + dice.below(900);
            orders.row({"o" + number(i), at(day, dice.below(1440)), number(amount) + "." + two(dice.below(100)),
                        dice.one_in(15) ? "" : customer(dice.below(customers)), guide(dice.below(guides)),
                        channel(dice.below(4)), paths[dice.below(6)], named(dice.one_in(2) ? "主粮" : "零食"), "", "",
                        dice.one_in(3) ? "discount" : "full"});
            if (i % 17 == 0) refunds.row({"f" + number(i), "o" + number(i), at(day + 2, 720), number(amount / 2)});
        }
        add(Fact::orders, orders);
        add(Fact::refunds, refunds);
    }

    void plans() {
        Csv forecast("month,kpi,forecast,normal,good,excess"), commitments("month,resource,promised,delivered,channel");
        for (const char* month : {"2025-12", "2026-01"}) {
            forecast.row({month, "gmv", "200000", "160000", "200000", "240000"});
            forecast.row({month, "diverted_users", "90", "", "", ""});
            commitments.row({month, "touches", "40000", "", channel(0)});
            commitments.row({month, named("直播"), "2", "1", ""});
        }
        add(Fact::forecast, forecast);
        add(Fact::commitments, commitments);
    }

    std::string prefix_;
    std::vector<std::pair<Fact, std::string>> facts_;
};

}  // namespace

// A Monday, so that the forty days hold whole weeks, and a turn of the year.
Day first_generated_day() { return *day_of(2025, 12, 1); }

Period generated_period(Rhythm rhythm) {
    return rhythm == Rhythm::monthly ? period_of(rhythm, first_generated_day())
                                     : period_of(rhythm, first_generated_day() + 34);
}

std::vector<std::pair<Fact, std::string>> generated_facts(Names names) { return Brand(names).facts(); }

}  // namespace siyu
