// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/database.hpp"
#include "tenants/agreement.hpp"

namespace siyu {

// One brand, a client of the agency.
struct Tenant {
    std::int64_t number = 0;  // its place in every key of the store; 0 is the agency
    std::string id, name, plugin, timezone;
};

inline constexpr std::int64_t agency_tenant = 0;

// Which brands there are, and what was agreed with each.
class Tenants {
  public:
    explicit Tenants(Database& database) : database_(database) {}

    // Throws Error (wrong use) when the id is taken, reserved or no id: lower-case letters, digits, - and _, 1 to 64.
    Tenant add(const std::string& id, const std::string& name, const std::string& plugin, const std::string& timezone);
    std::vector<Tenant> list();
    // Throws Error (wrong use) naming the tenants that there are.
    Tenant find(const std::string& id);
    Tenant find(std::int64_t number);
    void set_name(const Tenant& tenant, const std::string& name);
    void set_plugin(const Tenant& tenant, const std::string& plugin);

    void agree(const Tenant& tenant, const std::string& key, Day since, const std::string& value);
    Agreement agreement(const Tenant& tenant);

  private:
    Database& database_;
};

// Settings for the tenant's plugin (terms named plugin.KEY) as they hold on the day.
std::map<std::string, std::string> plugin_settings(const Agreement& agreement, Day day);

}  // namespace siyu
