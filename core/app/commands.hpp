// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app/session.hpp"

// What the sub-commands of cli.md do. Each gives the exit status 0 or 1; what cannot go on is thrown as Error.
namespace siyu {

int init(Session& session, const std::string& folder, const std::string& store);

struct TenantOptions {
    std::string id, name, plugin = "standard", zone = "Asia/Shanghai", from;
    std::vector<std::string> terms;  // KEY=VALUE
    bool json = false;
};
int tenant_add(Session& session, const TenantOptions& options);
int tenant_set(Session& session, const TenantOptions& options);
int tenant_list(Session& session, bool json);
int tenant_show(Session& session, const TenantOptions& options);

struct ImportOptions {
    std::string tenant, fact, profile, covers;
    std::vector<std::string> files;
    bool json = false;
    bool all_or_nothing = false;  // one bad row refuses the file
};
int import_files(Session& session, const ImportOptions& options);
int import_list(Session& session, const std::string& tenant, bool json);
int import_undo(Session& session, const std::string& batch);
int import_rejects(Session& session, const std::string& batch);

struct FigureOptions {
    std::string tenant, period = "daily", date;
    bool json = false;
};
int kpi(Session& session, const FigureOptions& options);
int staffing(Session& session, const FigureOptions& options);
int forecast_show(Session& session, const FigureOptions& options);

struct ForecastOptions {
    std::string tenant, month;
    std::vector<std::string> rows;  // KPI=FORECAST[,NORMAL[,GOOD[,EXCESS]]]
    std::vector<std::string> files;
    bool all_or_nothing = false;
};
int forecast_set(Session& session, const ForecastOptions& options);
int forecast_import(Session& session, const ForecastOptions& options);

struct ReportOptions {
    std::string period, date, audience, out;
    std::vector<std::string> tenants;
    std::string formats = "html,text";
};
int report(Session& session, const ReportOptions& options);

int plugin_list(Session& session, bool json);
int plugin_show(Session& session, const std::string& id, bool json);

struct ShadowOptions {
    std::string file, tenant, period = "daily", date;
    int periods = 7;
    bool json = false;
};
// Which cells of the brand's reports another file of its plugin would change.
int plugin_shadow(Session& session, const ShadowOptions& options);

struct CheckOptions {
    std::string file, cases, explain;
    std::vector<std::string> settings;  // KEY=VALUE
    std::vector<std::string> only;      // ids of checks
    bool json = false, explains = false;
};
int plugin_check(Session& session, const CheckOptions& options);
struct NewPluginOptions {
    std::string name, brand, folder;
};
int plugin_new(Session& session, const NewPluginOptions& options);

int doctor(Session& session);

}  // namespace siyu
