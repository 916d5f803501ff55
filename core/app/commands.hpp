// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/app/session.hpp"

// What the sub-commands of cli.md do. Each gives the exit status 0 or 1; what cannot go on is thrown as Error.
namespace siyu {

struct Parcel;

int init(Session& session, const std::string& folder, const std::string& store);

struct CopyOptions {
    std::string from, to;   // URLs of stores
    bool switches = false;  // the workspace uses the second one from then on
};
int store_copy(Session& session, const CopyOptions& options);

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
    std::vector<std::string> given;  // NAME=VALUE: what a profile asks for and the file does not say
    std::vector<std::string> files;
    std::string each;  // in place of tenant and files: a folder with a folder for each tenant
    bool json = false;
    bool all_or_nothing = false;  // one bad row refuses the file
    bool dry_run = false;         // shows what would be taken, and takes nothing
    bool from_inbox = false;      // nobody is asked, and a brand's folder brings nothing of the agency's
};
// What whoever takes files in is told meanwhile.
struct ImportNews {
    // Whose files are all in, or refused.
    std::function<void(const std::vector<std::string>& tenants)> whole = {};
    // What came of a table.
    std::function<void(const Parcel& parcel)> parcel = {};
    // What is wrong with the workspace's profiles and keeps nothing out; without this it is told.
    std::function<void(const Note& note)> warning = {};
};
int import_files(Session& session, const ImportOptions& options, const ImportNews& news = {});
int import_list(Session& session, const std::string& tenant, bool json);
int import_undo(Session& session, const std::string& batch);
int import_rejects(Session& session, const std::string& batch);

struct PullOptions {
    std::string tenant, from, to;
    std::vector<std::string> guides;  // these alone
    std::vector<std::string> facts;   // guide_days, group_days; none: both
    bool all = false;                 // everybody whom WeCom has
    bool dry_run = false, json = false;
};
// Fetches WeCom's statistics and takes them in.
int pull_wecom(Session& session, const PullOptions& options);

struct ProfileOptions {
    std::string name, file, fact;
    bool json = false;
};
int profile_list(Session& session, const ProfileOptions& options);
int profile_show(Session& session, const ProfileOptions& options);
// Writes one from a sample, for a person to finish.
int profile_new(Session& session, const ProfileOptions& options);

struct InboxOptions {
    bool once = false;    // what lies there, and ends
    bool beside = false;  // ends with the process that started it
};
// Takes in what is put into the folders of the tenants.
int inbox(Session& session, const InboxOptions& options);

struct FigureOptions {
    std::string tenant, period = "daily", date;
    bool json = false;
};
int kpi(Session& session, const FigureOptions& options);
int staffing(Session& session, const FigureOptions& options);
int forecast_show(Session& session, const FigureOptions& options);

struct QualityOptions {
    std::string tenant, date, html;
    int days = 7;
    bool with_days = false;  // `days` was said
    bool json = false;
};
// What is to be mended in the data, with file, row and command.
int quality(Session& session, const QualityOptions& options);

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
    bool queue = false;  // as jobs, for siyu worker
    std::string take;    // first the files of this folder, see ImportOptions::each
};
int report(Session& session, const ReportOptions& options);

struct JobsOptions {
    std::string tenant, state;
    std::vector<std::string> jobs;  // their names; to recompute: tenants
    bool json = false, all_failing = false;
};
int jobs_list(Session& session, const JobsOptions& options);
int jobs_retry(Session& session, const JobsOptions& options);
int jobs_cancel(Session& session, const JobsOptions& options);
int jobs_recompute(Session& session, const JobsOptions& options);

struct WorkerOptions {
    bool drain = false;             // ends when nothing is left to be done
    int at_once = 0;                // 0: as worker.at_once says
    std::vector<std::string> only;  // kinds of jobs
    bool beside = false;            // ends with the process that started it
};
int worker(Session& session, const WorkerOptions& options);

struct SendOptions {
    std::string period, date, by, hash, to, out, audience, text;
    std::string report;                // `aurora:daily:2026-11-20`
    std::vector<std::string> reports;  // of those that may be approved together
    std::vector<std::string> tenants;
    int days = 14;
    bool json = false, all = false;
};
enum class SendDecision { go, cancel };
int send_list(Session& session, const SendOptions& options);
int send_show(Session& session, const SendOptions& options);
int send_make(Session& session, const SendOptions& options);
int send_approve(Session& session, const SendOptions& options);
int send_note(Session& session, const SendOptions& options);
int send_decide(Session& session, const SendOptions& options, SendDecision decision);
int send_correct(Session& session, const SendOptions& options);
// As a file, or to `to`.
int send_preview(Session& session, const SendOptions& options);
int send_schedule(Session& session, const SendOptions& options);
int send_run(Session& session);

struct OutboxOptions {
    std::string tenant, state;
    std::vector<std::string> deliveries;
    bool json = false;
    bool again = false;  // also what may have arrived
};
int outbox_list(Session& session, const OutboxOptions& options);
int outbox_show(Session& session, const OutboxOptions& options);
int outbox_retry(Session& session, const OutboxOptions& options);
int outbox_cancel(Session& session, const OutboxOptions& options);

struct PersonOptions {
    std::string tenant, address, name, role, language, reports;
    bool json = false, subscribe = false;
};
int recipient_add(Session& session, const PersonOptions& options);
int recipient_set(Session& session, const PersonOptions& options);
int recipient_remove(Session& session, const PersonOptions& options);
int recipient_list(Session& session, const PersonOptions& options);

struct StepOptions {
    std::string tenant, text, owner, due;
    std::int64_t number = 0;
    bool json = false, settled = false;
};
int step_add(Session& session, const StepOptions& options);
int step_done(Session& session, const StepOptions& options);
int step_list(Session& session, const StepOptions& options);
int objection_answer(Session& session, const StepOptions& options);
int objection_list(Session& session, const StepOptions& options);

// The pages behind the links in mails, the scheduler and workers, until it is stopped.
int serve(Session& session, const std::string& listen);

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

struct DoctorOptions {
    bool recompute = false;  // the ledgers, from the rows, and compare
    bool mend = false;       // and keep what was recomputed
    std::vector<std::string> tenants;
};
int doctor(Session& session, const DoctorOptions& options);

}  // namespace siyu
