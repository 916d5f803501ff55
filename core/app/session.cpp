// SPDX-License-Identifier: Apache-2.0
#include "core/app/session.hpp"

#include <cstdio>

namespace siyu {

Workspace& Session::workspace() {
    if (!workspace_) workspace_ = Workspace::open(folder_);
    return *workspace_;
}

Crew& Session::crew() {
    if (!crew_) crew_.emplace(database(), workspace().store_place());
    return *crew_;
}

std::vector<Tenant> Session::tenants(const std::vector<std::string>& ids) {
    Tenants all(database());
    if (ids.empty()) {
        auto found = all.list();
        if (found.empty()) throw Error(Error::wrong_use, "tenant.none");
        return found;
    }
    std::vector<Tenant> found;
    found.reserve(ids.size());
    for (const std::string& id : ids) found.push_back(all.find(id));
    return found;
}

Job Session::plugin_job(const PluginChoice& plugin) {
    Job job;
    job.task = Job::Task::describe;
    job.language = say.language();
    job.places = workspace().plugin_folders();
    job.plugin = plugin;
    job.limits = workspace().limits();
    return job;
}

Job Session::plugin_job(const Tenant& tenant, const Agreement& agreement, Day day) {
    const auto pinned = [&](const char* key) {
        const std::string* value = agreement.at(key, day);
        return value ? *value : std::string();
    };
    Job job = plugin_job({tenant.plugin, pinned("plugin_version"), pinned("plugin_sha256")});
    job.settings = plugin_settings(agreement, day);
    return job;
}

Job Session::report_job(const Tenant& tenant, const Period& period, bool with_series) {
    Agreement agreement = Tenants(database()).agreement(tenant);
    Job job = plugin_job(tenant, agreement, period.last);
    job.task = Job::Task::report;
    job.assignment = Assignment{tenant, {}, std::move(agreement), period, with_series, staff_of(database(), tenant.id)};
    job.history = FormulaHistory(database(), tenant.number).all();
    return job;
}

void Session::tell(const Outcome& outcome) const {
    for (const std::string& line : outcome.log) std::fputs((line + "\n").c_str(), stderr);
    for (const Note& remark : outcome.remarks) tell(remark);
}

void Session::tell(const Note& note) const { std::fputs((say.say(note) + "\n").c_str(), stderr); }

void Session::print(std::string_view data) { std::fwrite(data.data(), 1, data.size(), stdout); }

Day chosen_day(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) throw Error(Error::wrong_use, "app.bad_date", {{"date", text}});
    return *day;
}

Rhythm chosen_rhythm(const std::string& text) {
    const auto rhythm = parse_rhythm(text);
    if (!rhythm) throw Error(Error::wrong_use, "app.bad_period", {{"period", text}});
    return *rhythm;
}

Period chosen_period(Rhythm rhythm, const std::string& date, const Zone& zone) {
    const Day today = zone.today();
    if (date.empty()) return latest_complete(rhythm, today);
    const Period period = period_of(rhythm, chosen_day(date));
    if (period.last >= today)
        throw Error(Error::wrong_use, "app.period_not_over",
                    {{"first", to_string(period.first)},
                     {"last", to_string(period.last)},
                     {"today", to_string(today)},
                     {"zone", zone.name()}});
    return period;
}

Fact chosen_fact(const std::string& text) {
    if (const auto fact = parse_fact(text)) return *fact;
    std::string all;
    for (const FactKind& kind : fact_kinds())
        all += (all.empty() ? "" : ", ") + std::string(kind.name) + " " + std::string(kind.title);
    throw Error(Error::wrong_use, "import.unknown_fact", {{"fact", text}, {"facts", all}});
}

}  // namespace siyu
