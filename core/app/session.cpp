// SPDX-License-Identifier: Apache-2.0
#include "core/app/session.hpp"

#include <cstdio>

namespace siyu {

Workspace& Session::workspace() {
    if (!workspace_) workspace_ = Workspace::open(folder_);
    return *workspace_;
}

const Plugins& Session::plugins() {
    if (!plugins_)
        plugins_.emplace(workspace().plugin_folders(),
                         Plugins::Hooks{[](int level, std::string_view plugin, std::string_view words) {
                                            if (level > 0)
                                                std::fprintf(stderr, "[%.*s] %.*s\n", static_cast<int>(plugin.size()),
                                                             plugin.data(), static_cast<int>(words.size()),
                                                             words.data());
                                        },
                                        {}});
    return *plugins_;
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

Blueprint Session::blueprint(const Tenant& tenant, const Agreement& agreement, Day day) {
    std::vector<Note> remarks;
    Blueprint blueprint = plugins().blueprint(tenant.plugin, plugin_settings(agreement, day), &remarks);
    for (const Note& remark : remarks) tell(remark);
    return blueprint;
}

Assignment Session::assignment(const Tenant& tenant, const Period& period, bool with_series) {
    Agreement agreement = Tenants(database()).agreement(tenant);
    Blueprint wanted = blueprint(tenant, agreement, period.last);
    return {tenant, std::move(wanted), std::move(agreement), period, with_series};
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

}  // namespace siyu
