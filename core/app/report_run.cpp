// SPDX-License-Identifier: Apache-2.0
#include "core/app/report_run.hpp"

#include <algorithm>
#include <sstream>

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

ReportOrder order_of(const ReportOptions& options, Language language) {
    ReportOrder wanted;
    wanted.rhythm = chosen_rhythm(options.period);
    wanted.language = language;
    wanted.formats = chosen(options.formats, {"html", "text", "json", "eml", "xlsx", "pdf"});
    if (wanted.formats.empty()) throw Error(Error::wrong_use, "app.bad_format", {{"format", options.formats}});
    wanted.audiences = options.audience.empty() ? std::vector<std::string>{"brand", "agency"}
                                                : std::vector<std::string>{options.audience};
    pages_of(wanted);
    return wanted;
}

ReportRun::ReportRun(Session& session, const ReportOptions& options, bool alone)
    : session_(session),
      options_(options),
      alone_(alone),
      wanted_(order_of(options, session.say.language())),
      printing_(session),
      folder_(options.out.empty() ? session.workspace().folder() / "reports" : std::filesystem::path(options.out)) {}

void ReportRun::make(const std::vector<Tenant>& tenants) {
    std::vector<ReportOrder> orders;
    std::vector<Job> jobs;
    for (const Tenant& tenant : tenants) {
        orders.push_back(wanted_);
        orders.back().last = chosen_period(wanted_.rhythm, options_.date, Zone(tenant.timezone)).last;
        jobs.push_back(session_.report_job(tenant, orders.back().period(), true));
        jobs.back().pages = pages_of(wanted_);
    }
    session_.crew().run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
        const Tenant& tenant = tenants[number];
        session_.tell(outcome);
        try {
            save(tenant, orders[number], outcome.or_throw());
        } catch (const Error& error) {
            // One brand's trouble is not another's.
            results_[tenant.id] = Result::failed;
            failure_ = error;
            if (error.code() == Error::unreachable) worst_ = Error::unreachable;
            if (!alone_)
                session_.tell("app.report_failed", {{"tenant", tenant.id}, {"reason", session_.say.say(error.note())}});
        }
    });
    keep_formulas();
}

void ReportRun::save(const Tenant& tenant, const ReportOrder& order, const Outcome& outcome) {
    std::size_t page = 0;
    for (const std::string& audience : order.audiences)
        for (const std::string& format : order.formats) {
            const auto file =
                folder_.write(tenant.id, file_name(order, audience, format),
                              printing_.file(tenant, order, audience, format, outcome.pages[page++].bytes), false);
            Session::print(file.string() + "\n");
        }
    if (outcome.formulas) formulas_.emplace_back(tenant.number, *outcome.formulas);
    const bool look = outcome.held || outcome.incomplete;
    results_[tenant.id] = look ? Result::look : Result::made;
    if (look) session_.tell(outcome.held ? "app.report_held" : "app.report_marked", {{"tenant", tenant.id}});
}

void ReportRun::keep_formulas() {
    for (const auto& [tenant, used] : std::exchange(formulas_, {})) {
        repeating([&, number = tenant, formulas_used = used] {
            Transaction transaction(session_.database(), number);
            FormulaHistory(session_.database(), number).keep(formulas_used);
            transaction.commit();
        });
    }
}

int ReportRun::end() const {
    const auto all_are = [&](Result result) {
        return std::all_of(results_.begin(), results_.end(), [result](const auto& of) { return of.second == result; });
    };
    if (all_are(Result::made)) return 0;
    if (!all_are(Result::failed)) return 1;
    throw alone_ ? *failure_ : Error(worst_, "app.all_failed");
}

}  // namespace siyu
