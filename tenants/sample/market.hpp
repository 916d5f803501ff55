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
        int guide = 0;  // place in brand_.guides
        int group = -1;
        Day since;
        bool friends = false, in_group = false, lively = false;

        bool gone() const { return !friends && !in_group; }
    };

    // market.cpp: who comes, who goes
    void open_groups();
    void come(Day day, std::string_view channel, std::string_view inviter = "", std::string_view post = "");
    void go(int customer);
    void bring_traffic();
    void lose_members();
    // trade.cpp: what they buy, and what the whole brand sells
    void trade();
    void buy(int customer, bool flash);
    void give_back(const std::string& order, int fen, std::vector<std::string>& row);
    void make_slips();
    // service.cpp: what the guides do for them
    void interact();
    void work();
    void serve();
    void spread();
    void count_up();
    // plans.cpp: what was agreed
    void agree();

    Table& table(std::string_view fact) { return tables_.at(fact); }
    Customer& customer(int number) { return customers_[static_cast<std::size_t>(number)]; }
    int anyone() { return live_[static_cast<std::size_t>(random_.below(static_cast<int>(live_.size())))]; }
    // A moment of that day when people are awake, in seconds.
    int waking() { return random_.between(8 * 3600, 23 * 3600 - 1); }
    // How busy today is, in percent of a usual day.
    int pace() const;
    bool flash_day() const;
    // The part of a full-time guide that works for the brand today, in percent.
    int share(std::string_view guide) const;
    int pick_guide();

    const Brand& brand_;
    Random random_;
    Day day_ = first_day;
    std::vector<Customer> customers_;
    std::vector<int> live_;  // customers who have not gone
    std::vector<int> joined_today_;
    std::vector<int> new_contacts_, lost_contacts_;  // of today, by guide
    std::vector<int> new_members_, members_;         // by group: of today, of all days
    std::map<Day, std::vector<int>> due_;            // who buys again that day
    std::vector<std::string> recent_posts_;
    std::int64_t sold_today_ = 0;  // fen
    int orders_ = 0, refunds_ = 0, tickets_ = 0, answers_ = 0, posts_ = 0;
    std::map<std::string_view, Table> tables_;  // by file name without .csv
};

}  // namespace siyu::sample
