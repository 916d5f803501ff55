// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::size_t most_rows = 10;

const char* const first_zh =
    R"(<p>还在首月内的客户 {{newcomers}} 位，其中 {{first_buyers}} 位本期自己下了单，共 {{money}}。)"
    R"(首月先服务、不设指标，这部分不计入目标。</p>)"
    R"(<p>计入目标的是{{settled_gmv_title}}：{{settled_gmv}}（环比 {{settled_gmv_change}}）。</p>)";

const char* const first_en =
    R"(<p>Customers in their first days: {{newcomers}}; bought of their own accord: {{first_buyers}}, for {{money}}.
No target stands on them.</p>
<p>What counts is {{settled_gmv_title}}: {{settled_gmv}} ({{settled_gmv_change}}).</p>)";

const char* const origin_zh = R"(<table><caption>从哪个平台来，回到哪个平台买</caption>
<thead><tr><th>平台</th><th>本平台客户</th><th>别家平台的客户</th><th>原平台占比</th></tr></thead>
<tbody>{{#channels}}<tr><td>{{channel_zh}}</td><td>{{own}}</td><td>{{others}}</td><td>{{share}}</td></tr>
{{/channels}}{{^channels}}<tr><td colspan="4">本期没有来源明确的客户下单。</td></tr>{{/channels}}</tbody></table>
{{#more}}<p>另有 {{left}} 个平台未列出。</p>{{/more}})";

const char* const origin_en = R"(<table><caption>Where people came from and where they buy</caption>
<thead><tr><th>Platform</th><th>Its own people</th><th>People of others</th><th>Own share</th></tr></thead>
<tbody>{{#channels}}<tr><td>{{channel_en}}</td><td>{{own}}</td><td>{{others}}</td><td>{{share}}</td></tr>
{{/channels}}{{^channels}}<tr><td colspan="4">Nobody whose origin is known bought in this period.</td></tr>{{/channels}}</tbody></table>
{{#more}}<p>Platforms not listed: {{left}}.</p>{{/more}})";

struct Sales {
    Fraction own, others;
};

}  // namespace

void declare_first_month(Declarations& d, const Set& newcomers) {
    const Asked people = d.measure(count(newcomers)), buyers = d.measure(count(newcomers & bought())),
                money = d.measure(total("orders", "amount", of(newcomers)));
    d.section("first_month", {"首月不设指标", "No target in the first days"}, {first_zh, first_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"newcomers", "first_buyers", "money"}, [=](const Evaluation& e, const Texts& texts) {
            texts.put("newcomers", e(people), Unit::count);
            texts.put("first_buyers", e(buyers), Unit::count);
            texts.put("money", e(money), Unit::money);
        });
}

void declare_origin(Declarations& d) {
    const Asked own = d.measure(sales_at_origin()), others = d.measure(sales_elsewhere());
    d.section("origin", {"回流平台", "Back to the platform of origin"}, {origin_zh, origin_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"channels.channel_zh", "channels.channel_en", "channels.own", "channels.others", "channels.share",
                "more.left"},
               [=](const Evaluation& e, const Texts& texts) {
                   std::map<std::string, Sales> sales;
                   for (const Part& part : e.split(own, "channel")) sales[part.value].own = part.figure.value_or(0);
                   for (const Part& part : e.split(others, "channel"))
                       sales[part.value].others = part.figure.value_or(0);
                   std::vector<std::pair<std::string, Sales>> ranking(sales.begin(), sales.end());
                   std::stable_sort(ranking.begin(), ranking.end(), [](const auto& a, const auto& b) {
                       return b.second.own + b.second.others < a.second.own + a.second.others;
                   });
                   for (std::size_t i = 0; i < std::min(ranking.size(), most_rows); ++i) {
                       const auto& [channel, money] = ranking[i];
                       const Fraction all = money.own + money.others;
                       texts.row(
                           "channels",
                           {{"channel_zh", channel.empty() ? "未知" : channel},
                            {"channel_en", channel.empty() ? "unknown" : channel},
                            {"own", money.own, Unit::money},
                            {"others", money.others, Unit::money},
                            {"share", Fraction(0) < all ? std::optional(money.own / all) : std::nullopt, Unit::ratio}});
                   }
                   if (ranking.size() > most_rows)
                       texts.row("more", {{"left", Fraction(static_cast<std::int64_t>(ranking.size() - most_rows)),
                                           Unit::count}});
               });
}
