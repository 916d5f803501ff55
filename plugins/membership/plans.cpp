// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "by_value.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const plans_zh = R"(<table><caption>会费高的在前</caption>
<thead><tr><th>档位</th><th>会费</th><th>会员</th><th>占比</th><th>GMV</th></tr></thead>
<tbody>{{#plans}}<tr><td>{{plan}}</td><td>{{fee}}</td><td>{{members}}</td><td>{{share}}</td><td>{{gmv}}</td></tr>
{{/plans}}{{^plans}}<tr><td colspan="5">还没有在期的会员。</td></tr>{{/plans}}</tbody></table>
{{#more}}<p>另有 {{left}} 个档位未列出。</p>{{/more}})";

const char* const plans_en = R"(<table><caption>The dearest plan first</caption>
<thead><tr><th>Plan</th><th>Fee</th><th>Members</th><th>Share</th><th>GMV</th></tr></thead>
<tbody>{{#plans}}<tr><td>{{plan}}</td><td>{{fee}}</td><td>{{members}}</td><td>{{share}}</td><td>{{gmv}}</td></tr>
{{/plans}}{{^plans}}<tr><td colspan="5">Nobody holds a membership.</td></tr>{{/plans}}</tbody></table>
{{#more}}<p>Plans not listed: {{left}}.</p>{{/more}})";

const char* const renewal_zh =
    R"(<p>到期后有 {{grace}} 天宽限。本期宽限期满的会籍 {{due}} 份，其中已续 {{renewed}} 份，续费率 {{renewal_rate}}。</p>
<table><caption>{{notice}} 天内到期，提前联系</caption>
<thead><tr><th>档位</th><th>份数</th><th>最早到期</th></tr></thead>
<tbody>{{#ending}}<tr><td>{{plan}}</td><td>{{memberships}}</td><td>{{earliest}}</td></tr>
{{/ending}}{{^ending}}<tr><td colspan="3">{{notice}} 天内没有会员到期。</td></tr>{{/ending}}</tbody></table>
{{#more}}<p>另有 {{left}} 个档位未列出。</p>{{/more}})";

const char* const renewal_en =
    R"(<p>Memberships whose {{grace}} days of grace ended in this period: {{due}}; renewed: {{renewed}}, {{renewal_rate}}.</p>
<table><caption>Ending within {{notice}} days</caption>
<thead><tr><th>Plan</th><th>Memberships</th><th>The first on</th></tr></thead>
<tbody>{{#ending}}<tr><td>{{plan}}</td><td>{{memberships}}</td><td>{{earliest}}</td></tr>
{{/ending}}{{^ending}}<tr><td colspan="3">None ends within {{notice}} days.</td></tr>{{/ending}}</tbody></table>
{{#more}}<p>Plans not listed: {{left}}.</p>{{/more}})";

struct PlanMeasures {
    Asked members, all, gmv, fees, priced;
};

struct Plan {
    std::string name;
    std::optional<Fraction> fee;
};

void fill_plans(const Evaluation& e, const Texts& texts, const PlanMeasures& asked) {
    const auto members = by_value(e, asked.members, "plan"), gmv = by_value(e, asked.gmv, "customer_id.plan"),
               fees = by_value(e, asked.fees, "plan"), priced = by_value(e, asked.priced, "plan");
    std::vector<Plan> plans;
    for (const auto& [name, size] : members) plans.push_back({name, ratio(at(fees, name), at(priced, name))});
    std::stable_sort(plans.begin(), plans.end(),
                     [](const Plan& a, const Plan& b) { return a.fee.value_or(-1) > b.fee.value_or(-1); });
    const Fraction all = e(asked.all).value_or(0);
    for (std::size_t i = 0; i < std::min(plans.size(), most_rows); ++i) {
        const std::string& name = plans[i].name;
        texts.row("plans", {{"plan", name},
                            {"fee", plans[i].fee, Unit::money},
                            {"members", at(members, name), Unit::count},
                            {"share", ratio(at(members, name), all), Unit::ratio},
                            {"gmv", at(gmv, name), Unit::money}});
    }
    if (plans.size() > most_rows)
        texts.row("more", {{"left", Fraction(static_cast<std::int64_t>(plans.size() - most_rows)), Unit::count}});
}

struct RenewalMeasures {
    Asked due, renewed;
    std::int64_t grace;
    std::int32_t notice;
};

struct Ending {
    std::int64_t memberships = 0;
    std::int32_t earliest = 0;
};

void fill_renewal(const Evaluation& e, const Texts& texts, const RenewalMeasures& asked) {
    const std::int32_t last = e.period().last;
    std::map<std::string, Ending> ending;
    for (const RosterRow& row : e.roster("memberships", {"plan", "to"}, last)) {
        const auto to = row.day("to");
        if (!to || *to <= last || *to > last + asked.notice) continue;  // one that ends today is over tomorrow
        Ending& plan = ending[row["plan"]];
        plan.earliest = plan.memberships == 0 ? *to : std::min(plan.earliest, *to);
        ++plan.memberships;
    }
    texts.put("due", e(asked.due), Unit::count);
    texts.put("renewed", e(asked.renewed), Unit::count);
    texts.put("grace", Fraction(asked.grace), Unit::count);
    texts.put("notice", Fraction(asked.notice), Unit::count);
    std::vector<std::pair<std::string, Ending>> soonest(ending.begin(), ending.end());
    std::stable_sort(soonest.begin(), soonest.end(),
                     [](const auto& a, const auto& b) { return a.second.earliest < b.second.earliest; });
    for (std::size_t i = 0; i < std::min(soonest.size(), most_rows); ++i)
        texts.row("ending", {{"plan", soonest[i].first},
                             {"memberships", Fraction(soonest[i].second.memberships), Unit::count},
                             {"earliest", day_text(soonest[i].second.earliest)}});
    if (soonest.size() > most_rows)
        texts.row("more", {{"left", Fraction(static_cast<std::int64_t>(soonest.size() - most_rows)), Unit::count}});
}

}  // namespace

void declare_plans(Declarations& d) {
    const PlanMeasures asked{d.measure(count(listed("memberships"))), d.measure(count(listed("memberships"))),
                             d.measure(total("orders", "amount", of(listed("memberships")))),
                             d.measure(total("memberships", "price")), d.measure(rows("memberships", with("price")))};
    d.section("plans", {"各档会员", "Members by plan"}, {plans_zh, plans_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"plans.plan", "plans.fee", "plans.members", "plans.share", "plans.gmv", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_plans(e, texts, asked); });
}

void declare_renewal(Declarations& d, std::int64_t grace_days) {
    const RenewalMeasures asked{d.measure(memberships_due(grace_days)), d.measure(memberships_renewed(grace_days)),
                                grace_days, d.settings().days("notice_days", 30)};
    d.section("renewal", {"续费", "Renewal"}, {renewal_zh, renewal_en})
        .fills(
            {"due", "renewed", "grace", "notice", "ending.plan", "ending.memberships", "ending.earliest", "more.left"},
            [asked](const Evaluation& e, const Texts& texts) { fill_renewal(e, texts, asked); });
}
