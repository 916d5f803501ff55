// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sections.hpp"

using namespace siyu;

namespace {

const char* const template_zh = R"(<p>本期新增 {{new_agents}} 位代理，期末共 {{agents}} 位；品牌直招 {{direct}} 位。</p>
<table><caption>谁带来了新代理</caption>
<thead><tr><th>代理</th><th>级别</th><th>新增</th><th>直属团队</th></tr></thead>
<tbody>{{#recruiters}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{new}}</td><td>{{team}}</td></tr>
{{/recruiters}}{{^recruiters}}<tr><td colspan="4">本期没有代理带来新代理。</td></tr>{{/recruiters}}</tbody></table>
{{#more}}<p>另有 {{left}} 位代理也带来了新代理。</p>{{/more}})";

const char* const template_en =
    R"(<p>{{new_agents}} new agents, {{agents}} at the end; {{direct}} came to the brand by themselves.</p>
<table><caption>Who brought new agents</caption>
<thead><tr><th>Agent</th><th>Level</th><th>New</th><th>Own team</th></tr></thead>
<tbody>{{#recruiters}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{new}}</td><td>{{team}}</td></tr>
{{/recruiters}}{{^recruiters}}<tr><td colspan="4">No agent brought a new one in this period.</td></tr>{{/recruiters}}</tbody></table>
{{#more}}<p>And {{left}} more agents brought new ones.</p>{{/more}})";

void fill(const Evaluation& e, const Texts& texts, Asked begun) {
    const Team team(e);
    std::map<std::string, std::size_t> below;
    for (const Agent& agent : team.agents()) ++below[agent.upline];
    Fraction direct;
    std::vector<Part> recruiters;
    for (Part& part : e.split(begun, "upline_id")) {
        if (!part.figure) continue;
        if (part.value.empty())
            direct = *part.figure;
        else
            recruiters.push_back(std::move(part));
    }
    std::stable_sort(recruiters.begin(), recruiters.end(),
                     [](const Part& a, const Part& b) { return *a.figure > *b.figure; });
    texts.put("direct", direct, Unit::count);
    for (std::size_t i = 0; i < std::min(recruiters.size(), most_rows); ++i) {
        const Agent* agent = team.find(recruiters[i].value);
        texts.row("recruiters", {{"agent", team.name(recruiters[i].value)},
                                 {"level", agent ? agent->level : "–"},
                                 {"new", recruiters[i].figure, Unit::count},
                                 {"team", whole(below[recruiters[i].value]), Unit::count}});
    }
    put_left(texts, "more", recruiters.size());
}

}  // namespace

void declare_recruiting(Declarations& d) {
    const Asked begun_agents = d.measure(begun("agents"));
    d.section("recruiting", {"招募", "Recruiting"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"direct", "recruiters.agent", "recruiters.level", "recruiters.new", "recruiters.team", "more.left"},
               [begun_agents](const Evaluation& e, const Texts& texts) { fill(e, texts, begun_agents); });
}
