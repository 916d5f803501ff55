// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kocs.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const ranking_zh = R"(<table><caption>看活跃，也看发帖</caption>
<thead><tr><th>KOC</th><th>带群</th><th>发帖</th><th>群活跃率</th></tr></thead>
<tbody>{{#kocs}}<tr><td>{{name}}</td><td>{{groups}}</td><td>{{posts}}</td><td>{{activity}}</td></tr>
{{/kocs}}{{^kocs}}<tr><td colspan="4">还没有在岗的 KOC。</td></tr>{{/kocs}}</tbody></table>
{{#more}}<p>另有 {{left}} 位在岗 KOC 未列出。</p>{{/more}})";

const char* const ranking_en = R"(<table><caption>Judged by activity and posts</caption>
<thead><tr><th>KOC</th><th>Groups</th><th>Posts</th><th>Group activity</th></tr></thead>
<tbody>{{#kocs}}<tr><td>{{name}}</td><td>{{groups}}</td><td>{{posts}}</td><td>{{activity}}</td></tr>
{{/kocs}}{{^kocs}}<tr><td colspan="4">There is no active KOC yet.</td></tr>{{/kocs}}</tbody></table>
{{#more}}<p>Active KOCs not listed: {{left}}.</p>{{/more}})";

const char* const year_zh = R"(<table><caption>{{first_day}} 至 {{last}}</caption>
<thead><tr><th>名次</th><th>KOC</th><th>发帖</th><th>群活跃率</th></tr></thead>
<tbody>{{#honoured}}<tr><td>{{place}}</td><td>{{name}}</td><td>{{posts}}</td><td>{{activity}}</td></tr>
{{/honoured}}{{^honoured}}<tr><td colspan="4">今年还没有 KOC 发帖。</td></tr>{{/honoured}}</tbody></table>)";

const char* const year_en = R"(<table><caption>{{first_day}} to {{last}}</caption>
<thead><tr><th>Place</th><th>KOC</th><th>Posts</th><th>Group activity</th></tr></thead>
<tbody>{{#honoured}}<tr><td>{{place}}</td><td>{{name}}</td><td>{{posts}}</td><td>{{activity}}</td></tr>
{{/honoured}}{{^honoured}}<tr><td colspan="4">No KOC has posted this year.</td></tr>{{/honoured}}</tbody></table>)";

struct KocMeasures {
    Asked posts, active, members;
};

struct Judged {
    Koc koc;
    Fraction posts;
    std::optional<Fraction> activity;  // of the groups that it leads
};

// KOCs over those days, most posts first, then the liveliest groups.
std::vector<Judged> judged(const Evaluation& e, const KocMeasures& asked, std::int32_t first, std::int32_t last) {
    const ByValue posts(e.split(asked.posts, "koc_id", first, last)),
        active(e.split(asked.active, "group_id.koc_id", first, last)),
        members(e.split(asked.members, "group_id.koc_id", first, last));
    std::vector<Judged> found;
    for (const Koc& koc : kocs_on(e, last)) {
        std::optional<Fraction> activity;
        if (const Fraction all = members[koc.id]; Fraction(0) < all) activity = active[koc.id] / all;
        found.push_back({koc, posts[koc.id], activity});
    }
    std::stable_sort(found.begin(), found.end(), [](const Judged& a, const Judged& b) {
        return a.posts != b.posts ? a.posts > b.posts : a.activity.value_or(-1) > b.activity.value_or(-1);
    });
    return found;
}

void fill_ranking(const Evaluation& e, const Texts& texts, const KocMeasures& asked) {
    const siyu_period period = e.period();
    std::size_t found = 0;
    for (const Judged& one : judged(e, asked, period.first, period.last)) {
        if (one.koc.status != "active" || ++found > most_rows) continue;
        texts.row("kocs", {{"name", one.koc.name},
                           {"groups", Fraction(one.koc.premium + one.koc.regular), Unit::count},
                           {"posts", one.posts, Unit::count},
                           {"activity", one.activity, Unit::ratio}});
    }
    if (found > most_rows) texts.row("more", {{"left", number(found - most_rows), Unit::count}});
}

void fill_year(const Evaluation& e, const Texts& texts, const KocMeasures& asked) {
    const std::int32_t last = e.period().last, first = day_of({date_of(last).year, 1, 1});
    texts.put("first_day", day_text(first));
    std::size_t place = 0;
    for (const Judged& one : judged(e, asked, first, last)) {
        if (one.posts == Fraction(0) || one.koc.status == "candidate" || place == most_rows) continue;
        texts.row("honoured", {{"place", number(++place), Unit::count},
                               {"name", one.koc.name},
                               {"posts", one.posts, Unit::count},
                               {"activity", one.activity, Unit::ratio}});
    }
}

}  // namespace

void declare_ranking(Declarations& d) {
    const KocMeasures asked{d.measure(rows("posts")), d.measure(total("group_days", "active_members")),
                            d.measure(total("group_days", "members", with("active_members")))};
    d.section("kocs", {"KOC 活跃与发帖", "KOCs: activity and posts"}, {ranking_zh, ranking_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"kocs.name", "kocs.groups", "kocs.posts", "kocs.activity", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_ranking(e, texts, asked); });
    d.section("koc_year", {"年度十佳 KOC", "Ten KOCs of the year"}, {year_zh, year_en})
        .in(SIYU_MONTHLY)
        .fills({"first_day", "honoured.place", "honoured.name", "honoured.posts", "honoured.activity"},
               [asked](const Evaluation& e, const Texts& texts) { fill_year(e, texts, asked); });
}
