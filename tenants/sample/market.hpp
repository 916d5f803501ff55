// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "tenants/sample/brand.hpp"
#include "tenants/sample/random.hpp"
#include "tenants/sample/table.hpp"

namespace siyu::sample {

// Plays the days of one brand, one after the other, and writes down what its exports would say.
class Market {
  public:
    explicit Market(const Brand& brand);

    void play();
    // One file per fact; the orders are two files where a day between them is missing.
    void save(const std::filesystem::path& folder) const;

  private:
    struct Customer {
        std::string id;
        std::string_view channel;
        int guide = 0;  // place in crew_
        int group = -1;
        int lessons = 0;  // of their camp
        Day since;
        bool friends = false, in_group = false, lively = false, devoted = false;

        bool gone() const { return !friends && !in_group; }
    };
    // Who looks after the members: guides of the agency, or of the brand's shops.
    struct Colleague {
        std::string id;
        int shop = -1;
        Day from = members_since, to = last_day;
        int new_contacts = 0, lost_contacts = 0;  // of today
    };
    struct Group {
        std::string id;
        Day opened;
        int members = 0, new_members = 0;  // of all days, of today
        std::vector<int> people;           // who ever joined
    };
    // Somebody who comes again for goods that are used up by then, -1 for anything, on a path, or on any.
    struct Need {
        int customer, goods = -1;
        std::string_view path = {};
    };

    // market.cpp: who comes, who goes
    void come(Day day, std::string_view channel, std::string_view inviter = "", std::string_view post = "");
    void go(int customer);
    void bring_traffic();
    void lose_members();
    // groups.cpp: where they meet
    void open_groups();
    int pick_group(Day day);
    void count_groups();
    // trade.cpp: what they buy, and what the whole brand sells
    void trade();
    void buy(const Need& need);
    void give_back(const std::string& order, int fen, std::vector<std::string>& row);
    std::string_view channel_of(const Customer& one, std::string_view path);
    void think_again(int customer, int goods, std::string_view path);
    void make_slips();
    // service.cpp: what the guides do for them
    void interact();
    void work();
    void serve();
    void count_up();
    // kocs.cpp: the best customers, who write
    void name_kocs();
    void spread();
    // shops.cpp, club.cpp, camp.cpp, agents.cpp: ways of working that only some brands have
    void open_shops();
    void change_colleagues();
    void sell_in_shops();
    void keep_memberships();
    void teach();
    void engage_agents();
    // plans.cpp: what was agreed
    void agree();

    Table& table(std::string_view fact) { return tables_.at(fact); }
    Customer& customer(int number) { return customers_[static_cast<std::size_t>(number)]; }
    Colleague& colleague(int place) { return crew_[static_cast<std::size_t>(place)]; }
    Group& group(int place) { return groups_[static_cast<std::size_t>(place)]; }
    int anyone() { return live_[static_cast<std::size_t>(random_.below(static_cast<int>(live_.size())))]; }
    // A moment of that day when people are awake, in seconds.
    int waking() { return random_.between(8 * 3600, 23 * 3600 - 1); }
    template <class T>
    const T& any(const std::vector<T>& of) {
        return of[static_cast<std::size_t>(random_.below(static_cast<int>(of.size())))];
    }
    // `aq07`: a kind of thing of this brand, and its number.
    std::string named(std::string_view kind, int number, int digits) const {
        return id(std::string(brand_.letter) + std::string(kind), number, digits);
    }
    // How busy today is, in percent of a usual day.
    int pace() const;
    bool flash_day() const;
    // The part of a full-time guide that works for the brand today, in percent.
    int share(const Colleague& one) const;
    int pick_guide();

    const Brand& brand_;
    Random random_;
    Day day_ = first_day;
    std::vector<Colleague> crew_;
    std::vector<Group> groups_;
    std::vector<Customer> customers_;
    std::vector<int> live_;  // customers who have not gone
    std::vector<int> joined_today_;
    std::map<Day, std::vector<Need>> due_;  // who buys again that day
    std::vector<std::string> writers_, recent_posts_;
    std::int64_t sold_today_ = 0;                  // fen
    std::map<int, std::int64_t> shop_sold_today_;  // fen, by shop
    int orders_ = 0, refunds_ = 0, tickets_ = 0, answers_ = 0, posts_ = 0;
    std::map<std::string_view, Table> tables_;  // by file name without .csv
};

}  // namespace siyu::sample
