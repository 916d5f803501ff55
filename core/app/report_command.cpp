// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include "core/app/commands.hpp"
#include "core/app/kpi_json.hpp"
#include "reports/page.hpp"

namespace siyu {

namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

std::vector<Audience> audiences(const std::string& text) {
    if (text.empty()) return {Audience::brand, Audience::agency};
    if (text == "brand") return {Audience::brand};
    if (text == "agency") return {Audience::agency};
    throw Error(Error::wrong_use, "app.bad_audience", {{"audience", text}});
}

std::string ending(const std::string& format) {
    if (format == "html") return "html";
    if (format == "text") return "txt";
    if (format == "json") return "json";
    throw Error(Error::wrong_use, "app.bad_format", {{"format", format}});
}

}  // namespace

int report(Session& session, const ReportOptions& options) {
    const Rhythm rhythm = chosen_rhythm(options.period);
    const auto formats = split(options.formats);
    if (formats.empty()) throw Error(Error::wrong_use, "app.bad_format", {{"format", options.formats}});
    for (const std::string& format : formats) ending(format);
    const auto wanted = audiences(options.audience);
    const std::filesystem::path out =
        options.out.empty() ? session.workspace().folder() / "reports" : std::filesystem::path(options.out);
    const auto tenants = session.tenants(options.tenants);
    // What was asked wrongly is wrong for all of them.
    for (const Tenant& tenant : tenants) chosen_period(rhythm, options.date, Zone(tenant.timezone));

    int failed = 0, held = 0;
    auto worst = Error::refused;
    for (const Tenant& tenant : tenants) {
        try {
            const Period period = chosen_period(rhythm, options.date, Zone(tenant.timezone));
            const Scorecard card = compute(session.database(), session.assignment(tenant, period, true));
            std::vector<std::pair<std::filesystem::path, std::string>> pages;
            for (const Audience audience : wanted)
                for (const std::string& format : formats) {
                    const std::string name = std::string(to_string(rhythm)) + "-" + to_string(period.last) + "-" +
                                             (audience == Audience::brand ? "brand" : "agency") + "." +
                                             std::string(to_string(session.say.language())) + "." + ending(format);
                    std::string page = format == "html"   ? html_page(card, audience, session.say)
                                       : format == "text" ? text_page(card, audience, session.say)
                                                          : kpi_json(card, audience, session.say) + "\n";
                    pages.emplace_back(out / tenant.id / name, std::move(page));
                }
            for (const auto& [file, page] : pages) {
                write_file(file, page);
                Session::print(file.string() + "\n");
            }
            if (card.held || !card.missing_days.empty()) {
                ++held;
                session.tell(card.held ? "app.report_held" : "app.report_marked", {{"tenant", tenant.id}});
            }
        } catch (const Error& error) {
            // One brand's trouble is not another's.
            if (tenants.size() == 1) throw;
            ++failed;
            if (error.code() == Error::unreachable) worst = Error::unreachable;
            session.tell("app.report_failed", {{"tenant", tenant.id}, {"reason", session.say.say(error.note())}});
        } catch (const std::exception& error) {
            if (tenants.size() == 1) throw;
            ++failed;
            session.tell("app.report_failed", {{"tenant", tenant.id}, {"reason", error.what()}});
        }
    }
    if (failed == static_cast<int>(tenants.size())) throw Error(worst, "app.all_failed");
    return failed + held > 0 ? 1 : 0;
}

}  // namespace siyu
