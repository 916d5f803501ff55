// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/base/text_table.hpp"
#include "reports/console.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

// The rendering of one tenant's figures, and what else the worker had to say.
Outcome figures(Session& session, const FigureOptions& options, Page::Format format) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    const Period period = chosen_period(chosen_rhythm(options.period), options.date, Zone(tenant.timezone));
    Job job = session.report_job(tenant, period, false);
    job.pages = {{format, Audience::agency}, {Page::Format::quality, Audience::agency}};
    Outcome outcome = session.crew().run(std::move(job));
    session.tell(outcome);
    outcome.or_throw();
    return outcome;
}

// Hands over the figures of an outcome; what a worker made need not be what it should be.
void with_figures(const Outcome& outcome, const std::function<void(const Json& all)>& use) {
    try {
        use(Json::parse(outcome.pages.at(0).bytes));
    } catch (const Json::exception&) {
        throw Error(Error::refused, "worker.bad_message", {{"plugin", outcome.plugin}});
    }
}

// Something is missing or held: the user must look.
int status_of(const Outcome& outcome) { return outcome.held || outcome.not_ready ? 1 : 0; }

}  // namespace

int kpi(Session& session, const FigureOptions& options) {
    const Outcome outcome = figures(session, options, options.json ? Page::Format::json : Page::Format::kpi_table);
    Session::print(outcome.pages[0].bytes);
    if (!options.json) std::fputs(outcome.pages[1].bytes.c_str(), stderr);
    return status_of(outcome);
}

int forecast_show(Session& session, const FigureOptions& options) {
    const Outcome outcome = figures(session, options, options.json ? Page::Format::json : Page::Format::forecast_table);
    if (options.json) {
        with_figures(outcome, [](const Json& all) {
            Json rows = Json::object();
            for (const auto& [id, entry] : all.at("kpis").items())
                if (!entry.at("forecast").is_null()) rows[id] = entry.at("forecast");
            Session::print(Json{{"tenant", all.at("tenant")},
                                {"until", all.at("period").at("last")},
                                {"delivery_factor", all.at("delivery_factor")},
                                {"forecast", rows}}
                               .dump(1) +
                           "\n");
        });
    } else {
        Session::print(outcome.pages[0].bytes);
    }
    return status_of(outcome);
}

int staffing(Session& session, const FigureOptions& options) {
    const Catalogue& say = session.say;
    TextTable table({say("kpi.column.tenant"), say("kpi.column.members"), say("kpi.column.required"),
                     say("kpi.column.allocated"), say("kpi.column.operators"), say("kpi.column.editors")},
                    {false, true, true, true, true, true});
    Json list = Json::array();
    Fraction members, required, allocated, operators, editors;
    int status = 0;
    const auto tenants =
        session.tenants(options.tenant.empty() ? std::vector<std::string>{} : std::vector{options.tenant});
    std::vector<Job> jobs;
    for (const Tenant& tenant : tenants) {
        const Period period = chosen_period(Rhythm::daily, options.date, Zone(tenant.timezone));
        jobs.push_back(session.report_job(tenant, period, false));
        jobs.back().pages = {{Page::Format::json, Audience::agency}};
    }
    const auto add = [&](const Tenant& tenant, const Json& row) {
        const auto number_of = [&row](const char* key) { return Fraction(row.at(key).get<std::int64_t>()); };
        const Json& part = row.at("allocated");
        const Fraction shares(part.at("num").get<std::int64_t>(), part.at("den").get<std::int64_t>());
        table.add({tenant.name, number_of("members").rounded(0), number_of("required_guides").rounded(0),
                   console_figure(shares, Unit::count), number_of("operators").rounded(0),
                   number_of("content_editors").rounded(0)});
        members += number_of("members");
        required += number_of("required_guides");
        allocated += shares;
        operators += number_of("operators");
        editors += number_of("content_editors");
        Json shown{{"tenant", tenant.id}};
        shown.update(row);
        list.push_back(std::move(shown));
    };
    session.crew().run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
        session.tell(outcome);
        try {
            with_figures(outcome.or_throw(), [&](const Json& all) { add(tenants[number], all.at("staffing")); });
        } catch (const Error& error) {
            if (tenants.size() == 1) throw;
            session.tell("app.report_failed", {{"tenant", tenants[number].id}, {"reason", say.say(error.note())}});
            status = 1;
        }
    });
    if (tenants.size() > 1)
        table.add({say("kpi.agency_total"), members.rounded(0), required.rounded(0),
                   console_figure(allocated, Unit::count), operators.rounded(0), editors.rounded(0)});
    Session::print(options.json ? list.dump(1) + "\n" : table.text());
    return status;
}

int forecast_import(Session& session, const ForecastOptions& options) {
    ImportOptions import;
    import.tenant = options.tenant;
    import.fact = "forecast";
    import.all_or_nothing = options.all_or_nothing;
    import.files = options.files;
    return import_files(session, import);
}

// The rows become a small forecast file and go the way of every import: listed, checked, undone like any other.
int forecast_set(Session& session, const ForecastOptions& options) {
    if (!parse_month(options.month)) throw Error(Error::wrong_use, "app.bad_month", {{"month", options.month}});
    std::string text = "month,kpi,forecast,normal,good,excess\n";
    for (const std::string& row : options.rows) {
        const std::size_t equals = row.find('=');
        const auto commas = std::count(row.begin(), row.end(), ',');
        if (equals == std::string::npos || equals == 0 || commas > 3 ||
            row.find_first_of("\r\n\"") != std::string::npos)
            throw Error(Error::wrong_use, "kpi.bad_forecast_row", {{"row", row}});
        text += options.month + "," + row.substr(0, equals) + "," + row.substr(equals + 1) + "\n";
    }
    const std::filesystem::path file =
        session.workspace().folder() / (".siyu-" + std::to_string(getpid())) / "forecast-set.csv";
    struct Clean {
        std::filesystem::path folder;
        ~Clean() {
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
    } clean{file.parent_path()};
    write_file(file, text);
    ForecastOptions import = options;
    import.files = {file.string()};
    import.all_or_nothing = true;
    return forecast_import(session, import);
}

}  // namespace siyu
