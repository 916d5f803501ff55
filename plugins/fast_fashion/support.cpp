// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "roll.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const template_zh = R"(<h3>离目标最远的门店</h3>
<table><thead><tr><th>门店</th><th>新增会员</th><th>还差</th></tr></thead>
<tbody>{{#stores}}<tr><td>{{store}}</td><td>{{new_members}}</td><td>{{missing}}</td></tr>
{{/stores}}{{^stores}}<tr><td colspan="3">没有未达目标的门店。</td></tr>{{/stores}}</tbody></table>
{{#more_stores}}<p>另有 {{left}} 家未达到目标。</p>{{/more_stores}}
<h3>3+3+3 需要帮一把的导购（达标天数不到 {{bar}}）</h3>
<table><thead><tr><th>导购</th><th>门店</th><th>3+3+3</th><th>最缺的动作</th></tr></thead>
<tbody>{{#guides}}<tr><td>{{guide}}</td><td>{{store}}</td><td>{{rate}}</td><td>{{lacks_zh}}</td></tr>
{{/guides}}{{^guides}}<tr><td colspan="4">没有。</td></tr>{{/guides}}</tbody></table>
{{#more_guides}}<p>另有 {{left}} 位。</p>{{/more_guides}})";

const char* const template_en = R"(<h3>Shops farthest from their target</h3>
<table><thead><tr><th>Shop</th><th>New</th><th>Missing</th></tr></thead>
<tbody>{{#stores}}<tr><td>{{store}}</td><td>{{new_members}}</td><td>{{missing}}</td></tr>
{{/stores}}{{^stores}}<tr><td colspan="3">No shop is behind its target.</td></tr>{{/stores}}</tbody></table>
{{#more_stores}}<p>And {{left}} more are not there yet.</p>{{/more_stores}}
<h3>Guides to help with 3+3+3 (on less than {{bar}} of their days)</h3>
<table><thead><tr><th>Guide</th><th>Shop</th><th>3+3+3</th><th>Lacks most</th></tr></thead>
<tbody>{{#guides}}<tr><td>{{guide}}</td><td>{{store}}</td><td>{{rate}}</td><td>{{lacks_en}}</td></tr>
{{/guides}}{{^guides}}<tr><td colspan="4">None.</td></tr>{{/guides}}</tbody></table>
{{#more_guides}}<p>And {{left}} more.</p>{{/more_guides}})";

// One of the three things that a guide does each day.
struct Action {
    Words name;
    Asked done;
    std::int64_t a_day;
};

struct Measures {
    Asked new_members, days, days_reaching;
    std::array<Action, 3> actions;
    std::int64_t target;
    Fraction bar;  // of the guide's days
};

void fill_stores(const Evaluation& e, const Texts& texts, const Measures& asked, const Roll& roll) {
    const ByValue new_members = split(e, asked.new_members, "guide_id.store_id");
    const Fraction target = for_the_days(asked.target, e.period());
    std::vector<std::string> behind;
    for (const auto& [id, name] : roll.stores)
        if (at(new_members, id) < target) behind.push_back(id);
    std::stable_sort(behind.begin(), behind.end(), [&](const std::string& a, const std::string& b) {
        return at(new_members, a) < at(new_members, b);
    });
    for (std::size_t i = 0; i < std::min(behind.size(), most_rows); ++i) {
        const Fraction found = at(new_members, behind[i]);
        // People are whole.
        texts.row("stores", {{"store", roll.store_name(behind[i])},
                             {"new_members", found, Unit::count},
                             {"missing", Fraction((target - found).ceiling()), Unit::count}});
    }
    put_left(texts, "more_stores", behind.size());
}

void fill_guides(const Evaluation& e, const Texts& texts, const Measures& asked, const Roll& roll) {
    const ByValue days = split(e, asked.days, "guide_id"), reaching = split(e, asked.days_reaching, "guide_id");
    std::array<ByValue, 3> done;
    for (std::size_t i = 0; i < 3; ++i) done[i] = split(e, asked.actions[i].done, "guide_id");

    std::vector<const Guide*> behind;
    const auto rate = [&](const Guide* guide) { return *ratio(at(reaching, guide->id), at(days, guide->id)); };
    for (const Guide& guide : roll.guides)
        if (at(days, guide.id) > 0 && rate(&guide) < asked.bar) behind.push_back(&guide);
    std::stable_sort(behind.begin(), behind.end(), [&](const Guide* a, const Guide* b) { return rate(a) < rate(b); });
    for (std::size_t i = 0; i < std::min(behind.size(), most_rows); ++i) {
        const Guide& guide = *behind[i];
        // The action of which the smallest part was done; the first of them where two are equal.
        const Action* lacks = nullptr;
        Fraction least;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto part = ratio(at(done[k], guide.id), Fraction(asked.actions[k].a_day) * at(days, guide.id));
            if (part && (!lacks || *part < least)) lacks = &asked.actions[k], least = *part;
        }
        texts.row("guides", {{"guide", guide.name},
                             {"store", roll.store_name(guide.store)},
                             {"rate", rate(&guide), Unit::ratio},
                             {"lacks_zh", lacks ? lacks->name.zh : ""},
                             {"lacks_en", lacks ? lacks->name.en : ""}});
    }
    put_left(texts, "more_guides", behind.size());
}

}  // namespace

void declare_support(Declarations& d, const Daily& daily, std::int64_t store_target) {
    const auto done = [&d](const char* kind) {
        return d.measure(total("guide_actions", "count", where("kind", kind)));
    };
    const Measures asked{d.measure(count(arrived())),
                         d.measure(store_guide_days()),
                         d.measure(store_guide_days_reaching(daily.moments, daily.private_chats, daily.group_messages)),
                         {{{{"朋友圈", "moments"}, done("moment"), daily.moments},
                           {{"私聊", "private chats"}, done("private_chat"), daily.private_chats},
                           {{"群发言", "group messages"}, done("group_message"), daily.group_messages}}},
                         store_target,
                         d.settings().positive("support_below", Fraction(1, 2))};
    d.section("support", {"待支持", "Who needs support"}, {template_zh, template_en})
        .agency_only()
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"bar", "stores.store", "stores.new_members", "stores.missing", "more_stores.left", "guides.guide",
                "guides.store", "guides.rate", "guides.lacks_zh", "guides.lacks_en", "more_guides.left"},
               [asked](const Evaluation& e, const Texts& texts) {
                   const Roll roll(e);
                   texts.put("bar", asked.bar, Unit::ratio);
                   fill_stores(e, texts, asked, roll);
                   fill_guides(e, texts, asked, roll);
               });
}
