// SPDX-License-Identifier: Apache-2.0
#include "core/app/play_case.hpp"

#include <optional>

#include "core/check/bench.hpp"
#include "core/worker/crew.hpp"

namespace siyu {

namespace {

using Step = GoldenCase::Step;

// One case on its way from top to bottom.
class Play {
  public:
    Play(const GoldenCase& played, const std::vector<std::filesystem::path>& places, PluginChoice plugin,
         Language language, const std::string& preload)
        : played_(played), plugin_(std::move(plugin)), crew_(&bench_.database(), preload) {
        template_.language = language;
        template_.places = places;
        template_.plugin = plugin_;
        template_.walls = preload.empty();
        Tenants tenants(bench_.database());
        tenant_ = tenants.add("t", "", plugin_.id, played.timezone);
        for (const GoldenCase::Term& term : played.terms)
            tenants.agree(tenant_, term.key, term.since.value_or(earliest_day), term.value);
    }

    std::vector<Note> run() {
        for (const std::string& file : played_.first)
            if (const int status = take(file); status > 1) complain_of_import(0, file, status);
        for (const Step& step : played_.steps) run(step);
        return std::move(complaints_);
    }

  private:
    void run(const Step& step) {
        switch (step.kind) {
            case Step::Kind::take: {
                const int status = take(step.file);
                if (step.status ? status != *step.status : status > 1) complain_of_import(step.line, step.file, status);
                return;
            }
            case Step::Kind::period: return figures(step.period);
            case Step::Kind::expect: break;
        }
        if (json_.empty()) return complain("check.case_no_period", step, "");
        const auto found = figure_at(json_, step.path);
        if (!found) return complain("check.case_nowhere", step, "");
        if (*found != step.wanted) complain("check.case_other", step, *found);
    }

    // The exit status that `siyu import` would have.
    int take(const std::string& file) {
        refusal_.reset();
        const Fact fact = fact_of_case_file(file);
        const Agreement agreement = Tenants(bench_.database()).agreement(tenant_);
        const Day today = Zone(tenant_.timezone).today();
        RowRules rules;
        const SurveyScale scale = agreement.survey_scale(today);
        rules.lowest_score = scale.lowest, rules.highest_score = scale.highest;
        if (fact == Fact::forecast) {
            Job job = template_;
            job.task = Job::Task::describe;
            job.settings = plugin_settings(agreement, today);
            rules.kpis = crew_.run(std::move(job)).or_throw().kpis;
        }
        try {
            const BadRowLimits limits{agreement.max_bad_share(today), agreement.max_bad_rows(today)};
            return bench_.take(played_.folder / file, fact, tenant_, rules, limits).batch.rejected > 0 ? 1 : 0;
        } catch (Error& error) {
            refusal_ = error.at("file", file).note();
            return error.code();
        }
    }

    void figures(const Period& period) {
        Agreement agreement = Tenants(bench_.database()).agreement(tenant_);
        Job job = template_;
        job.task = Job::Task::report;
        job.settings = plugin_settings(agreement, period.last);
        job.assignment =
            Assignment{tenant_, {}, std::move(agreement), period, false, staff_of(bench_.database(), tenant_.id)};
        job.pages = {{Page::Format::json, Audience::agency}};
        Outcome outcome = crew_.run(std::move(job));
        json_ = outcome.or_throw().pages.at(0).bytes;
    }

    void complain(const char* id, const Step& step, const std::string& found) {
        complaints_.push_back({id,
                               {{"case", played_.name},
                                {"line", std::to_string(step.line)},
                                {"path", step.path},
                                {"wanted", step.wanted},
                                {"found", found}}});
    }
    void complain_of_import(int line, const std::string& file, int status) {
        Note note{"check.case_import",
                  {{"case", played_.name},
                   {"line", std::to_string(line)},
                   {"file", file},
                   {"status", std::to_string(status)}}};
        if (refusal_) note.parts.push_back(*refusal_);
        complaints_.push_back(std::move(note));
    }

    const GoldenCase& played_;
    PluginChoice plugin_;
    Bench bench_;
    Crew crew_;
    Tenant tenant_;
    Job template_;
    std::string json_;
    std::optional<Note> refusal_;
    std::vector<Note> complaints_;
};

}  // namespace

std::vector<Note> play_case(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& places,
                            const PluginChoice& plugin, Language language, const std::string& preload) {
    const GoldenCase played = GoldenCase::read(folder);
    if (!played.plugin.empty() && played.plugin != plugin.id)
        throw Error(Error::refused, "check.case_of_other", {{"case", played.name}, {"plugin", played.plugin}});
    return Play(played, places, plugin, language, preload).run();
}

}  // namespace siyu
