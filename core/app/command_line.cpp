// SPDX-License-Identifier: Apache-2.0
#include "core/app/command_line.hpp"

#include <functional>

#include "core/app/command_menu.hpp"
#include "core/app/commands.hpp"
#include "core/app/delivery_menu.hpp"
#include "core/app/import_menu.hpp"
#include "core/app/pull_menu.hpp"

namespace siyu {

namespace {

// The sub-commands with their options, bound to the values that the chosen one runs with.
class CommandLine : public CommandMenu {
  public:
    explicit CommandLine(Language language) : CommandMenu(language) {
        setup();
        tenant();
        importing_.add_to(*this);
        pull_.add_to(*this);
        figures();
        reports();
        delivery_.add_to(*this);
        jobs();
        plugins();
    }

    int run(int argc, char** argv, Language language) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::Success& success) {
            return app_.exit(success);
        } catch (const CLI::ParseError& error) {
            throw Error(Error::wrong_use, "app.wrong_use", {{"words", explain(error)}});
        }
        Session session(language, folder_);
        return chosen_(session);
    }

  private:
    // CLI11 speaks English only; what people get wrong most is said in their language.
    std::string explain(const CLI::ParseError& error) const {
        const std::string& name = error.get_name();
        // A word that is no sub-command leaves none chosen; it is the word that has to be told.
        if (const auto rest = app_.remaining(true); name == "RequiredError" && !rest.empty())
            return say_("app.extra", {{"words", rest.front()}});
        if (name == "RequiredError" && std::string_view(error.what()).starts_with("A subcommand"))
            return say_("app.missing", {{"words", say_("help.command")}});
        if (name == "RequiredError") return say_("app.missing", {{"words", error.what()}});
        if (name == "ExtrasError") return say_("app.extra", {{"words", error.what()}});
        return error.what();
    }

    void setup() {
        CLI::App* init_command = add(
            app_, "init", "init", [this](Session& s) { return init(s, folder_.empty() ? made_in_ : folder_, store_); });
        text(init_command, "DIR", made_in_, "init_dir", "");
        text(init_command, "--store", store_, "store", "URL");
        CLI::App* stores = add(app_, "store", "store_command", nullptr);
        CLI::App* copying = add(*stores, "copy", "store_copy", [this](Session& s) { return store_copy(s, copy_); });
        text(copying, "FROM", copy_.from, "copy_from", "")->required();
        text(copying, "TO", copy_.to, "copy_to", "")->required();
        copying->add_flag("--switch", copy_.switches, say_("help.copy_switch"));
        CLI::App* looking = add(app_, "doctor", "doctor", [this](Session& s) { return doctor(s, doctor_); });
        CLI::Option* recomputing = looking->add_flag("--recompute", doctor_.recompute, say_("help.doctor_recompute"));
        looking->add_flag("--mend", doctor_.mend, say_("help.doctor_mend"))->needs(recomputing);
        looking->add_option("--tenant", doctor_.tenants, say_("help.tenant_or_all"))
            ->type_name("ID")
            ->expected(1)
            ->take_all()
            ->needs(recomputing);
    }

    void tenant() {
        CLI::App* all = add(app_, "tenant", "tenant", nullptr);
        CLI::App* adding = add(*all, "add", "tenant_add", [this](Session& s) { return tenant_add(s, tenant_); });
        text(adding, "ID", tenant_.id, "tenant_id", "")->required();
        text(adding, "--name", tenant_.name, "tenant_name", "NAME");
        text(adding, "--plugin", tenant_.plugin, "tenant_plugin", "PLUGIN");
        text(adding, "--tz", tenant_.zone, "tenant_zone", "TZ");
        adding->add_option("--set", tenant_.terms, say_("help.tenant_terms"))
            ->type_name("KEY=VALUE")
            ->expected(1)
            ->take_all();
        text(adding, "--from", tenant_.from, "tenant_from", "DATE");
        CLI::App* setting = add(*all, "set", "tenant_set", [this](Session& s) { return tenant_set(s, tenant_); });
        text(setting, "ID", tenant_.id, "tenant_id", "")->required();
        setting->add_option("KEY=VALUE", tenant_.terms, say_("help.tenant_terms"))->required()->type_name("");
        text(setting, "--from", tenant_.from, "tenant_from", "DATE");
        add(*all, "list", "tenant_list", [this](Session& s) {
            return tenant_list(s, json_);
        })->add_flag("--json", json_, say_("help.json"));
        CLI::App* showing = add(*all, "show", "tenant_show", [this](Session& s) {
            tenant_.json = json_;
            return tenant_show(s, tenant_);
        });
        text(showing, "ID", tenant_.id, "tenant_id", "")->required();
        showing->add_flag("--json", json_, say_("help.json"));
    }

