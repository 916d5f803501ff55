// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/kpi_json.hpp"
#include "core/app/terminal.hpp"
#include "reports/view.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

// A figure for the terminal, rounded once: percent and multiples two places, money in yuan.
std::string shown(const Value& value, Unit unit) {
    if (!value) return "–";
    switch (unit) {
        case Unit::count: return value->rounded(value->whole() ? 0 : 2);
        case Unit::ratio: return (*value * Fraction(100)).rounded(2) + "%";
        case Unit::money: {
            const std::string yuan = (*value / Fraction(100)).rounded(2);
            return yuan.starts_with('-') ? "-¥" + yuan.substr(1) : "¥" + yuan;
        }
        case Unit::multiple: return value->rounded(2);
    }
    return {};
}

std::string shown(const Value& value, Unit unit, const Catalogue& say) {
    return value.not_ready() ? say("kpi.not_ready") : shown(value, unit);
}

std::string title(const Kpi& kpi, const Catalogue& say) {
    return say.language() == Language::zh ? kpi.title_zh : kpi.title_en;
}

std::string line_text(const Figure& figure, const Catalogue& say) {
    if (!figure.standing || !figure.standing->line) return "";
    return say("kpi.line." + std::string(to_string(*figure.standing->line)));
}

Scorecard scorecard(Session& session, const FigureOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    const Period period = chosen_period(chosen_rhythm(options.period), options.date, Zone(tenant.timezone));
    return compute(session.database(), session.assignment(tenant, period, false));
}

// Something is missing or held: the user must look.
int status_of(const Scorecard& card) {
    if (card.held) return 1;
    for (const Figure& figure : card.figures)
        if (figure.value.not_ready()) return 1;
    return 0;
}

// What does not fit 64 bits loses its last digits.
Json whole(const std::string& digits) { return digits.size() < 19 ? Json(std::stoll(digits)) : Json::parse(digits); }

void print_heading(const Scorecard& card) {
    Session::print(card.tenant_name + "  " + to_string(card.period.first) + ".." + to_string(card.period.last) + "\n");
}

}  // namespace

int kpi(Session& session, const FigureOptions& options) {
    const Scorecard card = scorecard(session, options);
    const Catalogue& say = session.say;
    if (options.json) {
        Session::print(kpi_json(card, Audience::agency, say) + "\n");
        return status_of(card);
    }
    print_heading(card);
    TextTable table({say("kpi.column.kpi"), "", say("kpi.column.value"), say("kpi.column.prev"),
                     say("kpi.column.attainment"), say("kpi.column.line")},
                    {false, false, true, true, true, false});
    for (const Figure& figure : card.figures) {
        const Kpi& kpi = *card.blueprint.kpi(figure.kpi);
        table.add({title(kpi, say), kpi.id, shown(figure.value, kpi.unit, say), shown(figure.prev, kpi.unit, say),
                   figure.standing ? shown(figure.standing->attainment, Unit::ratio) : "", line_text(figure, say)});
    }
    Session::print(table.text());
    const View view(card, Audience::agency, say);
    for (const Quality& found : card.quality) std::fputs((view.sentence(found.note) + "\n").c_str(), stderr);
    return status_of(card);
}

int forecast_show(Session& session, const FigureOptions& options) {
    const Scorecard card = scorecard(session, options);
    const Catalogue& say = session.say;
    if (options.json) {
        const Json all = Json::parse(kpi_json(card, Audience::agency, say));
        Json rows = Json::object();
        for (const auto& [id, entry] : all["kpis"].items())
            if (!entry["forecast"].is_null()) rows[id] = entry["forecast"];
        Session::print(Json{{"tenant", card.tenant},
                            {"until", to_string(card.period.last)},
                            {"delivery_factor", all["delivery_factor"]},
                            {"forecast", rows}}
                           .dump(1) +
                       "\n");
        return status_of(card);
    }
    print_heading(card);
    Session::print(say("kpi.delivery_factor", {{"factor", shown(card.delivery_factor, Unit::ratio)}}) + "\n");
    TextTable table({say("kpi.column.kpi"), say("kpi.column.forecast"), say("kpi.column.due"), say("kpi.column.actual"),
                     say("kpi.column.attainment"), say("kpi.column.line"), say("kpi.column.client_gap"),
                     say("kpi.column.agency_gap"), say("kpi.column.projection")},
                    {false, true, true, true, true, false, true, true, true});
    bool any = false;
    for (const Figure& figure : card.figures) {
        if (!figure.standing || !figure.standing->in_table) continue;
        any = true;
        const Kpi& kpi = *card.blueprint.kpi(figure.kpi);
        const Standing& at = *figure.standing;
        table.add({title(kpi, say), shown(at.forecast, kpi.unit), shown(at.due, kpi.unit),
                   shown(at.actual, kpi.unit, say),
                   shown(at.attainment, Unit::ratio) + (at.floor_breached ? " " + say("kpi.below_floor") : ""),
                   line_text(figure, say), shown(at.client_gap, kpi.unit), shown(at.agency_gap, kpi.unit),
                   shown(at.projection, kpi.unit)});
    }
    if (any)
        Session::print(table.text());
    else
        session.tell("kpi.no_forecast", {{"month", month_text(card.period.last)}});
    return status_of(card);
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
    for (const Tenant& tenant : tenants) {
        try {
            const Period period = chosen_period(Rhythm::daily, options.date, Zone(tenant.timezone));
            const StaffingView view = compute(session.database(), session.assignment(tenant, period, false)).staffing;
            table.add({tenant.name, std::to_string(view.members), std::to_string(view.required_guides),
                       shown(view.allocated, Unit::count), std::to_string(view.operators),
                       std::to_string(view.content_editors)});
            list.push_back(
                {{"tenant", tenant.id},
                 {"members", view.members},
                 {"required_guides", view.required_guides},
                 {"allocated", {{"num", whole(view.allocated->num())}, {"den", whole(view.allocated->den())}}},
                 {"operators", view.operators},
                 {"content_editors", view.content_editors}});
            members += view.members;
            required += view.required_guides;
            allocated += *view.allocated;
            operators += view.operators;
            editors += view.content_editors;
        } catch (const Error& error) {
            if (tenants.size() == 1) throw;
            session.tell("app.report_failed", {{"tenant", tenant.id}, {"reason", say.say(error.note())}});
            status = 1;
        }
    }
    if (tenants.size() > 1)
        table.add({say("kpi.agency_total"), members.rounded(0), required.rounded(0), shown(allocated, Unit::count),
                   operators.rounded(0), editors.rounded(0)});
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
