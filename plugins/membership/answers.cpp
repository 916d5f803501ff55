// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "by_value.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const answers_zh = R"(<table><caption>本期 {{tickets}} 个问题，多久得到回答</caption>
<thead><tr><th>几分钟内</th><th>问题数</th><th>累计占比</th></tr></thead>
<tbody>{{#steps}}<tr><td>{{minutes}}</td><td>{{answered}}</td><td>{{share}}</td></tr>
{{/steps}}<tr><td>更晚或尚未回答</td><td>{{later}}</td><td>–</td></tr></tbody></table>)";

const char* const answers_en =
    R"(<table><caption>Tickets of this period: {{tickets}}, and how soon they were answered</caption>
<thead><tr><th>Within minutes</th><th>Tickets</th><th>Share so far</th></tr></thead>
<tbody>{{#steps}}<tr><td>{{minutes}}</td><td>{{answered}}</td><td>{{share}}</td></tr>
{{/steps}}<tr><td>later or not yet</td><td>{{later}}</td><td>–</td></tr></tbody></table>)";

const char* const guides_zh = R"(<table><caption>服务人数多的在前</caption>
<thead><tr><th>导购</th><th>成员</th><th>问题数</th><th>即时应答</th><th>平均分钟</th></tr></thead>
<tbody>{{#guides}}<tr><td>{{name}}</td><td>{{members}}</td><td>{{tickets}}</td><td>{{at_once}}</td><td>{{minutes}}</td></tr>
{{/guides}}{{^guides}}<tr><td colspan="5">还没有导购服务的记录。</td></tr>{{/guides}}</tbody></table>
{{#more}}<p>另有 {{left}} 位导购未列出。</p>{{/more}})";

const char* const guides_en = R"(<table><caption>Whoever serves most first</caption>
<thead><tr><th>Guide</th><th>Members</th><th>Tickets</th><th>At once</th><th>Usual minutes</th></tr></thead>
<tbody>{{#guides}}<tr><td>{{name}}</td><td>{{members}}</td><td>{{tickets}}</td><td>{{at_once}}</td><td>{{minutes}}</td></tr>
{{/guides}}{{^guides}}<tr><td colspan="5">No guide has served anybody yet.</td></tr>{{/guides}}</tbody></table>
{{#more}}<p>Guides not listed: {{left}}.</p>{{/more}})";

struct AnswerStep {
    std::int64_t minutes;
    Asked answered;
};

struct GuideMeasures {
    Asked members, tickets, at_once, reply_minutes, chats;
};

void fill_guides(const Evaluation& e, const Texts& texts, const GuideMeasures& asked) {
    const auto members = by_value(e, asked.members, "guide_id"), tickets = by_value(e, asked.tickets, "guide_id"),
               at_once = by_value(e, asked.at_once, "guide_id"), minutes = by_value(e, asked.reply_minutes, "guide_id"),
               chats = by_value(e, asked.chats, "guide_id");
    std::map<std::string, std::string> names;  // of everybody who served somebody
    for (const auto* figures : {&members, &tickets, &chats})
        for (const auto& [id, figure] : *figures)
            if (!id.empty()) names[id] = id;
    for (const RosterRow& row : e.roster("guides", {"guide_id", "name"}))
        if (const auto found = names.find(row["guide_id"]); found != names.end()) found->second = row["name"];
    std::vector<std::string> guides;
    for (const auto& [id, name] : names) guides.push_back(id);
    std::stable_sort(guides.begin(), guides.end(),
                     [&](const auto& a, const auto& b) { return at(members, a) > at(members, b); });
    for (std::size_t i = 0; i < std::min(guides.size(), most_rows); ++i) {
        const std::string& id = guides[i];
        texts.row("guides", {{"name", names[id]},
                             {"members", at(members, id), Unit::count},
                             {"tickets", at(tickets, id), Unit::count},
                             {"at_once", ratio(at(at_once, id), at(tickets, id)), Unit::ratio},
                             {"minutes", ratio(at(minutes, id), at(chats, id)), Unit::count}});
    }
    if (guides.size() > most_rows)
        texts.row("more", {{"left", Fraction(static_cast<std::int64_t>(guides.size() - most_rows)), Unit::count}});
}

}  // namespace

void declare_answers(Declarations& d, std::int64_t minutes) {
    std::vector<AnswerStep> steps{{minutes, d.measure(tickets_answered(minutes))}};
    for (const std::int64_t next : {5, 10, 60})
        if (next > minutes) steps.push_back({next, d.measure(tickets_answered(next))});
    const Asked tickets = d.measure(rows("tickets"));
    d.section("answers", {"应答时长", "How soon we answer"}, {answers_zh, answers_en})
        .fills({"tickets", "later", "steps.minutes", "steps.answered", "steps.share"},
               [steps, tickets](const Evaluation& e, const Texts& texts) {
                   const Fraction all = e(tickets).value_or(0);
                   Fraction so_far;
                   for (const AnswerStep& step : steps) {
                       const Fraction answered = e(step.answered).value_or(0);
                       texts.row("steps", {{"minutes", Fraction(step.minutes), Unit::count},
                                           {"answered", answered - so_far, Unit::count},
                                           {"share", ratio(answered, all), Unit::ratio}});
                       so_far = answered;
                   }
                   texts.put("tickets", all, Unit::count);
                   texts.put("later", all - so_far, Unit::count);
               });
}

void declare_guides(Declarations& d, std::int64_t minutes) {
    const GuideMeasures asked{d.measure(count(members(at_end))), d.measure(rows("tickets")),
                              d.measure(tickets_answered(minutes)), d.measure(reply_minutes()),
                              d.measure(total("guide_days", "chats", with("avg_reply_minutes")))};
    d.section("one_to_one", {"一对一服务", "One-to-one service"}, {guides_zh, guides_en})
        .agency_only()
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"guides.name", "guides.members", "guides.tickets", "guides.at_once", "guides.minutes", "more.left"},
               [asked](const Evaluation& e, const Texts& texts) { fill_guides(e, texts, asked); });
}
