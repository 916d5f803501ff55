// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/base/text_table.hpp"
#include "core/intake/utf8.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

std::pair<std::string, std::string> split_term(const std::string& term) {
    const std::size_t equals = term.find('=');
    if (equals == std::string::npos || equals == 0) throw Error(Error::wrong_use, "tenant.bad_term", {{"term", term}});
    return {term.substr(0, equals), term.substr(equals + 1)};
}

// A name stands in headings and tables: one line of text.
void check_name(const std::string& name) {
    const bool control =
        std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (control || !is_utf8(name)) throw Error(Error::wrong_use, "tenant.bad_name");
}

// A new time of sending changes nothing about a report that is prepared already: its period and its time are fixed.
void tell_under_way(Session& session, const Tenant& tenant, const std::vector<std::string>& terms, Day since) {
    using enum PublicationState;
    const Zone zone(tenant.timezone);
    for (const Publication& one :
         Publications(session.database()).list(tenant.number, {figures, review, ready, held})) {
        const std::string set = send_term(one.key.rhythm) + "=";
        const bool is_set =
            std::any_of(terms.begin(), terms.end(), [&](const std::string& term) { return term.starts_with(set); });
        if (!is_set || one.by_hand || one.key.edition > 1 || zone.day_of({one.due_at * micros_per_second}) < since)
            continue;
        const Named named{tenant, one};
        session.tell("delivery.under_way", {{"report", named.name()}, {"due", time_text(one.due_at, tenant)}});
    }
}

std::string since_text(Day day, const Catalogue& say) {
    return day == earliest_day ? say("tenant.always") : to_string(day);
}

}  // namespace

int init(Session& session, const std::string& folder, const std::string& store) {
    const Workspace workspace = Workspace::make(folder.empty() ? "." : folder, store);
    session.tell("app.workspace_made", {{"folder", workspace.folder().string()}, {"store", workspace.store()}});
    return 0;
}

int tenant_add(Session& session, const TenantOptions& options) {
    Tenants tenants(session.database());
    const Zone zone(options.zone);
    check_name(options.name);
    const Day since = options.from.empty() ? earliest_day : chosen_day(options.from);
    const Tenant tenant = retrying([&] {
        Transaction transaction(session.database(), agency_tenant);
        const Tenant added = tenants.add(options.id, options.name, options.plugin, zone.name());
        for (const std::string& term : options.terms) {
            const auto [key, value] = split_term(term);
            tenants.agree(added, key, since, value);
        }
        transaction.commit();
        return added;
    });
    session.tell("tenant.added",
                 {{"tenant", tenant.id}, {"name", tenant.name}, {"plugin", tenant.plugin}, {"zone", tenant.timezone}});
    // A plugin that is not there yet is no reason not to add the brand, but has to be told.
    const Outcome outcome = session.crew().run(session.plugin_job(tenant.plugin));
    if (outcome.fault) session.tell(outcome.fault->note);
    return 0;
}

int tenant_set(Session& session, const TenantOptions& options) {
    Tenants tenants(session.database());
    const Tenant tenant = tenants.find(options.id);
    const Zone zone(tenant.timezone);
    const Day since = options.from.empty() ? zone.today() : chosen_day(options.from);
    // Told once they stand.
    const auto changes = repeating([&] {
        Transaction transaction(session.database(), tenant.number);
        std::vector<Note> made;
        for (const std::string& term : options.terms) {
            const auto [key, value] = split_term(term);
            if (key == "name") {
                check_name(value);
                tenants.set_name(tenant, value);
            } else if (key == "plugin") {
                tenants.set_plugin(tenant, value);
            } else if (key == "timezone" || key == "tz") {
                // Every fact is filed under a day of the zone.
                throw Error(Error::refused, "tenant.zone_stays", {{"tenant", tenant.id}, {"zone", tenant.timezone}});
            } else {
                tenants.agree(tenant, key, since, value);
            }
            made.push_back({key == "name" || key == "plugin" ? "tenant.changed" : "tenant.agreed",
                            {{"tenant", tenant.id}, {"key", key}, {"value", value}, {"date", to_string(since)}}});
        }
        transaction.commit();
        return made;
    });
    for (const Note& change : changes) session.tell(change);
    tell_under_way(session, tenant, options.terms, since);
    return 0;
}

int tenant_list(Session& session, bool json) {
    const auto all = Tenants(session.database()).list();
    if (json) {
        Json list = Json::array();
        for (const Tenant& tenant : all)
            list.push_back(
                {{"id", tenant.id}, {"name", tenant.name}, {"plugin", tenant.plugin}, {"timezone", tenant.timezone}});
        Session::print(list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        return 0;
    }
    const Catalogue& say = session.say;
    TextTable table(
        {say("tenant.column.id"), say("tenant.column.name"), say("tenant.column.plugin"), say("tenant.column.zone")});
    for (const Tenant& tenant : all) table.add({tenant.id, tenant.name, tenant.plugin, tenant.timezone});
    Session::print(table.text());
    return 0;
}

int tenant_show(Session& session, const TenantOptions& options) {
    Tenants tenants(session.database());
    const Tenant tenant = tenants.find(options.id);
    const Agreement agreement = tenants.agreement(tenant);
    if (options.json) {
        Json terms = Json::array();
        for (const auto& [key, values] : agreement.values())
            for (const auto& [since, value] : values)
                terms.push_back({{"key", key},
                                 {"since", since == earliest_day ? Json(nullptr) : Json(to_string(since))},
                                 {"value", value}});
        Session::print(Json{{"id", tenant.id},
                            {"name", tenant.name},
                            {"plugin", tenant.plugin},
                            {"timezone", tenant.timezone},
                            {"terms", terms}}
                           .dump(1, ' ', false, Json::error_handler_t::replace) +
                       "\n");
        return 0;
    }
    const Catalogue& say = session.say;
    Session::print(tenant.id + "  " + tenant.name + "  " + tenant.plugin + "  " + tenant.timezone + "\n");
    if (agreement.values().empty()) {
        Session::print(say("tenant.no_terms") + "\n");
        return 0;
    }
    TextTable table({say("tenant.column.since"), say("tenant.column.key"), say("tenant.column.value")});
    for (const auto& [key, values] : agreement.values())
        for (const auto& [since, value] : values) table.add({since_text(since, say), key, value});
    Session::print(table.text());
    return 0;
}

}  // namespace siyu
