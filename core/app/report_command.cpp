// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "core/app/commands.hpp"
#include "core/app/jobs.hpp"
#include "core/app/report_work.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

// The words between the commas, each once, in the order of `known`, so that the same wish is the same order; what is
// not known comes last.
std::vector<std::string> chosen(const std::string& text, const std::vector<std::string>& known) {
    std::vector<std::string> parts, ordered;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');)
        if (!part.empty()) parts.push_back(part);
    const auto has = [](const std::vector<std::string>& words, const std::string& word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    for (const std::string& word : known)
        if (has(parts, word)) ordered.push_back(word);
    for (const std::string& word : parts)
        if (!has(ordered, word)) ordered.push_back(word);
    return ordered;
}

}  // namespace

int report(Session& session, const ReportOptions& options) {
    ReportOrder wanted;
    wanted.rhythm = chosen_rhythm(options.period);
    wanted.language = session.say.language();
    wanted.formats = chosen(options.formats, {"html", "text", "json"});
    if (wanted.formats.empty()) throw Error(Error::wrong_use, "app.bad_format", {{"format", options.formats}});
    wanted.audiences = options.audience.empty() ? std::vector<std::string>{"brand", "agency"}
                                                : std::vector<std::string>{options.audience};
    const std::vector<Page> pages = pages_of(wanted);
    const auto tenants = session.tenants(options.tenants);
    std::vector<ReportOrder> orders;
    for (const Tenant& tenant : tenants) {
        // What was asked wrongly is wrong for all of them.
        orders.push_back(wanted);
        orders.back().last = chosen_period(wanted.rhythm, options.date, Zone(tenant.timezone)).last;
    }
    if (options.queue) return ask_for_reports(session, tenants, orders);

    std::vector<Job> jobs;
    for (std::size_t i = 0; i < tenants.size(); ++i) {
        jobs.push_back(session.report_job(tenants[i], orders[i].period(), true));
        jobs.back().pages = pages;
    }
    ReportFolder folder(options.out.empty() ? session.workspace().folder() / "reports"
                                            : std::filesystem::path(options.out));
    int failed = 0, held = 0;
    std::vector<std::pair<std::int64_t, Formulas>> formulas;  // to be kept, by tenant
    auto worst = Error::refused;
    const auto save = [&](std::size_t number, const Outcome& outcome) {
        std::size_t page = 0;
        for (const std::string& audience : wanted.audiences)
            for (const std::string& format : wanted.formats) {
                const auto file = folder.write(tenants[number].id, file_name(orders[number], audience, format),
                                               outcome.pages[page++].bytes, false);
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
        repeating([&, number = tenant, formulas_used = used] {
            Transaction transaction(session.database(), number);
            FormulaHistory(session.database(), number).keep(formulas_used);
            transaction.commit();
        });
    }
    if (failed == static_cast<int>(tenants.size())) throw Error(worst, "app.all_failed");
    return failed + held > 0 ? 1 : 0;
}

}  // namespace siyu
