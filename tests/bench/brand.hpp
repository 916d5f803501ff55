// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/day.hpp"
#include "tests/bench/export.hpp"
#include "tests/bench/random.hpp"

namespace siyu::bench {

inline constexpr int seconds_a_day = 86'400;

inline constexpr std::array<std::string_view, 6> channels{"天猫旗舰店", "京东自营", "抖音直播间",
                                                          "线下门店",   "小红书",   "微信公众号"};

// What one wants a brand to be like.
struct Size {
    std::int64_t members = 5000;
    int days = 60;                             // of every fact
    int days_before = 0;                       // of joins and leaves alone
    std::int64_t guides = 0, joins_a_day = 0;  // 0: as members and days give it
    bool lean = false;
    std::uint64_t seed = 1;
};

// One brand, played day by day. What a customer is like follows from their number alone, so that 44 million of them
// need no memory but the days on which they leave.
class Brand {
  public:
    Brand(int number, const Size& size, Day first);
    std::int64_t guides() const { return guides_; }
    std::string guide(std::int64_t place) const;
    // FOLDER/FACT.csv of the days, and FOLDER/next/FACT.csv of the day after.
    void write(const std::filesystem::path& folder);

  private:
    // As WeCom makes them: 32 characters, the same start for one company.
    void customer(File& file, std::int64_t place) const;
    std::uint64_t nature(std::int64_t place) const { return mix(static_cast<std::uint64_t>(place) * 31 + size_.seed); }
    bool in_group(std::int64_t place) const { return !size_.lean && nature(place) % 100 < 35; }
    std::int64_t guide_of(std::int64_t place) const;
    std::int64_t group_of(std::int64_t place) const;
    std::string_view channel_of(std::int64_t place) const { return channels[(nature(place) >> 8) % channels.size()]; }
    void group(File& file, std::int64_t place) const { file.text("qun").number(place + 1, 6); }

    // How many have joined by the end of a day (0: the first of every fact).
    std::int64_t joined_by(int day) const;
    void date(File& file, int day);
    void moment(File& file, int day, std::int64_t second);

    // The i-th of so many moments of a day, in their order.
    std::int64_t second(std::int64_t i, std::int64_t count);
    std::int64_t about(std::int64_t usual) { return usual - usual / 10 + random_.below(usual / 5 + 2); }
    // Most of what happens happens to those who came lately.
    std::int64_t anyone(std::int64_t joined);

    void rosters(Export& files);
    std::int64_t kocs() const { return std::max<std::int64_t>(5, size_.members / 2000); }
    void play(Export& files, int day);

    void joins(File& file, int day);
    void join(File& file, int day, std::int64_t at, std::int64_t place, bool to_group, std::int64_t joined);
    // Seven in a hundred leave altogether, three their guide but not their group; of those in groups, eight the group.
    void plan_leave(std::int64_t place, int day);
    void leaves(File& file, int day);

    void interactions(File& file, int day, std::int64_t joined);
    void orders(Export& files, int day, std::int64_t joined);
    // 18 digits, as shops have them.
    void order_number(File& file, std::int64_t order) const;
    void spending(Export& files, int day);
    void posts(File& file, int day);
    // Two guides in three do their three moments, three private chats and three groups.
    void guide_actions(File& file, int day);
    void tickets(File& file, int day, std::int64_t joined);
    void surveys(File& file, int day, std::int64_t joined);
    void statistics(Export& files, int day);

    int number_;
    Size size_;
    Day first_;
    Random random_;
    std::uint64_t corporation_ = 0;
    std::int64_t guides_ = 0, groups_ = 0, ever_ = 0, ordered_ = 0, posted_ = 0, asked_ = 0, answered_ = 0;
    std::vector<std::vector<std::uint32_t>> leaving_;  // by day: who
    std::vector<std::int64_t> coming_back_, met_;
    std::map<std::string_view, std::int64_t> sold_;                               // on this day, by channel, fen
    std::map<int, std::vector<std::pair<std::int64_t, std::int64_t>>> due_back_;  // by day: order, fen
    int day_ = INT32_MIN;
    std::string date_;
};

}  // namespace siyu::bench
