// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::size_t most_rows = 10;

const char* const groups_zh = R"(<table><caption>留存最低的群在前</caption>
<thead><tr><th>群</th><th>成员</th><th>群留存</th><th>有效互动</th><th>GMV</th></tr></thead>
<tbody>{{#groups}}<tr><td>{{name}}</td><td>{{members}}</td><td>{{retention}}</td><td>{{effective}}</td><td>{{gmv}}</td></tr>
{{/groups}}{{^groups}}<tr><td colspan="5">期初群里还没有成员，暂时谈不上留存。</td></tr>{{/groups}}</tbody></table>
{{#more}}<p>另有 {{left}} 个群未列出，留存都不低于以上各群。</p>{{/more}}
{{#fresh}}<p>{{count}} 个群期初没有成员，下期起统计留存。</p>{{/fresh}})";

const char* const groups_en = R"(<table><caption>The lowest retention first</caption>
<thead><tr><th>Group</th><th>Members</th><th>Retention</th><th>Effective</th><th>GMV</th></tr></thead>
<tbody>{{#groups}}<tr><td>{{name}}</td><td>{{members}}</td><td>{{retention}}</td><td>{{effective}}</td><td>{{gmv}}</td></tr>
{{/groups}}{{^groups}}<tr><td colspan="5">No group had members at the start, so nobody could stay yet.</td></tr>{{/groups}}</tbody></table>
{{#more}}<p>Groups not listed, none of which keeps fewer: {{left}}.</p>{{/more}}
{{#fresh}}<p>Groups without members at the start: {{count}}; their retention counts from the next period.</p>{{/fresh}})";

const char* const care_zh = R"(<h3>没有人互动的群</h3>
<ul>{{#quiet}}<li>{{name}}</li>{{/quiet}}{{^quiet}}<li>没有。</li>{{/quiet}}</ul>
{{#more_quiet}}<p>另有 {{left}} 个。</p>{{/more_quiet}}
<h3>发得太密的群（每天超过 {{a_day}} 条群发）</h3>
<ul>{{#dense}}<li>{{name}}：{{messages}} 条</li>{{/dense}}{{^dense}}<li>没有。</li>{{/dense}}</ul>
{{#more_dense}}<p>另有 {{left}} 个。</p>{{/more_dense}}
<p>被客户拉黑或删除 {{blocked}} 次，占聊天数的 {{blocked_rate}}。</p>)";

const char* const care_en = R"(<h3>Groups where nobody interacts</h3>
<ul>{{#quiet}}<li>{{name}}</li>{{/quiet}}{{^quiet}}<li>None.</li>{{/quiet}}</ul>
{{#more_quiet}}<p>Not listed: {{left}}.</p>{{/more_quiet}}
<h3>Groups written to too often (more than {{a_day}} messages a day)</h3>
<ul>{{#dense}}<li>{{name}}: {{messages}} messages</li>{{/dense}}{{^dense}}<li>None.</li>{{/dense}}</ul>
{{#more_dense}}<p>Not listed: {{left}}.</p>{{/more_dense}}
<p>Blocked or deleted by customers: {{blocked}} times, {{blocked_rate}} of the chats.</p>)";

using ByValue = std::map<std::string, Fraction>;

ByValue split(const Evaluation& e, Asked measure, const char* column) {
    ByValue found;
    for (const auto& part : e.split(measure, column))
        if (part.figure) found[part.value] = *part.figure;
    return found;
}

Fraction at(const ByValue& figures, const std::string& value) {
    const auto found = figures.find(value);
    return found == figures.end() ? Fraction(0) : found->second;
}

// Groups that are there on the day, and how they are called.
std::map<std::string, std::string> names_on(const Evaluation& e, std::int32_t day) {
    std::map<std::string, std::string> names;
    for (const auto& row : e.roster("groups", {"group_id", "name"}, day))
        names[row[0]] = row[1].empty() ? row[0] : row[1];
    return names;
}

void put_left(const Texts& texts, const char* list, std::size_t found) {
    if (found > most_rows)
        texts.row(list, {{"left", Fraction(static_cast<std::int64_t>(found - most_rows)), Unit::count}});
}

struct GroupRow {
    std::string id;
    Fraction retention;
};

struct GroupMeasures {
    Asked opening, kept, members, effective, gmv;
};

void fill_groups(const Evaluation& e, const Texts& texts, const GroupMeasures& asked) {
    const auto names = names_on(e, e.period().last);
    const ByValue opening = split(e, asked.opening, "group_id"), kept = split(e, asked.kept, "group_id"),
                  members = split(e, asked.members, "group_id"), effective = split(e, asked.effective, "group_id"),
                  gmv = split(e, asked.gmv, "group_id");
    std::vector<GroupRow> found;
    for (const auto& [id, size] : opening)
        if (!id.empty() && Fraction(0) < size) found.push_back({id, at(kept, id) / size});
    std::stable_sort(found.begin(), found.end(),
                     [](const GroupRow& a, const GroupRow& b) { return a.retention < b.retention; });
    for (std::size_t i = 0; i < std::min(found.size(), most_rows); ++i) {
        const std::string& id = found[i].id;
        const auto name = names.find(id);
        texts.row("groups", {{"name", name == names.end() ? id : name->second},
                             {"members", at(members, id), Unit::count},
                             {"retention", found[i].retention, Unit::ratio},
                             {"effective", at(effective, id), Unit::count},
                             {"gmv", at(gmv, id), Unit::money}});
    }
    put_left(texts, "more", found.size());
    std::int64_t fresh = 0;
    for (const auto& [id, size] : members) fresh += !id.empty() && Fraction(0) < size && at(opening, id) == Fraction(0);
    if (fresh > 0) texts.row("fresh", {{"count", Fraction(fresh), Unit::count}});
}

struct CareMeasures {
    Asked effective, messages, blocked, chats;
    std::int64_t a_day;
};

void fill_care(const Evaluation& e, const Texts& texts, const CareMeasures& asked) {
    const siyu_period period = e.period();
    const ByValue effective = split(e, asked.effective, "group_id"), messages = split(e, asked.messages, "target");
    const Fraction allowed = Fraction(asked.a_day) * Fraction(period.last - period.first + 1);
    std::size_t quiet = 0, dense = 0;
    for (const auto& [id, name] : names_on(e, period.last)) {
        if (at(effective, id) == Fraction(0) && ++quiet <= most_rows) texts.row("quiet", {{"name", name}});
        if (allowed < at(messages, id) && ++dense <= most_rows)
            texts.row("dense", {{"name", name}, {"messages", at(messages, id), Unit::count}});
    }
    put_left(texts, "more_quiet", quiet);
    put_left(texts, "more_dense", dense);
    const auto blocked = e(asked.blocked), chats = e(asked.chats);
    std::optional<Fraction> rate;
    if (blocked && chats && Fraction(0) < *chats) rate = *blocked / *chats;
    texts.put("a_day", Fraction(asked.a_day), Unit::count);
    texts.put("blocked", blocked, Unit::count);
    texts.put("blocked_rate", rate, Unit::ratio);
}

}  // namespace

void declare_groups(Declarations& d, Asked effective, Asked gmv) {
    const GroupMeasures groups{d.measure(count(group_members(at_start))),
                               d.measure(count(group_members(at_start) & group_members(at_end))),
                               d.measure(count(group_members(at_end))), effective, gmv};
    d.section("groups", {"社群榜", "Groups"}, {groups_zh, groups_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"groups.name", "groups.members", "groups.retention", "groups.effective", "groups.gmv", "more.left",
                "fresh.count"},
               [groups](const Evaluation& e, const Texts& texts) { fill_groups(e, texts, groups); });

    const CareMeasures care{effective, d.measure(total("guide_actions", "count", where("kind", "group_message"))),
                            d.measure(total("guide_days", "negative_feedback")),
                            d.measure(total("guide_days", "chats", with("negative_feedback"))),
                            d.settings().positive_whole("messages_a_day", 3)};
    d.section("care", {"该留意的群", "Groups to look after"}, {care_zh, care_en})
        .agency_only()
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"quiet.name", "more_quiet.left", "dense.name", "dense.messages", "more_dense.left", "a_day", "blocked",
                "blocked_rate"},
               [care](const Evaluation& e, const Texts& texts) { fill_care(e, texts, care); });
}