    CLI::App* with_figures(CLI::App* command) {
        text(command, "--date", figure_.date, "date", "D");
        command->add_flag("--json", figure_.json, say_("help.json"));
        return command;
    }

    void figures() {
        CLI::App* figures = with_figures(add(app_, "kpi", "kpi", [this](Session& s) { return kpi(s, figure_); }));
        text(figures, "--tenant", figure_.tenant, "tenant_id", "ID")->required();
        text(figures, "--period", figure_.period, "period", "daily|weekly|monthly");
        text(with_figures(add(app_, "staffing", "staffing", [this](Session& s) { return staffing(s, figure_); })),
             "--tenant", figure_.tenant, "tenant_or_all", "ID");

        CLI::App* looking = add(app_, "quality", "quality", [this](Session& s) { return quality(s, quality_); });
        text(looking, "--tenant", quality_.tenant, "tenant_id", "ID")->required();
        text(looking, "--date", quality_.date, "date", "D");
        looking->add_option("--days", quality_.days, say_("help.quality_days"))
            ->type_name("N")
            ->each([this](const std::string&) { quality_.with_days = true; });
        text(looking, "--html", quality_.html, "quality_html", "FILE");
        with_json(looking, quality_.json);

        CLI::App* all = add(app_, "forecast", "forecast", nullptr);
        CLI::App* showing =
            with_figures(add(*all, "show", "forecast_show", [this](Session& s) { return forecast_show(s, figure_); }));
        text(showing, "--tenant", figure_.tenant, "tenant_id", "ID")->required();
        CLI::App* setting = add(*all, "set", "forecast_set", [this](Session& s) { return forecast_set(s, forecast_); });
        text(setting, "--tenant", forecast_.tenant, "tenant_id", "ID")->required();
        text(setting, "--month", forecast_.month, "month", "2026-11")->required();
        setting->add_option("KPI=FORECAST", forecast_.rows, say_("help.forecast_rows"))->required()->type_name("");
        CLI::App* importing =
            add(*all, "import", "forecast_import", [this](Session& s) { return forecast_import(s, forecast_); });
        text(importing, "--tenant", forecast_.tenant, "tenant_id", "ID")->required();
        importing->add_option("FILE", forecast_.files, say_("help.files"))->required()->type_name("");
    }

    void reports() {
        CLI::App* command = add(app_, "report", "report", [this](Session& s) { return report(s, report_); });
        text(command, "PERIOD", report_.period, "report_period", "")->required();
        command->add_option("--tenant", report_.tenants, say_("help.tenant_or_all"))
            ->type_name("ID")
            ->expected(1)
            ->take_all();
        text(command, "--date", report_.date, "date", "D");
        text(command, "--audience", report_.audience, "audience", "brand|agency");
        text(command, "--format", report_.formats, "formats", "html,text,json,eml,xlsx,pdf");
        CLI::Option* out = text(command, "--out", report_.out, "out", "DIR");
        CLI::Option* queue = command->add_flag("--queue", report_.queue, say_("help.queue"))->excludes(out);
        text(command, "--import", report_.take, "report_import", "FOLDER")->excludes(queue);
    }

    void jobs() {
        CLI::App* all = add(app_, "jobs", "jobs", nullptr);
        CLI::App* listing = add(*all, "list", "jobs_list", [this](Session& s) {
            jobs_.json = json_;
            return jobs_list(s, jobs_);
        });
        text(listing, "--tenant", jobs_.tenant, "tenant_or_all", "ID");
        text(listing, "--state", jobs_.state, "jobs_state", "STATE");
        listing->add_flag("--json", json_, say_("help.json"));
        CLI::App* retrying = add(*all, "retry", "jobs_retry", [this](Session& s) { return jobs_retry(s, jobs_); });
        retrying->add_option("JOB", jobs_.jobs, say_("help.job"))->type_name("");
        retrying->add_flag("--all-failing", jobs_.all_failing, say_("help.jobs_all_failing"));
        CLI::App* cancelling = add(*all, "cancel", "jobs_cancel", [this](Session& s) { return jobs_cancel(s, jobs_); });
        cancelling->add_option("JOB", jobs_.jobs, say_("help.job"))->required()->type_name("");
        CLI::App* recomputing =
            add(*all, "recompute", "jobs_recompute", [this](Session& s) { return jobs_recompute(s, jobs_); });
        recomputing->add_option("--tenant", jobs_.jobs, say_("help.tenant_or_all"))
            ->type_name("ID")
            ->expected(1)
            ->take_all();

        CLI::App* working = add(app_, "worker", "worker", [this](Session& s) { return worker(s, worker_); });
        working->add_flag("--drain", worker_.drain, say_("help.worker_drain"));
        working->add_flag("--beside", worker_.beside)->group("");  // for siyu serve
        working->add_option("--at-once", worker_.at_once, say_("help.worker_at_once"))
            ->check(CLI::Range(1, 1024).description(""))
            ->type_name("N");
        working->add_option("--only", worker_.only, say_("help.worker_only"))
            ->type_name("KIND")
            ->expected(1)
            ->take_all();
    }

