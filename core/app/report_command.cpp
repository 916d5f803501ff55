// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include "core/app/commands.hpp"

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

struct Kind {
    Page::Format format;
    const char* ending;
};

Kind kind_of(const std::string& format) {
    if (format == "html") return {Page::Format::html, "html"};
    if (format == "text") return {Page::Format::text, "txt"};
    if (format == "json") return {Page::Format::json, "json"};
    throw Error(Error::wrong_use, "app.bad_format", {{"format", format}});
}

}  // namespace

int report(Session& session, const ReportOptions& options) {
    const Rhythm rhythm = chosen_rhythm(options.period);
    const auto formats = split(options.formats);
    if (formats.empty()) throw Error(Error::wrong_use, "app.bad_format", {{"format", options.formats}});
    std::vector<Kind> kinds;
    for (const std::string& format : formats) kinds.push_back(kind_of(format));
    const auto wanted = audiences(options.audience);
    const std::filesystem::path out =
        options.out.empty() ? session.workspace().folder() / "reports" : std::filesystem::path(options.out);
    const auto tenants = session.tenants(options.tenants);
    std::vector<Period> periods;
    std::vector<Job> jobs;
    for (const Tenant& tenant : tenants) {
        // What was asked wrongly is wrong for all of them.
        periods.push_back(chosen_period(rhythm, options.date, Zone(tenant.timezone)));
        Job& job = jobs.emplace_back(session.report_job(tenant, periods.back(), true));
        for (const Audience audience : wanted)
            for (const Kind& kind : kinds) job.pages.push_back({kind.format, audience});
    }

    int failed = 0, held = 0;
    std::vector<std::pair<std::int64_t, Formulas>> formulas;  // to be kept, by tenant
    auto worst = Error::refused;
    const auto save = [&](std::size_t number, const Outcome& outcome) {
        const std::string start = std::string(to_string(rhythm)) + "-" + to_string(periods[number].last) + "-";
        std::size_t kind = 0;
        for (const Page& page : outcome.pages) {
            const std::string name = start + (page.audience == Audience::brand ? "brand" : "agency") + "." +
                                     std::string(to_string(session.say.language())) + "." +
                                     kinds[kind++ % kinds.size()].ending;
            const auto file = out / tenants[number].id / name;
            write_file(file, page.bytes);
            Session::print(file.string() + "\n");
        }
        if (outcome.formulas) formulas.emplace_back(tenants[number].number, *outcome.formulas);
        if (!outcome.held && !outcome.incomplete) return;
        ++held;
        session.tell(outcome.held ? "app.report_held" : "app.report_marked", {{"tenant", tenants[number].id}});
    };
    session.crew().run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
        session.tell(outcome);
        try {
            save(number, outcome.or_throw());
        } catch (const Error& error) {
            // One brand's trouble is not another's.
            if (tenants.size() == 1) throw;
            ++failed;
            if (error.code() == Error::unreachable) worst = Error::unreachable;
            session.tell("app.report_failed",
                         {{"tenant", tenants[number].id}, {"reason", session.say.say(error.note())}});
        }
    });
    // Pages that are there are what the brand will compare the next ones with.
    for (const auto& [tenant, used] : formulas) {
        Transaction transaction(session.database(), tenant);
        FormulaHistory(session.database(), tenant).keep(used);
        transaction.commit();
    }
    if (failed == static_cast<int>(tenants.size())) throw Error(worst, "app.all_failed");
    return failed + held > 0 ? 1 : 0;
}

}  // namespace siyu
