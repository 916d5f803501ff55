// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "roll.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const template_zh =
    R"(<p>佣金按小商店净销售额的 {{rate}} 计，共 {{commission}}；拉新奖 {{reward}}；另有 {{performance}} 计入门店业绩。</p>
<table><caption>额外收入最高的导购</caption>
<thead><tr><th>导购</th><th>佣金</th><th>计入业绩</th><th>拉新奖</th><th>佣金+拉新奖</th></tr></thead>
<tbody>{{#incomes}}<tr><td>{{guide}}</td><td>{{commission}}</td><td>{{performance}}</td><td>{{reward}}</td><td>{{extra}}</td></tr>
{{/incomes}}{{^incomes}}<tr><td colspan="5">本月还没有导购有额外收入。</td></tr>{{/incomes}}</tbody></table>
{{#more}}<p>另有 {{left}} 位导购也有额外收入。</p>{{/more}})";

const char* const template_en =
    R"(<p>Commission is {{rate}} of what the mini-shop sold net: {{commission}}; for new members {{reward}}; {{performance}}
count into the shops' sales.</p>
<table><caption>The highest extra incomes</caption>
<thead><tr><th>Guide</th><th>Commission</th><th>Counted sales</th><th>New members</th><th>Extra</th></tr></thead>
<tbody>{{#incomes}}<tr><td>{{guide}}</td><td>{{commission}}</td><td>{{performance}}</td><td>{{reward}}</td><td>{{extra}}</td></tr>
{{/incomes}}{{^incomes}}<tr><td colspan="5">No guide has an extra income this month.</td></tr>{{/incomes}}</tbody></table>
{{#more}}<p>And {{left}} more guides have one.</p>{{/more}})";

// From so many new members in the month on, so much.
struct Step {
    std::int64_t people, yuan;
};

std::vector<Step> parse_steps(const std::string& text) {
    const auto wrong = [&text] {
        return Failure(SIYU_BAD_CONFIG, "new_member_steps is \"" + text +
                                            "\"; it must be rising numbers of people with a reward in yuan each, as "
                                            "100:500,150:1000,200:1500");
    };
    std::vector<Step> steps;
    std::int64_t numbers[2] = {0, 0};
    std::size_t place = 0, digits = 0;
    for (const char c : text + ',') {
        if (c >= '0' && c <= '9' && digits < 9) {
            numbers[place] = numbers[place] * 10 + (c - '0');
            ++digits;
        } else if (c == ':' && place == 0 && digits > 0) {
            place = 1, digits = 0;
        } else if (c == ',' && place == 1 && digits > 0) {
            if (!steps.empty() && numbers[0] <= steps.back().people) throw wrong();
            steps.push_back({numbers[0], numbers[1]});
            numbers[0] = numbers[1] = 0, place = 0, digits = 0;
        } else if (c != ' ') {
            throw wrong();
        }
    }
    return steps;
}

struct Measures {
    Asked sales, refunds, new_members;
    Fraction rate;
    std::vector<Step> steps;
};

struct Income {
    std::string guide;
    Fraction commission, performance, reward, extra;
};

Fraction reward_for(const std::vector<Step>& steps, const Fraction& people) {
    Fraction fen;
    for (const Step& step : steps)
        if (people >= step.people) fen = Fraction(step.yuan * 100);
    return fen;
}

void fill(const Evaluation& e, const Texts& texts, const Measures& asked) {
    Roll roll(e);
    roll.add_former(e, e.period().first);  // who has left in the month is paid too
    const ByValue sales = split(e, asked.sales, "guide_id"), refunds = split(e, asked.refunds, "guide_id"),
                  new_members = split(e, asked.new_members, "guide_id");
    std::vector<Income> incomes;
    Income sum;
    for (const Guide& guide : roll.guides) {
        Income one;
        one.guide = guide.name;
        // Rewards alone: what came back from earlier months is not taken off the wage.
        one.performance = std::max(at(sales, guide.id) - at(refunds, guide.id), Fraction(0));
        one.commission = one.performance * asked.rate;
        one.reward = reward_for(asked.steps, at(new_members, guide.id));
        one.extra = one.commission + one.reward;
        sum.commission = sum.commission + one.commission;
        sum.performance = sum.performance + one.performance;
        sum.reward = sum.reward + one.reward;
        if (one.extra > 0) incomes.push_back(one);
    }
    std::stable_sort(incomes.begin(), incomes.end(),
                     [](const Income& a, const Income& b) { return a.extra > b.extra; });
    texts.put("rate", asked.rate, Unit::ratio);
    texts.put("commission", sum.commission, Unit::money);
    texts.put("performance", sum.performance, Unit::money);
    texts.put("reward", sum.reward, Unit::money);
    for (std::size_t i = 0; i < std::min(incomes.size(), most_rows); ++i)
        texts.row("incomes", {{"guide", incomes[i].guide},
                              {"commission", incomes[i].commission, Unit::money},
                              {"performance", incomes[i].performance, Unit::money},
                              {"reward", incomes[i].reward, Unit::money},
                              {"extra", incomes[i].extra, Unit::money}});
    put_left(texts, "more", incomes.size());
}

}  // namespace

void declare_incomes(Declarations& d, const Filter& in_mini_shop) {
    const Measures asked{d.measure(total("orders", "amount", in_mini_shop)), d.measure(refunds_booked(in_mini_shop)),
                         d.measure(count(arrived())), d.settings().positive("commission_rate", Fraction(5, 100)),
                         parse_steps(d.settings().text("new_member_steps", "100:500,150:1000,200:1500"))};
    d.section("incomes", {"导购额外收入", "Extra incomes of the guides"}, {template_zh, template_en})
        .agency_only()
        .in(SIYU_MONTHLY)
        .fills({"rate", "commission", "performance", "reward", "incomes.guide", "incomes.commission",
                "incomes.performance", "incomes.reward", "incomes.extra", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill(e, texts, asked); });
}
