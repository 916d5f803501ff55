// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kocs.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const bench_zh =
    R"(<p>在岗 {{active}} 人，轮换 {{rotating}} 人，待命 {{standby}} 人，洽谈中 {{talking}} 人；)"
    R"(另有 {{candidates}} 位客户达到候选标准、尚未接触。</p>
<table><caption>{{days}} 天没有发帖，建议轮换或待命（不辞退）</caption>
<thead><tr><th>KOC</th><th>带群</th><th>近 90 天发帖</th><th>可接替</th></tr></thead>
<tbody>{{#swaps}}<tr><td>{{out}}</td><td>{{groups}}</td><td>{{posts}}</td><td>{{in}}</td></tr>
{{/swaps}}{{^swaps}}<tr><td colspan="4">在岗 KOC 都在发帖，不用轮换。</td></tr>{{/swaps}}</tbody></table>
{{#more}}<p>另有 {{left}} 位未列出。</p>{{/more}})";

const char* const bench_en =
    R"(<p>Active: {{active}}, rotating: {{rotating}}, on standby: {{standby}}, being talked to: {{talking}};
customers who qualify and have not been asked: {{candidates}}.</p>
<table><caption>No post for {{days}} days: to rotate or put on standby, not to dismiss</caption>
<thead><tr><th>KOC</th><th>Groups</th><th>Posts in 90 days</th><th>Could take over</th></tr></thead>
<tbody>{{#swaps}}<tr><td>{{out}}</td><td>{{groups}}</td><td>{{posts}}</td><td>{{in}}</td></tr>
{{/swaps}}{{^swaps}}<tr><td colspan="4">All active KOCs post; nobody has to rotate.</td></tr>{{/swaps}}</tbody></table>
{{#more}}<p>KOCs not listed: {{left}}.</p>{{/more}})";

const char* const groups_zh =
    R"(<p>核心群 {{premium}} 个，{{premium_led}} 个有在岗 KOC；普通群 {{regular}} 个，{{regular_led}} 个有在岗 KOC。</p>
<table><caption>带群分工建议（核心群一人一群，普通群每人 {{least}}–{{most}} 个）</caption>
<thead><tr><th>KOC</th><th>核心群</th><th>普通群</th><th>建议</th></tr></thead>
<tbody>{{#kocs}}<tr><td>{{name}}</td><td>{{premium_groups}}</td><td>{{regular_groups}}</td><td>{{advice_zh}}</td></tr>
{{/kocs}}{{^kocs}}<tr><td colspan="4">分配合适，不用调整。</td></tr>{{/kocs}}</tbody></table>
{{#more}}<p>另有 {{left}} 位未列出。</p>{{/more}})";

const char* const groups_en =
    R"(<p>Premium groups: {{premium}}, with an active KOC {{premium_led}}; regular groups: {{regular}}, with
an active KOC {{regular_led}}.</p>
<table><caption>How groups could be shared out (a premium group each, or {{least}} to {{most}} regular ones)</caption>
<thead><tr><th>KOC</th><th>Premium</th><th>Regular</th><th>Advice</th></tr></thead>
<tbody>{{#kocs}}<tr><td>{{name}}</td><td>{{premium_groups}}</td><td>{{regular_groups}}</td><td>{{advice_en}}</td></tr>
{{/kocs}}{{^kocs}}<tr><td colspan="4">All is well shared out.</td></tr>{{/kocs}}</tbody></table>
{{#more}}<p>KOCs not listed: {{left}}.</p>{{/more}})";

struct BenchMeasures {
    Asked candidates, posts;
    std::int32_t idle_days;
};

void fill_bench(const Evaluation& e, const Texts& texts, const BenchMeasures& asked) {
    const std::int32_t last = e.period().last;
    const ByValue idle_posts(e.split(asked.posts, "koc_id", last - asked.idle_days + 1, last)),
        posts(e.split(asked.posts, "koc_id", last - 89, last));
    std::map<std::string, std::int64_t> by_status;
    std::vector<Koc> idle, spare;
    for (const Koc& koc : kocs_on(e, last)) {
        ++by_status[koc.status];
        // Who has only just begun is not idle yet.
        if (koc.status == "active" && koc.since <= last - asked.idle_days && idle_posts[koc.id] == Fraction(0))
            idle.push_back(koc);
        if (koc.status == "standby" || koc.status == "rotating") spare.push_back(koc);
    }
    // Whoever leads most goes first and is followed by the spare one who posts most.
    std::stable_sort(idle.begin(), idle.end(),
                     [](const Koc& a, const Koc& b) { return a.premium + a.regular > b.premium + b.regular; });
    std::stable_sort(spare.begin(), spare.end(),
                     [&posts](const Koc& a, const Koc& b) { return posts[a.id] > posts[b.id]; });
    texts.put("active", Fraction(by_status["active"]), Unit::count);
    texts.put("rotating", Fraction(by_status["rotating"]), Unit::count);
    texts.put("standby", Fraction(by_status["standby"]), Unit::count);
    texts.put("talking", Fraction(by_status["candidate"]), Unit::count);
    texts.put("candidates", e(asked.candidates), Unit::count);
    texts.put("days", Fraction(asked.idle_days), Unit::count);
    for (std::size_t i = 0; i < std::min(idle.size(), most_rows); ++i)
        texts.row("swaps", {{"out", idle[i].name},
                            {"groups", Fraction(idle[i].premium + idle[i].regular), Unit::count},
                            {"posts", posts[idle[i].id], Unit::count},
                            {"in", i < spare.size() ? spare[i].name : "–"}});
    if (idle.size() > most_rows) texts.row("more", {{"left", number(idle.size() - most_rows), Unit::count}});
}

void fill_groups(const Evaluation& e, const Texts& texts, std::int64_t least, std::int64_t most) {
    const std::int32_t last = e.period().last;
    std::int64_t premium_led = 0, regular_led = 0, premium = 0, regular = 0;
    for (const RosterRow& row : e.roster("groups", {"group_id", "tier"}, last))
        ++(row["tier"] == "premium" ? premium : regular);
    std::size_t found = 0;
    for (const Koc& koc : kocs_on(e, last)) {
        if (koc.status != "active") continue;
        premium_led += koc.premium, regular_led += koc.regular;
        Words advice;
        if (koc.premium > 1 || (koc.premium == 1 && koc.regular > 0))
            advice = {"专带一个核心群", "one premium group and no other"};
        else if (koc.regular > most)
            advice = {"可分出几个群", "too many, hand some on"};
        else if (koc.premium == 0 && koc.regular < least)
            advice = {"还能再带", "could take more"};
        if (advice.zh.empty() || ++found > most_rows) continue;
        texts.row("kocs", {{"name", koc.name},
                           {"premium_groups", Fraction(koc.premium), Unit::count},
                           {"regular_groups", Fraction(koc.regular), Unit::count},
                           {"advice_zh", advice.zh},
                           {"advice_en", advice.en}});
    }
    texts.put("premium", Fraction(premium), Unit::count);
    texts.put("premium_led", Fraction(premium_led), Unit::count);
    texts.put("regular", Fraction(regular), Unit::count);
    texts.put("regular_led", Fraction(regular_led), Unit::count);
    texts.put("least", Fraction(least), Unit::count);
    texts.put("most", Fraction(most), Unit::count);
    if (found > most_rows) texts.row("more", {{"left", number(found - most_rows), Unit::count}});
}

}  // namespace

void declare_bench(Declarations& d, Asked candidates) {
    const BenchMeasures asked{candidates, d.measure(rows("posts")), d.settings().days("idle_days", 30)};
    d.section("bench", {"KOC 梯队", "KOC bench"}, {bench_zh, bench_en})
        .agency_only()
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"active", "rotating", "standby", "talking", "candidates", "days", "swaps.out", "swaps.groups",
                "swaps.posts", "swaps.in", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_bench(e, texts, asked); });
}

void declare_koc_groups(Declarations& d) {
    const std::int64_t least = d.settings().whole("least_groups", 3),
                       most = d.settings().positive_whole("most_groups", 5);
    d.section("koc_groups", {"社群与 KOC", "Groups and their KOCs"}, {groups_zh, groups_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"premium", "premium_led", "regular", "regular_led", "least", "most", "kocs.name", "kocs.premium_groups",
                "kocs.regular_groups", "kocs.advice_zh", "kocs.advice_en", "more.left"},
               [least, most](const Evaluation& e, const Texts& texts) { fill_groups(e, texts, least, most); });
}
