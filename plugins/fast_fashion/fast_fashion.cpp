// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "sections.hpp"

using namespace siyu;

// Fast fashion with many shops: their guides bring the people and talk to them each day, WeChat is counted into what
// the shops sell, one flash day a month fills the dullest days, and what is done well is rewarded.
class FastFashion final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Settings settings = d.settings();
        const Daily daily{settings.whole("moments", 3), settings.whole("private_chats", 3),
                          settings.whole("group_messages", 3)};
        const std::int64_t new_members = settings.positive_whole("new_members_per_store", 800);
        const Filter in_mini_shop = where("channel", settings.text("mini_shop_channel", "小程序"));
        // An order belongs to WeChat where one of the shops' guides brought it.
        const Measure wechat = total("orders", "amount", with("guide_id.store_id"));

        d.ratio("guide_333", {"3+3+3 达标率", "3+3+3 rate"},
                store_guide_days_reaching(daily.moments, daily.private_chats, daily.group_messages), store_guide_days())
            .group(service)
            .headline();
        d.count("new_members_per_store", {"店均新增会员", "New members a shop"}, count(arrived()), rows("stores"))
            .group(traffic)
            .adding()
            .headline();
        d.lines("new_members_per_store", Fraction(new_members) * Fraction(8, 10), Fraction(new_members), std::nullopt);
        d.ratio("wechat_share", {"企微占门店销售", "WeChat in shop sales"}, wechat, total("store_sales", "gmv"));
        shop_kpis(d, settings, in_mini_shop);

        declare_rankings(d, daily, wechat, new_members);
        declare_shop(d, in_mini_shop);
        declare_support(d, daily, new_members);
        declare_incomes(d, in_mini_shop);
    }

    static void shop_kpis(Declarations& d, const Settings& settings, const Filter& in_mini_shop) {
        const Filter flash = where("path", "flash"), pickup = where("path", "pickup");
        d.money("mini_shop_gmv", {"小商店销售额", "Mini-shop sales"}, total("orders", "amount", in_mini_shop))
            .adding()
            .scales_with_traffic()
            .projected();
        d.ratio("flash_share", {"会员日占小商店销售", "Flash days in mini-shop sales"},
                total("orders", "amount", in_mini_shop, flash), total("orders", "amount", in_mini_shop));
        d.ratio("flash_share_365d", {"近一年会员日占比", "Flash days' share, 365 days"},
                total("orders", "amount", in_mini_shop, flash, trailing(365)),
                total("orders", "amount", in_mini_shop, trailing(365)))
            .headline();
        d.lines("flash_share_365d", Fraction(33, 100), Fraction(40, 100), std::nullopt);
        d.count("pickup_orders", {"到店自提订单", "Orders fetched in the shop"}, rows("orders", pickup)).adding();
        const std::int64_t days = settings.positive_whole("pickup_days", 7);
        if (days > 30)
            throw Failure(SIYU_BAD_CONFIG, "pickup_days is " + std::to_string(days) + "; it must be 1 to 30 days");
        const Set fetched = bought(pickup, trailing(30));
        d.ratio(
            "pickup_full_price_30d", {"30 天自提后正价连带率", "Full price after fetching, 30 days"},
            count(followed(fetched, bought(where("pricing", "full"), trailing(30)), static_cast<std::uint32_t>(days))),
            count(fetched));
    }
};

SIYU_PLUGIN(FastFashion, "fast_fashion", "1.0.0")