    void plugins() {
        CLI::App* all = add(app_, "plugin", "plugin", nullptr);
        add(*all, "list", "plugin_list", [this](Session& s) {
            return plugin_list(s, json_);
        })->add_flag("--json", json_, say_("help.json"));
        CLI::App* showing =
            add(*all, "show", "plugin_show", [this](Session& s) { return plugin_show(s, plugin_, json_); });
        text(showing, "ID", plugin_, "plugin_id", "")->required();
        CLI::App* shadow =
            add(*all, "shadow", "plugin_shadow", [this](Session& s) { return plugin_shadow(s, shadow_); });
        text(shadow, "FILE", shadow_.file, "plugin_file", "")->required();
        text(shadow, "--tenant", shadow_.tenant, "tenant_id", "ID")->required();
        text(shadow, "--period", shadow_.period, "period", "daily|weekly|monthly");
        text(shadow, "--date", shadow_.date, "date", "D");
        shadow->add_option("--periods", shadow_.periods, say_("help.shadow_periods"))->type_name("N");
        shadow->add_flag("--json", shadow_.json, say_("help.json"));
        showing->add_flag("--json", json_, say_("help.json"));
        plugins_of_ones_own(*all);
    }

    // What a plugin's author needs.
    void plugins_of_ones_own(CLI::App& all) {
        CLI::App* checking = add(all, "check", "plugin_check", [this](Session& s) { return plugin_check(s, check_); });
        text(checking, "FILE", check_.file, "plugin_file", "");
        text(checking, "--cases", check_.cases, "check_cases", "DIR");
        checking->add_option("--set", check_.settings, say_("help.check_settings"))
            ->type_name("KEY=VALUE")
            ->expected(1)
            ->take_all();
        checking->add_option("--only", check_.only, say_("help.check_only"))->type_name("ID")->expected(1)->take_all();
        checking->add_flag("--json", check_.json, say_("help.json"));
        CLI::Option* explaining = text(checking, "--explain", check_.explain, "check_explain", "ID")->expected(0, 1);
        checking->parse_complete_callback([this, explaining] { check_.explains = explaining->count() > 0; });
        CLI::App* making = add(all, "new", "plugin_new", [this](Session& s) { return plugin_new(s, new_plugin_); });
        text(making, "NAME", new_plugin_.name, "new_plugin_name", "")->required();
        text(making, "--brand", new_plugin_.brand, "new_plugin_brand", "B");
        text(making, "--dir", new_plugin_.folder, "new_plugin_dir", "DIR");
    }

    std::string made_in_, store_, plugin_;
    bool json_ = false;
    TenantOptions tenant_;
    ImportMenu importing_;
    CopyOptions copy_;
    FigureOptions figure_;
    ForecastOptions forecast_;
    QualityOptions quality_;
    ReportOptions report_;
    JobsOptions jobs_;
    WorkerOptions worker_;
    CheckOptions check_;
    NewPluginOptions new_plugin_;
    ShadowOptions shadow_;
    DoctorOptions doctor_;
    DeliveryMenu delivery_;
    PullMenu pull_;
};

}  // namespace

Language language_of(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word(argv[i]);
        if (word == "--lang" && i + 1 < argc) return language_from(argv[i + 1]);
        if (word.starts_with("--lang=")) return language_from(word.substr(7));
    }
    return language_from("");
}

int run_command_line(int argc, char** argv, Language language) {
    return CommandLine(language).run(argc, argv, language);
}

}  // namespace siyu
