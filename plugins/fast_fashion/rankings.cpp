// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "roll.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const stores_zh = R"(<p>{{stores}} 家门店，每店目标新增 {{target}} 人，{{reached}} 家已达成。</p>
<table><caption>新增会员最多的门店</caption>
<thead><tr><th>门店</th><th>新增会员</th><th>3+3+3</th><th>企微占比</th><th>企微销售</th></tr></thead>
<tbody>{{#ranking}}<tr><td>{{store}}</td><td>{{new_members}}</td><td>{{rate}}</td><td>{{share}}</td><td>{{sales}}</td></tr>
{{/ranking}}{{^ranking}}<tr><td colspan="5">还没有门店名册，暂无排行。</td></tr>{{/ranking}}</tbody></table>
{{#more}}<p>另有 {{left}} 家门店，由运营一店一策跟进。</p>{{/more}})";

const char* const stores_en = R"(<p>{{stores}} shops, {{target}} new members wanted of each; {{reached}} are there.</p>
<table><caption>Most new members</caption>
<thead><tr><th>Shop</th><th>New</th><th>3+3+3</th><th>WeChat share</th><th>WeChat sales</th></tr></thead>
<tbody>{{#ranking}}<tr><td>{{store}}</td><td>{{new_members}}</td><td>{{rate}}</td><td>{{share}}</td><td>{{sales}}</td></tr>
{{/ranking}}{{^ranking}}<tr><td colspan="5">No roster of shops, so no ranking yet.</td></tr>{{/ranking}}</tbody></table>
{{#more}}<p>And {{left}} more shops, each of which the operators look after.</p>{{/more}})";

const char* const guides_zh = R"(<p>{{guides}} 位门店导购，{{busy}} 位本期有新增会员。</p>
<table><caption>导购光荣榜</caption>
<thead><tr><th>导购</th><th>门店</th><th>新增会员</th><th>3+3+3</th><th>销售额</th></tr></thead>
<tbody>{{#ranking}}<tr><td>{{guide}}</td><td>{{store}}</td><td>{{new_members}}</td><td>{{rate}}</td><td>{{sales}}</td></tr>
{{/ranking}}{{^ranking}}<tr><td colspan="5">本期还没有导购带来新会员。</td></tr>{{/ranking}}</tbody></table>
{{#more}}<p>另有 {{left}} 位导购也带来了新会员。</p>{{/more}})";

const char* const guides_en = R"(<p>{{guides}} guides in the shops, {{busy}} of them brought new members.</p>
<table><caption>The best guides</caption>
<thead><tr><th>Guide</th><th>Shop</th><th>New</th><th>3+3+3</th><th>Sales</th></tr></thead>
<tbody>{{#ranking}}<tr><td>{{guide}}</td><td>{{store}}</td><td>{{new_members}}</td><td>{{rate}}</td><td>{{sales}}</td></tr>
{{/ranking}}{{^ranking}}<tr><td colspan="5">No guide brought a new member in this period.</td></tr>{{/ranking}}</tbody></table>
{{#more}}<p>And {{left}} more guides brought new members.</p>{{/more}})";

struct Measures {
    Asked new_members, days, days_reaching, sales, store_sales;
    std::int64_t target;
};

void fill_stores(const Evaluation& e, const Texts& texts, const Measures& asked) {
    const Roll roll(e);
    const ByValue new_members = split(e, asked.new_members, "guide_id.store_id"),
                  sales = split(e, asked.sales, "guide_id.store_id"), whole = split(e, asked.store_sales, "store_id"),
                  days = roll.by_store(split(e, asked.days, "guide_id")),
                  reaching = roll.by_store(split(e, asked.days_reaching, "guide_id"));
    const Fraction target = for_the_days(asked.target, e.period());
    std::vector<std::string> order;
    std::int64_t reached = 0;
    for (const auto& [id, name] : roll.stores) {
        order.push_back(id);
        reached += at(new_members, id) >= target ? 1 : 0;
    }
    // In the order of the ids where two are equal.
    std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
        return at(new_members, a) > at(new_members, b);
    });
    texts.put("stores", Fraction(static_cast<std::int64_t>(order.size())), Unit::count);
    texts.put("target", target, Unit::count);
    texts.put("reached", Fraction(reached), Unit::count);
    for (std::size_t i = 0; i < std::min(order.size(), most_rows); ++i) {
        const std::string& id = order[i];
        texts.row("ranking", {{"store", roll.store_name(id)},
                              {"new_members", at(new_members, id), Unit::count},
                              {"rate", ratio(at(reaching, id), at(days, id)), Unit::ratio},
                              {"share", ratio(at(sales, id), at(whole, id)), Unit::ratio},
                              {"sales", at(sales, id), Unit::money}});
    }
    put_left(texts, "more", order.size());
}

void fill_guides(const Evaluation& e, const Texts& texts, const Measures& asked) {
    const Roll roll(e);
    const ByValue new_members = split(e, asked.new_members, "guide_id"), sales = split(e, asked.sales, "guide_id"),
                  days = split(e, asked.days, "guide_id"), reaching = split(e, asked.days_reaching, "guide_id");
    std::vector<const Guide*> order;
    for (const Guide& guide : roll.guides)
        if (at(new_members, guide.id) > 0) order.push_back(&guide);
    std::stable_sort(order.begin(), order.end(), [&](const Guide* a, const Guide* b) {
        const Fraction one = at(new_members, a->id), other = at(new_members, b->id);
        return one == other ? at(sales, a->id) > at(sales, b->id) : one > other;
    });
    texts.put("guides", Fraction(static_cast<std::int64_t>(roll.guides.size())), Unit::count);
    texts.put("busy", Fraction(static_cast<std::int64_t>(order.size())), Unit::count);
    for (std::size_t i = 0; i < std::min(order.size(), most_rows); ++i) {
        const Guide& guide = *order[i];
        texts.row("ranking", {{"guide", guide.name},
                              {"store", roll.store_name(guide.store)},
                              {"new_members", at(new_members, guide.id), Unit::count},
                              {"rate", ratio(at(reaching, guide.id), at(days, guide.id)), Unit::ratio},
                              {"sales", at(sales, guide.id), Unit::money}});
    }
    put_left(texts, "more", order.size());
}

}  // namespace

void declare_rankings(Declarations& d, const Daily& daily, const Measure& wechat, std::int64_t store_target) {
    const Measures asked{d.measure(count(arrived())),
                         d.measure(store_guide_days()),
                         d.measure(store_guide_days_reaching(daily.moments, daily.private_chats, daily.group_messages)),
                         d.measure(wechat),
                         d.measure(total("store_sales", "gmv")),
                         store_target};
    d.section("stores", {"门店榜", "Shops"}, {stores_zh, stores_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"stores", "target", "reached", "ranking.store", "ranking.new_members", "ranking.rate", "ranking.share",
                "ranking.sales", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_stores(e, texts, asked); });
    d.section("guides", {"导购榜", "Guides"}, {guides_zh, guides_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"guides", "busy", "ranking.guide", "ranking.store", "ranking.new_members", "ranking.rate",
                "ranking.sales", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_guides(e, texts, asked); });
}
