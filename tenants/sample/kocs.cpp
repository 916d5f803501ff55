// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenants/sample/market.hpp"

namespace siyu::sample {

namespace {

constexpr std::array<std::string_view, 12> names{"小满", "阿禾",   "橙子妈", "鹿鹿", "Momo", "西西",
                                                 "团团", "一一妈", "阿布",   "念念", "豆包", "晚晚"};
constexpr std::array<std::string_view, 4> statuses{"active", "active", "rotating", "standby"};
constexpr std::array<std::string_view, 3> platforms{"小红书", "抖音", "小红书"};

}  // namespace

// The last one is only a candidate; those on standby write no more. Devoted customers are the first to be asked.
void Market::name_kocs() {
    for (int i = 0; i < brand_.kocs; ++i) {
        const bool candidate = i == brand_.kocs - 1;
        const std::string_view status = candidate ? "candidate" : statuses[static_cast<std::size_t>(i) % 4];
        const std::string koc = named("k", i + 1, 2);
        const int who = i < brand_.devoted ? i : anyone();
        const int again = i / static_cast<int>(names.size());
        table("kocs").row({koc, customer(who).id,
                           std::string(names[static_cast<std::size_t>(i) % names.size()]) +
                               (again ? std::to_string(again + 1) + "号" : ""),
                           std::string(status), to_string(members_since + random_.between(0, 150))});
        if (status == "active" || status == "rotating") writers_.push_back(koc);
    }
}

// The first ones write most.
void Market::spread() {
    const int posts = random_.about(brand_.posts), writers = static_cast<int>(writers_.size());
    for (int i = 0; i < posts; ++i) {
        const std::string post = named("n", ++posts_, 4);
        const int koc = std::min(random_.below(writers), random_.below(writers));
        table("posts").row({post, instant(day_, waking()), writers_[static_cast<std::size_t>(koc)],
                            std::string(platforms[static_cast<std::size_t>(random_.below(3))]),
                            "https://example.com/" + post});
        recent_posts_.push_back(post);
        if (recent_posts_.size() > 20) recent_posts_.erase(recent_posts_.begin());
    }
}

}  // namespace siyu::sample
