// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sections.hpp"

using namespace siyu;

namespace {

const char* const levels_zh = R"(<table><caption>各级代理</caption>
<thead><tr><th>级别</th><th>代理</th><th>进货</th><th>动销</th><th>动销率</th></tr></thead>
<tbody>{{#levels}}<tr><td>{{level}}</td><td>{{agents}}</td><td>{{stocked}}</td><td>{{sold}}</td><td>{{rate}}</td></tr>
{{/levels}}{{^levels}}<tr><td colspan="5">还没有代理名册。</td></tr>{{/levels}}</tbody></table>
{{#former}}<p>另有已退出或不在名册的代理：进货 {{stocked}}，动销 {{sold}}。</p>{{/former}})";

const char* const levels_en = R"(<table><caption>The levels</caption>
<thead><tr><th>Level</th><th>Agents</th><th>Taken in</th><th>Sold</th><th>Sell-through</th></tr></thead>
<tbody>{{#levels}}<tr><td>{{level}}</td><td>{{agents}}</td><td>{{stocked}}</td><td>{{sold}}</td><td>{{rate}}</td></tr>
{{/levels}}{{^levels}}<tr><td colspan="5">There is no roster of agents yet.</td></tr>{{/levels}}</tbody></table>
{{#former}}<p>Besides, agents who left or are not in the roster took in {{stocked}} and sold {{sold}}.</p>{{/former}})";

const char* const honours_zh = R"(<table><caption>本期动销光荣榜</caption>
<thead><tr><th>代理</th><th>级别</th><th>动销</th><th>动销率</th></tr></thead>
<tbody>{{#best}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{sold}}</td><td>{{rate}}</td></tr>
{{/best}}{{^best}}<tr><td colspan="4">本期还没有动销。</td></tr>{{/best}}</tbody></table>
{{#more}}<p>另有 {{left}} 位代理也有动销。</p>{{/more}}
<h3>今年以来的前三名</h3>
<ol>{{#year}}<li>{{agent}}：{{sold}}</li>{{/year}}{{^year}}<li>虚位以待。</li>{{/year}}</ol>)";

const char* const honours_en = R"(<table><caption>Who sold most</caption>
<thead><tr><th>Agent</th><th>Level</th><th>Sold</th><th>Sell-through</th></tr></thead>
<tbody>{{#best}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{sold}}</td><td>{{rate}}</td></tr>
{{/best}}{{^best}}<tr><td colspan="4">Nothing was sold in this period.</td></tr>{{/best}}</tbody></table>
{{#more}}<p>And {{left}} more agents sold something.</p>{{/more}}
<h3>The best three of the year so far</h3>
<ol>{{#year}}<li>{{agent}}: {{sold}}</li>{{/year}}{{^year}}<li>Nobody yet.</li>{{/year}}</ol>)";

void fill_levels(const Evaluation& e, const Texts& texts, const Stock& stock, const std::vector<std::string>& told) {
    const Team team(e);
    const Movement moved = movement(e, stock, e.period().first, e.period().last);
    struct Sum {
        std::size_t agents = 0;
        Fraction stocked, sold;
    };
    std::map<std::string, Sum> sums;
    Sum former{0, e(stock.stocked).value_or(Fraction(0)), e(stock.sold).value_or(Fraction(0))};
    for (const Agent& agent : team.agents()) {
        Sum& sum = sums[agent.level];
        const Fraction stocked = at(moved.stocked, agent.id), sold = at(moved.sold, agent.id);
        ++sum.agents;
        sum.stocked = sum.stocked + stocked, sum.sold = sum.sold + sold;
        former.stocked = former.stocked - stocked, former.sold = former.sold - sold;
    }
    for (const std::string& level : team.levels(told)) {
        const Sum& sum = sums[level];
        texts.row("levels", {{"level", level},
                             {"agents", whole(sum.agents), Unit::count},
                             {"stocked", sum.stocked, Unit::count},
                             {"sold", sum.sold, Unit::count},
                             {"rate", ratio(sum.sold, sum.stocked), Unit::ratio}});
    }
    if (former.stocked > 0 || former.sold > 0)
        texts.row("former", {{"stocked", former.stocked, Unit::count}, {"sold", former.sold, Unit::count}});
}

// Those who sold something, who sold most first; in the order of their ids where two are equal.
std::vector<const Agent*> best_of(const Team& team, const ByValue& sold) {
    std::vector<const Agent*> order;
    for (const Agent& agent : team.agents())
        if (at(sold, agent.id) > 0) order.push_back(&agent);
    std::stable_sort(order.begin(), order.end(),
                     [&](const Agent* a, const Agent* b) { return at(sold, a->id) > at(sold, b->id); });
    return order;
}

void fill_honours(const Evaluation& e, const Texts& texts, const Stock& stock) {
    const Team team(e);
    const siyu_period period = e.period();
    const Movement moved = movement(e, stock, period.first, period.last);
    const std::vector<const Agent*> best = best_of(team, moved.sold);
    for (std::size_t i = 0; i < std::min(best.size(), most_rows); ++i) {
        const Agent& agent = *best[i];
        texts.row("best", {{"agent", agent.name},
                           {"level", agent.level},
                           {"sold", at(moved.sold, agent.id), Unit::count},
                           {"rate", ratio(at(moved.sold, agent.id), at(moved.stocked, agent.id)), Unit::ratio}});
    }
    put_left(texts, "more", best.size());
    const ByValue sold = movement(e, stock, day_of({date_of(period.last).year, 1, 1}), period.last).sold;
    const std::vector<const Agent*> of_the_year = best_of(team, sold);
    for (std::size_t i = 0; i < std::min<std::size_t>(of_the_year.size(), 3); ++i)
        texts.row("year", {{"agent", of_the_year[i]->name}, {"sold", at(sold, of_the_year[i]->id), Unit::count}});
}

}  // namespace

void declare_levels(Declarations& d, const Stock& stock) {
    const std::vector<std::string> told = d.settings().words("levels", "");
    d.section("levels", {"代理级别", "Levels"}, {levels_zh, levels_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"levels.level", "levels.agents", "levels.stocked", "levels.sold", "levels.rate", "former.stocked",
                "former.sold"},
               [stock, told](const Evaluation& e, const Texts& texts) { fill_levels(e, texts, stock, told); });
}

void declare_honours(Declarations& d, const Stock& stock) {
    d.section("honours", {"光荣榜", "Honours"}, {honours_zh, honours_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"best.agent", "best.level", "best.sold", "best.rate", "more.left", "year.agent", "year.sold"},
               [stock](const Evaluation& e, const Texts& texts) { fill_honours(e, texts, stock); });
}
