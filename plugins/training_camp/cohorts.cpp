// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sections.hpp"

using namespace siyu;

namespace {

const char* const camps_zh = R"(<table><caption>最近的营期</caption>
<thead><tr><th>营期</th><th>报名</th><th>完课率</th><th>转化率</th><th>状态</th></tr></thead>
<tbody>{{#camps}}<tr><td>{{camp}}</td><td>{{enrolled}}</td><td>{{completion}}</td><td>{{conversion}}</td><td>{{state_zh}}</td></tr>
{{/camps}}{{^camps}}<tr><td colspan="5">近期没有开营。</td></tr>{{/camps}}</tbody></table>
{{#running}}<p>进行中的 {{count}} 个营期只算到报告截止日，结营后才有最终数字。</p>{{/running}})";

const char* const camps_en = R"(<table><caption>The last camps</caption>
<thead><tr><th>Camp</th><th>Enrolled</th><th>Completed</th><th>Conversion</th><th>State</th></tr></thead>
<tbody>{{#camps}}<tr><td>{{camp}}</td><td>{{enrolled}}</td><td>{{completion}}</td><td>{{conversion}}</td><td>{{state_en}}</td></tr>
{{/camps}}{{^camps}}<tr><td colspan="5">No camp began lately.</td></tr>{{/camps}}</tbody></table>
{{#running}}<p>Camps that are running: {{count}}. They count up to the last day of this report; a camp's figures are final when its
days are over.</p>{{/running}})";

const char* const days_zh = R"(<table><caption>营期第几天成交（累计）</caption>
<thead><tr><th>天</th><th>{{latest}}</th><th>转化率</th><th>近 {{pooled}} 期平均</th></tr></thead>
<tbody>{{#days}}<tr><td>第 {{day}} 天</td><td>{{buyers}}</td><td>{{conversion}}</td><td>{{mean}}</td></tr>
{{/days}}{{^days}}<tr><td colspan="4">还没有结营的营期。</td></tr>{{/days}}</tbody></table>
{{#peak}}<p>成交最集中在第 {{day}} 天，占 {{share}}。</p>{{/peak}})";

const char* const days_en = R"(<table><caption>Who has bought by the day of the camp</caption>
<thead><tr><th>Day</th><th>{{latest}}</th><th>Conversion</th><th>Last {{pooled}} camps</th></tr></thead>
<tbody>{{#days}}<tr><td>{{day}}</td><td>{{buyers}}</td><td>{{conversion}}</td><td>{{mean}}</td></tr>
{{/days}}{{^days}}<tr><td colspan="4">No camp has ended yet.</td></tr>{{/days}}</tbody></table>
{{#peak}}<p>Most decide on day {{day}}: {{share}} of the buyers.</p>{{/peak}})";

const char* const follow_up_zh = R"(<table><caption>进行中的营期</caption>
<thead><tr><th>营期</th><th>第几天</th><th>近 {{quiet_days}} 天没上课</th><th>学了还没买</th></tr></thead>
<tbody>{{#camps}}<tr><td>{{camp}}</td><td>{{day}}</td><td>{{absent}}</td><td>{{open}}</td></tr>
{{/camps}}{{^camps}}<tr><td colspan="4">现在没有进行中的营期。</td></tr>{{/camps}}</tbody></table>)";

const char* const follow_up_en = R"(<table><caption>Camps that are running</caption>
<thead><tr><th>Camp</th><th>Day</th><th>No lesson in {{quiet_days}} days</th><th>Learns, has not bought</th></tr></thead>
<tbody>{{#camps}}<tr><td>{{camp}}</td><td>{{day}}</td><td>{{absent}}</td><td>{{open}}</td></tr>
{{/camps}}{{^camps}}<tr><td colspan="4">No camp is running now.</td></tr>{{/camps}}</tbody></table>)";

void fill_camps(const Evaluation& e, const Texts& texts, const Cohort& cohort) {
    Book book(e);
    std::vector<Camp> camps = last_camps(e, cohort, false);
    std::reverse(camps.begin(), camps.end());
    std::size_t running = 0;
    for (const Camp& camp : camps) {
        const std::int32_t now = std::min(camp.last, e.period().last);
        const bool over = camp.last <= now;
        running += over ? 0 : 1;
        const Fraction enrolled = book.of(cohort.enrolled, camp, camp.first, now);
        const std::string day = std::to_string(now - camp.first + 1);
        texts.row("camps",
                  {{"camp", camp.name},
                   {"enrolled", enrolled, Unit::count},
                   {"completion", ratio(book.of(cohort.completed, camp, camp.first, now), enrolled), Unit::ratio},
                   {"conversion", ratio(book.of(cohort.bought, camp, camp.first, now), enrolled), Unit::ratio},
                   {"state_zh", over ? "已结营" : "进行中，第 " + day + " 天"},
                   {"state_en", over ? "ended" : "running, day " + day}});
    }
    if (running > 0) texts.row("running", {{"count", whole(running), Unit::count}});
}

void fill_days(const Evaluation& e, const Texts& texts, const Cohort& cohort) {
    Book book(e);
    const std::vector<Camp> camps = last_camps(e, cohort, true);
    texts.put("latest", camps.empty() ? "–" : camps.back().name);
    texts.put("pooled", whole(camps.size()), Unit::count);
    if (camps.empty()) return;
    Fraction enrolled;
    for (const Camp& camp : camps) enrolled = enrolled + book.of(cohort.enrolled, camp, camp.first, camp.last);
    const Camp& latest = camps.back();
    const Fraction latest_enrolled = book.of(cohort.enrolled, latest, latest.first, latest.last);
    Fraction until_yesterday, most;
    std::int32_t peak = 0;
    for (std::int32_t day = 1; day <= cohort.days; ++day) {
        if (e.cancelled()) return;
        Fraction sum;
        for (const Camp& camp : camps) sum = sum + book.of(cohort.bought, camp, camp.first, camp.first + day - 1);
        const Fraction buyers = book.of(cohort.bought, latest, latest.first, latest.first + day - 1);
        texts.row("days", {{"day", Fraction(day), Unit::count},
                           {"buyers", buyers, Unit::count},
                           {"conversion", ratio(buyers, latest_enrolled), Unit::ratio},
                           {"mean", ratio(sum, enrolled), Unit::ratio}});
        if (sum - until_yesterday > most) most = sum - until_yesterday, peak = day;
        until_yesterday = sum;
    }
    if (peak)
        texts.row("peak", {{"day", Fraction(peak), Unit::count}, {"share", ratio(most, until_yesterday), Unit::ratio}});
}

void fill_follow_up(const Evaluation& e, const Texts& texts, const Cohort& cohort, std::int32_t quiet_days) {
    Book book(e);
    const std::int32_t today = e.period().last;
    texts.put("quiet_days", Fraction(quiet_days), Unit::count);
    for (const Camp& camp : camps_begun(e, cohort, today - cohort.days + 2, today))
        texts.row("camps", {{"camp", camp.name},
                            {"day", Fraction(today - camp.first + 1), Unit::count},
                            {"absent", book.of(cohort.absent, camp, today - quiet_days + 1, today), Unit::count},
                            {"open", book.of(cohort.open, camp, camp.first, today), Unit::count}});
}

}  // namespace

void declare_cohorts(Declarations& d, const Cohort& cohort) {
    d.section("camps", {"营期", "Camps"}, {camps_zh, camps_en})
        .fills({"camps.camp", "camps.enrolled", "camps.completion", "camps.conversion", "camps.state_zh",
                "camps.state_en", "running.count"},
               [cohort](const Evaluation& e, const Texts& texts) { fill_camps(e, texts, cohort); });
    d.section("days", {"第几天成交", "When they decide"}, {days_zh, days_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills(
            {"latest", "pooled", "days.day", "days.buyers", "days.conversion", "days.mean", "peak.day", "peak.share"},
            [cohort](const Evaluation& e, const Texts& texts) { fill_days(e, texts, cohort); });
}

void declare_follow_up(Declarations& d, const Cohort& cohort) {
    const auto quiet_days = d.settings().days("quiet_days", 2, 366);
    d.section("follow_up", {"营期跟进", "To follow up"}, {follow_up_zh, follow_up_en})
        .agency_only()
        .in(SIYU_DAILY | SIYU_WEEKLY)
        .fills({"quiet_days", "camps.camp", "camps.day", "camps.absent", "camps.open"},
               [cohort, quiet_days](const Evaluation& e, const Texts& texts) {
                   fill_follow_up(e, texts, cohort, quiet_days);
               });
}
