// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <set>

#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::int64_t most_days = 3660;  // no report looks back further
constexpr std::size_t trying = 1, adjusting = 2, running = 3, distilling = 4;
const Words phases[] = {{"筹备期", "preparing"},
                        {"试点期", "trying"},
                        {"调整期", "adjusting"},
                        {"运营期", "running"},
                        {"精细期", "distilling"}};

using Figure = std::function<std::optional<Fraction>(const Evaluation&)>;

// One thing that a phase is judged by.
struct Goal {
    std::size_t phase;
    Words name;
    Unit unit;
    Figure actual;
    Fraction wanted;
    bool at_most;  // reached at or below what is wanted, else at or above it
};

struct Rollout {
    Fraction from[4];  // so many groups begin a phase
    std::int64_t settled_days;
    std::vector<Goal> goals;
};

const char* const template_zh =
    R"(<p>目前 {{groups}} 个群，处于<strong>{{phase_zh}}</strong>。)"
    R"({{#next}}再建 {{missing}} 个群进入{{to_zh}}。{{/next}}{{#settle}}再有 {{missing}} 个群满 {{days}} 天，进入精细期。{{/settle}}</p>
<table><caption>本阶段看什么</caption>
<thead><tr><th>考核项</th><th>实际</th><th>要求</th><th>结果</th></tr></thead>
<tbody>{{#goals}}<tr><td>{{name_zh}}</td><td>{{actual}}</td><td>{{sign}} {{wanted}}</td><td>{{state_zh}}</td></tr>
{{/goals}}{{^goals}}<tr><td colspan="4">先把群建起来，筹备期没有考核项。</td></tr>{{/goals}}</tbody></table>)";

const char* const template_en = R"(<p>Groups: {{groups}}. The roll-out is <strong>{{phase_en}}</strong>.
{{#next}}Groups missing to {{to_en}}: {{missing}}.{{/next}}{{#settle}}Groups that have yet to be {{days}} days old before it is
distilling: {{missing}}.{{/settle}}</p>
<table><caption>What this phase is judged by</caption>
<thead><tr><th>Judged by</th><th>Actual</th><th>Wanted</th><th>Result</th></tr></thead>
<tbody>{{#goals}}<tr><td>{{name_en}}</td><td>{{actual}}</td><td>{{sign}} {{wanted}}</td><td>{{state_en}}</td></tr>
{{/goals}}{{^goals}}<tr><td colspan="4">Groups come first: while preparing nothing is judged.</td></tr>{{/goals}}</tbody></table>)";

// Of so many groups, of which so many are settled.
std::size_t phase_of(const Rollout& rollout, Fraction groups, Fraction settled) {
    std::size_t phase = 0;
    while (phase < running && !(groups < rollout.from[phase + 1])) ++phase;
    return phase == running && !(settled < rollout.from[running]) ? distilling : phase;
}

Figure ratio_of(Declarations& d, const Measure& above, const Measure& below) {
    return [above_asked = d.measure(above),
            below_asked = d.measure(below)](const Evaluation& e) -> std::optional<Fraction> {
        const auto part = e(above_asked), whole = e(below_asked);
        if (!part || !whole || *whole == Fraction(0)) return std::nullopt;
        return *part / *whole;
    };
}

// The share of the groups in which nobody interacted effectively.
Figure overlooked(Asked effective) {
    return [effective](const Evaluation& e) -> std::optional<Fraction> {
        const siyu_period period = e.period();
        const auto groups = e.roster("groups", {"group_id"}, period.last);
        if (groups.empty()) return std::nullopt;
        std::set<std::string> alive;
        for (const auto& part : e.split(effective, "group_id")) alive.insert(part.value);
        std::int64_t quiet = 0;
        for (const auto& group : groups) quiet += alive.count(group[0]) == 0 ? 1 : 0;
        return Fraction(quiet, static_cast<std::int64_t>(groups.size()));
    };
}

Rollout rollout_of(Declarations& d, Asked effective, const Figure& active) {
    const Settings settings = d.settings();
    const Figure retention =
        ratio_of(d, count(group_members(at_start) & group_members(at_end)), count(group_members(at_start)));
    const std::int64_t minutes = settings.positive_whole("first_response_minutes", 10),
                       hours = settings.positive_whole("backlog_hours", 48);
    const std::int64_t settled = settings.positive_whole("settled_days", 90);
    if (settled > most_days)
        throw Failure(SIYU_BAD_CONFIG, "settled_days is " + std::to_string(settled) +
                                           "; it must be a number of days up to " + std::to_string(most_days));
    const Measure channels = distinct("joins", "channel", with("group_id"));
    const Words staying{"群留存", "Group retention"};
    return {{0, settings.positive_whole("trying_groups", 20), settings.positive_whole("adjusting_groups", 50),
             settings.positive_whole("running_groups", 100)},
            settled,
            {{trying, staying, Unit::ratio, retention, Fraction(85, 100), false},
             {trying,
              {"有效互动率", "Effective interaction rate"},
              Unit::ratio,
              active,
              settings.positive("effective_rate", Fraction(30, 100)),
              false},
             {adjusting, staying, Unit::ratio, retention, Fraction(85, 100), false},
             {adjusting,
              {"首响率", "First response rate"},
              Unit::ratio,
              ratio_of(d, tickets_answered(minutes), rows("tickets")),
              settings.positive("response_wanted", Fraction(90, 100)),
              false},
             {adjusting,
              {"积压率", "Backlog rate"},
              Unit::ratio,
              ratio_of(d, tickets_overdue(hours), tickets_due(hours)),
              settings.number("backlog_allowed", Fraction(10, 100)),
              true},
             {adjusting,
              {"满意度", "Satisfaction"},
              Unit::ratio,
              ratio_of(d, surveys_satisfied(), rows("surveys")),
              Fraction(92, 100),
              false},
             {running, staying, Unit::ratio, retention, Fraction(88, 100), false},
             {running,
              {"进群渠道数", "Channels that bring people to groups"},
              Unit::count,
              [asked = d.measure(channels)](const Evaluation& e) { return e(asked); },
              settings.positive_whole("running_channels", 3),
              false},
             {distilling, staying, Unit::ratio, retention, Fraction(90, 100), false},
             {distilling,
              {"无人互动的群", "Groups where nobody interacts"},
              Unit::ratio,
              overlooked(effective),
              settings.number("quiet_allowed", Fraction(10, 100)),
              true}}};
}

void fill_phase(const Evaluation& e, const Texts& texts, const Rollout& rollout) {
    const siyu_period period = e.period();
    const auto groups_on = [&e](std::int32_t day) {
        return static_cast<std::int64_t>(e.roster("groups", {"group_id"}, day).size());
    };
    const Fraction groups = groups_on(period.last),
                   settled = groups_on(period.last - static_cast<std::int32_t>(rollout.settled_days));
    const std::size_t phase = phase_of(rollout, groups, settled);
    texts.put("groups", groups, Unit::count);
    texts.put("phase_zh", phases[phase].zh);
    texts.put("phase_en", phases[phase].en);
    if (phase < running)
        texts.row("next", {{"missing", rollout.from[phase + 1] - groups, Unit::count},
                           {"to_zh", phases[phase + 1].zh},
                           {"to_en", phases[phase + 1].en}});
    else if (phase == running)
        texts.row("settle", {{"missing", rollout.from[running] - settled, Unit::count},
                             {"days", Fraction(rollout.settled_days), Unit::count}});
    for (const Goal& goal : rollout.goals) {
        if (goal.phase != phase) continue;
        const std::optional<Fraction> actual = goal.actual(e);
        const bool reached = actual && !(goal.at_most ? goal.wanted < *actual : *actual < goal.wanted);
        texts.row("goals", {{"name_zh", goal.name.zh},
                            {"name_en", goal.name.en},
                            {"actual", actual, goal.unit},
                            {"sign", goal.at_most ? "≤" : "≥"},
                            {"wanted", goal.wanted, goal.unit},
                            {"state_zh", !actual   ? "暂无数据"
                                         : reached ? "达到"
                                                   : "未达到"},
                            {"state_en", !actual   ? "no data"
                                         : reached ? "reached"
                                                   : "not yet"}});
    }
}

}  // namespace

void declare_phase(Declarations& d, Asked effective, Asked active, Asked present) {
    const Figure rate = [active, present](const Evaluation& e) -> std::optional<Fraction> {
        const auto part = e(active), whole = e(present);
        if (!part || !whole || *whole == Fraction(0)) return std::nullopt;
        return *part / *whole;
    };
    d.section("phase", {"推广阶段", "Phase of the roll-out"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"groups", "phase_zh", "phase_en", "next.missing", "next.to_zh", "next.to_en", "settle.missing",
                "settle.days", "goals.name_zh", "goals.name_en", "goals.actual", "goals.sign", "goals.wanted",
                "goals.state_zh", "goals.state_en"},
               [rollout = rollout_of(d, effective, rate)](const Evaluation& e, const Texts& texts) {
                   fill_phase(e, texts, rollout);
               });
}
