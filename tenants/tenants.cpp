// SPDX-License-Identifier: Apache-2.0
#include "tenants/tenants.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr std::string_view columns = "SELECT tenant, id, name, plugin, timezone FROM tenant ";

bool is_id(const std::string& id) {
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }) && id[0] != '-';
}

Tenant read_tenant(Statement& row) {
    return {row.number(0), std::string(row.bytes(1)), std::string(row.bytes(2)), std::string(row.bytes(3)),
            std::string(row.bytes(4))};
}

}  // namespace

Tenant Tenants::add(const std::string& id, const std::string& name, const std::string& plugin,
                    const std::string& timezone) {
    if (!is_id(id) || id == "agency") throw Error(Error::wrong_use, "tenant.bad_id", {{"tenant", id}});
    for (const Tenant& other : list())
        if (other.id == id) throw Error(Error::wrong_use, "tenant.there_already", {{"tenant", id}});
    const auto next = database_.prepare("SELECT COALESCE(MAX(tenant), 0) + 1 FROM tenant");
    next->step();
    Tenant tenant{next->number(0), id, name.empty() ? id : name, plugin, timezone};
    next->reset();
    database_.prepare("INSERT INTO tenant (tenant, id, name, plugin, timezone) VALUES (?, ?, ?, ?, ?)")
        ->with(tenant.number, std::string_view(id), std::string_view(tenant.name), std::string_view(plugin),
               std::string_view(timezone))
        .run();
    return tenant;
}

std::vector<Tenant> Tenants::list() {
    std::vector<Tenant> found;
    const auto statement = database_.prepare(std::string(columns) + "ORDER BY id");
    while (statement->step()) found.push_back(read_tenant(*statement));
    return found;
}

Tenant Tenants::find(std::int64_t number) {
    const auto statement = database_.prepare(std::string(columns) + "WHERE tenant = ?");
    statement->with(number);
    std::vector<Tenant> found;
    while (statement->step()) found.push_back(read_tenant(*statement));
    if (!found.empty()) return found.front();
    throw Error(Error::wrong_use, "tenant.unknown", {{"tenant", std::to_string(number)}, {"tenants", "–"}});
}

Tenant Tenants::find(const std::string& id) {
    std::string there;
    for (Tenant& tenant : list()) {
        if (tenant.id == id) return tenant;
        there += (there.empty() ? "" : ", ") + tenant.id;
    }
    throw Error(Error::wrong_use, "tenant.unknown", {{"tenant", id}, {"tenants", there.empty() ? "–" : there}});
}

void Tenants::set_name(const Tenant& tenant, const std::string& name) {
    database_.prepare("UPDATE tenant SET name = ? WHERE tenant = ?")->with(std::string_view(name), tenant.number).run();
}

void Tenants::set_plugin(const Tenant& tenant, const std::string& plugin) {
    database_.prepare("UPDATE tenant SET plugin = ? WHERE tenant = ?")
        ->with(std::string_view(plugin), tenant.number)
        .run();
}

void Tenants::agree(const Tenant& tenant, const std::string& key, Day since, const std::string& value) {
    Agreement::check(key, value);
    database_.prepare("REPLACE INTO term (tenant, name, since, value) VALUES (?, ?, ?, ?)")
        ->with(tenant.number, std::string_view(key), std::int64_t{since.number}, std::string_view(value))
        .run();
}

Agreement Tenants::agreement(const Tenant& tenant) {
    Agreement agreement;
    const auto statement =
        database_.prepare("SELECT name, since, value FROM term WHERE tenant = ? ORDER BY name, since");
    statement->with(tenant.number);
    while (statement->step())
        agreement.set(std::string(statement->bytes(0)), {static_cast<std::int32_t>(statement->number(1))},
                      std::string(statement->bytes(2)));
    return agreement;
}

std::map<std::string, std::string> plugin_settings(const Agreement& agreement, Day day) {
    std::map<std::string, std::string> settings;
    for (const auto& [key, values] : agreement.values()) {
        if (!key.starts_with("plugin.")) continue;
        if (const std::string* value = agreement.at(key, day)) settings[key.substr(7)] = *value;
    }
    return settings;
}

}  // namespace siyu
