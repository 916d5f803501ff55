// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/app/commands.hpp"
#include "core/base/text_table.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

// Every cell of a report by where it stands: `kpis/gmv/value` is 120/1. Fractions are one cell, and lowest terms.
using Cells = std::map<std::string, std::string>;

void gather(const Json& json, const std::string& where, Cells& cells) {
    if (json.is_object() && json.size() == 2 && json.contains("num") && json.contains("den")) {
        const auto value = Fraction::parse_exact(json["num"].dump() + "/" + json["den"].dump());
        cells[where] = value ? value->num() + (value->den() == "1" ? "" : "/" + value->den()) : "";
    } else if (json.is_structured()) {
        std::size_t place = 0;
        for (const auto& [key, child] : json.items())
            gather(child, where + (where.empty() ? "" : "/") + (json.is_array() ? std::to_string(++place) : key),
                   cells);
    } else {
        cells[where] = json.is_string() ? json.get<std::string>() : json.dump();
    }
}

Cells cells_of(const std::string& page) {
    Json json = Json::parse(page);
    // Whose figures they are is no figure.
    for (const char* head : {"tenant", "plugin", "period", "formula_changes"}) json.erase(head);
    Cells cells;
    gather(json, "", cells);
    return cells;
}

struct Difference {
    std::string day, cell;
    std::string now, then;  // empty where there is none
};

void compare(const std::string& day, const Cells& now, const Cells& then, std::vector<Difference>& found) {
    for (const auto& [cell, value] : now) {
        const auto same = then.find(cell);
        if (same == then.end() || same->second != value)
            found.push_back({day, cell, value, same == then.end() ? "" : same->second});
    }
    for (const auto& [cell, value] : then)
        if (!now.contains(cell)) found.push_back({day, cell, "", value});
}

}  // namespace

// Reports are a pure function of the facts, so that days gone by tell what days to come would.
int plugin_shadow(Session& session, const ShadowOptions& options) {
    const Catalogue& say = session.say;
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    const Rhythm rhythm = chosen_rhythm(options.period);
    if (options.periods < 1 || options.periods > 366)
        throw Error(Error::wrong_use, "app.shadow.bad_count", {{"count", std::to_string(options.periods)}});
    if (!std::filesystem::exists(options.file))
        throw Error(Error::wrong_use, "app.shadow.no_file", {{"file", options.file}});
    const std::filesystem::path file = std::filesystem::absolute(options.file);

    Job who = session.plugin_job({file.stem().string(), "", "", file});
    who.task = Job::Task::identify;
    const Outcome candidate = session.crew().run(std::move(who));
    candidate.or_throw();

    std::vector<Job> jobs;
    Period period = chosen_period(rhythm, options.date, Zone(tenant.timezone));
    for (int number = 0; number < options.periods; ++number, period = previous(period)) {
        Job now = session.report_job(tenant, period, false);
        now.pages = {{Page::Format::json, Audience::agency}};
        now.history.clear();
        Job then = now;
        then.plugin = {candidate.plugin, "", "", file};
        jobs.push_back(std::move(now));
        jobs.push_back(std::move(then));
    }
    std::vector<Difference> found;
    std::vector<std::string> days;
    for (const Job& job : jobs) days.push_back(to_string(job.assignment->period.last));
    Cells cells;
    std::set<std::string> silent;
    Outcome now;
    session.crew().run(std::move(jobs), [&](std::size_t number, Outcome outcome) {
        outcome.or_throw();
        if (number % 2 == 0) {
            now = std::move(outcome);
            return;
        }
        compare(days[number], cells_of(now.pages[0].bytes), cells_of(outcome.pages[0].bytes), found);
        // What the reports' own check will say once the file is in its place.
        const FormulaCheck check =
            check_formulas({*now.formulas}, {rhythm, now.formulas->since, now.formulas->since}, *outcome.formulas);
        silent.insert(check.changed_silently.begin(), check.changed_silently.end());
    });

    if (options.json) {
        Json list = Json::array();
        for (const Difference& one : found)
            list.push_back({{"date", one.day}, {"cell", one.cell}, {"now", one.now}, {"then", one.then}});
        Session::print(Json{{"tenant", tenant.id},
                            {"candidate", {{"id", candidate.plugin}, {"version", candidate.version}}},
                            {"periods", options.periods},
                            {"changes", list}}
                           .dump(1, ' ', false, Json::error_handler_t::replace) +
                       "\n");
    } else if (!found.empty()) {
        TextTable table({say("app.shadow.date"), say("app.shadow.cell"), say("app.shadow.now"), say("app.shadow.then")},
                        {false, false, true, true});
        const auto shown = [&say](const std::string& value) { return value.empty() ? say("app.shadow.none") : value; };
        for (const Difference& one : found) table.add({one.day, one.cell, shown(one.now), shown(one.then)});
        Session::print(table.text());
    }
    session.tell(found.empty() ? "app.shadow.same" : "app.shadow.differs",
                 {{"tenant", tenant.id},
                  {"plugin", candidate.plugin},
                  {"version", candidate.version},
                  {"periods", std::to_string(options.periods)},
                  {"count", std::to_string(found.size())}});
    if (!silent.empty()) {
        std::string kpis;
        for (const std::string& kpi : silent) kpis += (kpis.empty() ? "" : ", ") + kpi;
        session.tell("app.shadow.silent",
                     {{"plugin", candidate.plugin}, {"version", candidate.version}, {"kpis", kpis}});
    }
    return found.empty() && silent.empty() ? 0 : 1;
}

}  // namespace siyu
