// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::int64_t fen_in_yuan = 100;

const char* const template_zh = R"(<table><caption>近 {{days}} 天客单与合适的券</caption>
<thead><tr><th>客单</th><th>成员</th><th>满</th><th>减</th></tr></thead>
<tbody>{{#none}}<tr><td>不足 {{below}}</td><td>{{members}}</td><td colspan="2">不发券</td></tr>{{/none}}
{{#steps}}<tr><td>{{from}} 起</td><td>{{members}}</td><td>{{spend}}</td><td>{{off}}</td></tr>
{{/steps}}</tbody></table>
<p>券的门槛略高于平时的一单：太高用不上，太低白送。</p>)";

const char* const template_en = R"(<table><caption>Baskets of {{days}} days and the coupon that fits</caption>
<thead><tr><th>Basket</th><th>Members</th><th>Spend</th><th>Off</th></tr></thead>
<tbody>{{#none}}<tr><td>under {{below}}</td><td>{{members}}</td><td colspan="2">no coupon</td></tr>{{/none}}
{{#steps}}<tr><td>from {{from}}</td><td>{{members}}</td><td>{{spend}}</td><td>{{off}}</td></tr>
{{/steps}}</tbody></table>
<p>A coupon asks for a little more than the usual basket: asking for much more it is useless, for less it is a gift.</p>)";

// Members whose usual basket is of `from` fen and of less than the next step; the coupon takes `off` from `spend`.
struct Step {
    std::int64_t from, spend, off;
};

std::vector<Step> steps_of(const Settings& settings) {
    const std::string text = settings.text("coupons", "50:65-10,100:130-25,200:250-50,300:380-80");
    std::vector<Step> steps;
    for (const std::string& one : parts_of(text, ',')) {
        const std::vector<std::string> parts = parts_of(one, ':'), coupon = parts_of(parts.back(), '-');
        const auto from = whole_of(parts[0]), spend = whole_of(coupon[0]), off = whole_of(coupon.back());
        if (parts.size() != 2 || coupon.size() != 2 || !from || !spend || !off || *from < 1 || *off < 1 ||
            *off >= *spend || (!steps.empty() && *from * fen_in_yuan <= steps.back().from))
            throw Failure(SIYU_BAD_CONFIG, "coupons is \"" + text +
                                               "\"; it must be basket:spend-off in whole yuan, rising, with commas "
                                               "between, as 100:130-25,200:250-50");
        steps.push_back({*from * fen_in_yuan, *spend * fen_in_yuan, *off * fen_in_yuan});
    }
    return steps;
}

}  // namespace

void declare_coupons(Declarations& d) {
    struct Row {
        Step step;
        Asked members;
    };
    const auto days = static_cast<std::uint32_t>(d.settings().days("basket_days", 90));
    const std::vector<Step> steps = steps_of(d.settings());
    const Set reached = members(at_end);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Set fits = i + 1 < steps.size() ? basket(steps[i].from, below(steps[i + 1].from), trailing(days))
                                              : basket(steps[i].from, trailing(days));
        rows.push_back({steps[i], d.measure(count(fits & reached))});
    }
    const Asked small = d.measure(count(basket(0, below(steps[0].from), trailing(days)) & reached));
    d.section("coupons", {"按客单发券", "Coupons that fit the basket"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"days", "none.below", "none.members", "steps.from", "steps.members", "steps.spend", "steps.off"},
               [rows, small, days](const Evaluation& e, const Texts& texts) {
                   texts.put("days", Fraction(static_cast<std::int64_t>(days)), Unit::count);
                   texts.row("none",
                             {{"below", Fraction(rows[0].step.from), Unit::money}, {"members", e(small), Unit::count}});
                   for (const Row& row : rows)
                       texts.row("steps", {{"from", Fraction(row.step.from), Unit::money},
                                           {"members", e(row.members), Unit::count},
                                           {"spend", Fraction(row.step.spend), Unit::money},
                                           {"off", Fraction(row.step.off), Unit::money}});
               });
}
