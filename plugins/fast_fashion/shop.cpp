// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "roll.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

constexpr int months_shown = 6;
constexpr std::int32_t dull_weeks = 8;

const Words weekdays[] = {{"周一", "Monday"}, {"周二", "Tuesday"},  {"周三", "Wednesday"}, {"周四", "Thursday"},
                          {"周五", "Friday"}, {"周六", "Saturday"}, {"周日", "Sunday"}};

const char* const template_zh = R"(<table><caption>会员日占小商店销售</caption>
<thead><tr><th>月份</th><th>小商店</th><th>会员日</th><th>占比</th></tr></thead>
<tbody>{{#months}}<tr><td>{{month}}</td><td>{{sales}}</td><td>{{flash}}</td><td>{{share}}</td></tr>
{{/months}}{{^months}}<tr><td colspan="4">近半年小商店还没有销售。</td></tr>{{/months}}</tbody></table>
<p>近一年会员日占 {{flash_share_365d}}。{{#dull}}近 8 周平日里{{day_zh}}最淡，日均 {{sales}}，会员日可放在这一天。{{/dull}}</p>
<p>近 30 天 {{fetchers}} 人到店自提，{{pickup_full_price_30d}} 随后买了正价商品。</p>)";

const char* const template_en = R"(<table><caption>Flash days in mini-shop sales</caption>
<thead><tr><th>Month</th><th>Mini-shop</th><th>Flash days</th><th>Share</th></tr></thead>
<tbody>{{#months}}<tr><td>{{month}}</td><td>{{sales}}</td><td>{{flash}}</td><td>{{share}}</td></tr>
{{/months}}{{^months}}<tr><td colspan="4">The mini-shop sold nothing in half a year.</td></tr>{{/months}}</tbody></table>
<p>Flash days made {{flash_share_365d}} of the last 365 days. {{#dull}}In the last 8 weeks {{day_en}} was the dullest day, with
{{sales}} on average: a place for the next flash day.{{/dull}}</p>
<p>In 30 days {{fetchers}} people fetched an order in a shop; {{pickup_full_price_30d}} of them then bought at full price.</p>)";

struct Measures {
    Asked sales, flash, fetchers;
};

// The months up to the period's last day, the earliest first; those in which nothing was sold are left out.
void fill_months(const Evaluation& e, const Texts& texts, const Measures& asked) {
    std::vector<std::int32_t> firsts{first_of_month(e.period().last)};
    while (firsts.size() < months_shown) firsts.push_back(first_of_month(firsts.back() - 1));
    for (auto first = firsts.rbegin(); first != firsts.rend(); ++first) {
        const std::int32_t last = std::min(last_of_month(*first), e.period().last);
        const auto sales = e.over(asked.sales, *first, last), flash = e.over(asked.flash, *first, last);
        if (!sales || !flash || *sales == Fraction(0)) continue;
        texts.row("months", {{"month", day_text(*first).substr(0, 7)},
                             {"sales", *sales, Unit::money},
                             {"flash", *flash, Unit::money},
                             {"share", *flash / *sales, Unit::ratio}});
    }
}

// The weekday on which the mini-shop sells least when there is no flash day; Monday to Sunday where two are equal.
void fill_dull(const Evaluation& e, const Texts& texts, const Measures& asked) {
    const std::int32_t last = e.period().last;
    Fraction sums[7];
    bool any = false;
    for (std::int32_t day = last - 7 * dull_weeks + 1; day <= last; ++day) {
        const auto sales = e.over(asked.sales, day, day), flash = e.over(asked.flash, day, day);
        if (!sales || !flash) continue;
        Fraction& sum = sums[weekday(day)];
        sum = sum + *sales - *flash;
        any = any || *sales > 0;
    }
    if (!any) return;
    const auto least = std::min_element(std::begin(sums), std::end(sums)) - std::begin(sums);
    texts.row("dull", {{"day_zh", weekdays[least].zh},
                       {"day_en", weekdays[least].en},
                       {"sales", sums[least] / Fraction(dull_weeks), Unit::money}});
}

}  // namespace

void declare_shop(Declarations& d, const Filter& in_mini_shop) {
    const Measures asked{d.measure(total("orders", "amount", in_mini_shop)),
                         d.measure(total("orders", "amount", in_mini_shop, where("path", "flash"))),
                         d.measure(count(bought(where("path", "pickup"), trailing(30))))};
    d.section("shop", {"小商店与到店", "Mini-shop and visits"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"months.month", "months.sales", "months.flash", "months.share", "dull.day_zh", "dull.day_en",
                "dull.sales", "fetchers"},
               [asked](const Evaluation& e, const Texts& texts) {
                   texts.put("fetchers", e(asked.fetchers), Unit::count);
                   fill_months(e, texts, asked);
                   fill_dull(e, texts, asked);
               });
}
