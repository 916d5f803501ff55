// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "sections.hpp"

using namespace siyu;

// Agents in levels: what counts is what they sell, not what they are made to take in.
class Agents final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Measure stocked = total("agent_stock", "stocked"), sold = total("agent_stock", "sold");
        d.count("agents", {"代理数", "Agents"}, rows("agents")).group(traffic).headline();
        d.count("new_agents", {"新增代理", "New agents"}, begun("agents")).group(traffic).adding();
        d.count("units_sold", {"动销件数", "Units sold"}, sold).adding().projected().headline();
        d.count("units_stocked", {"进货件数", "Units taken in"}, stocked).neither_is_better().adding();
        d.ratio("sell_through", {"动销率", "Sell-through"}, sold, stocked).headline();
        d.ratio("sell_through_90d", {"90 天动销率", "Sell-through, 90 days"},
                total("agent_stock", "sold", trailing(90)), total("agent_stock", "stocked", trailing(90)));
        const Stock stock{d.measure(stocked), d.measure(sold),
                          d.measure(total("agent_stock", "on_hand", with("on_hand")))};
        d.computed("stock_cover_days", {"库存可卖天数", "Days of stock"}, Unit::count,
                   stock_cover(stock, d.settings().days("cover_days", 90, 366)))
            .neither_is_better();
        d.computed("selling_share", {"动销面", "Agents who sell"}, Unit::ratio, selling_share(stock)).headline();

        declare_levels(d, stock);
        declare_stock(d, stock);
        declare_recruiting(d);
        declare_honours(d, stock);
    }
};

SIYU_PLUGIN(Agents, "agents", "1.0.0")
