// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include <algorithm>
#include <set>

#include "core/check/checking.hpp"
#include "core/check/generated_facts.hpp"
#include "core/check/roll_up.hpp"
#include "core/check/sanitizer.hpp"
#include "reports/kpi_json.hpp"
#include "reports/page.hpp"

// What can be said about the figures, over facts.
namespace siyu {

namespace {

constexpr Rhythm rhythms[] = {Rhythm::daily, Rhythm::weekly, Rhythm::monthly};
constexpr Language languages[] = {Language::zh, Language::en};
constexpr Audience audiences[] = {Audience::brand, Audience::agency};

Scorecard card_of(const Trial& trial, const Blueprint& blueprint, Rhythm rhythm, bool with_series = false) {
    Assignment work = *trial.assignment;
    work.blueprint = blueprint;
    work.period = generated_period(rhythm);
    work.with_series = with_series;
    return compute(*trial.facts, std::move(work));
}

// Every page of a report, one after the other.
std::vector<std::string> pages_of(const Scorecard& card) {
    std::vector<std::string> pages;
    for (const Language language : languages)
        for (const Audience audience : audiences) {
            pages.push_back(html_page(card, audience, catalogue(language)));
            pages.push_back(text_page(card, audience, catalogue(language)));
        }
    return pages;
}

bool is_quotient(const Kpi& kpi) { return kpi.unit == Unit::ratio || kpi.unit == Unit::multiple; }

std::string joined(const std::vector<std::string>& words) {
    constexpr std::size_t most = 12;  // who wants all of them reads the declarations
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most; ++i) text += (i ? ", " : "") + words[i];
    return words.size() > most ? text + " …" : text;
}

// Where two cards of the same period differ; empty where they do not.
std::string difference(const Scorecard& a, const Scorecard& b) {
    for (std::size_t i = 0; i < a.figures.size() && i < b.figures.size(); ++i)
        if (!(a.figures[i].value == b.figures[i].value) || !(a.figures[i].prev == b.figures[i].prev))
            return a.figures[i].kpi;
    for (const auto& [id, content] : a.sections)
        if (const auto other = b.sections.find(id); other == b.sections.end() || !(other->second == content)) return id;
    const Catalogue& say = catalogue(Language::en);
    return kpi_json(a, Audience::agency, say) == kpi_json(b, Audience::agency, say) ? "" : "JSON";
}

}  // namespace

Verdict check_empty_period(Trial& trial) {
    const Blueprint blueprint = blueprint_of(trial);
    std::vector<Note> bad;
    std::set<std::string> by_constant;
    for (const Rhythm rhythm : rhythms) {
        trial.stage({"check.stage.empty", {{"period", std::string(to_string(rhythm))}}});
        const Scorecard card = card_of(trial, blueprint, rhythm);
        for (const Figure& figure : card.figures) {
            const Kpi& kpi = *blueprint.kpi(figure.kpi);
            if (!is_quotient(kpi) || !figure.value) continue;
            // So much of a quota is a figure also where nothing happened.
            if (!kpi.compute && is_constant(blueprint, kpi.below))
                by_constant.insert(kpi.id);
            else
                bad.push_back({"check.value_of_nothing",
                               {{"kpi", kpi.id},
                                {"value", figure.value->exact_text()},
                                {"period", std::string(to_string(rhythm))}}});
        }
        trial.stage({"check.stage.empty_page", {{"period", std::string(to_string(rhythm))}}});
        pages_of(card);
    }
    if (!bad.empty()) wrong("check.values_of_nothing", std::move(bad));
    Verdict verdict;
    if (!by_constant.empty())
        verdict.notes.push_back(
            {"check.divided_by_constant", {{"kpis", joined({by_constant.begin(), by_constant.end()})}}});
    return verdict;
}

Verdict check_week_equals_days(Trial& trial) {
    const Blueprint blueprint = blueprint_of(trial);
    RollUp roll_up =
        roll_up_of(blueprint, [&](const Blueprint& probed) { return card_of(trial, probed, Rhythm::weekly, true); });
    // A long list is cut short: first what the author can look at, then what the plugin only extends.
    std::stable_partition(roll_up.left_out.begin(), roll_up.left_out.end(),
                          [&](const std::string& id) { return blueprint.kpi(id)->declared_by == blueprint.plugin; });
    if (!roll_up.wrong.empty()) wrong("check.weeks_differ", roll_up.wrong);
    Verdict verdict{!roll_up.decided.empty(), {}};
    if (!roll_up.decided.empty())
        verdict.notes.push_back({"check.rolled_up", {{"count", std::to_string(roll_up.decided.size())}}});
    if (!roll_up.left_out.empty())
        verdict.notes.push_back(
            {"check.not_rolled_up",
             {{"count", std::to_string(roll_up.left_out.size())}, {"kpis", joined(roll_up.left_out)}}});
    return verdict;
}

Verdict check_repeatable(Trial& trial) {
    const Blueprint one = blueprint_of(trial), other = blueprint_of(trial);
    for (const Rhythm rhythm : rhythms) {
        trial.stage({"check.stage.repeat", {{"period", std::string(to_string(rhythm))}}});
        const Scorecard first = card_of(trial, one, rhythm);
        for (const Blueprint* again : {&one, &other}) {
            const Scorecard second = card_of(trial, *again, rhythm);
            const char* id = again == &one ? "check.not_repeatable" : "check.not_the_same";
            if (const std::string what = difference(first, second); !what.empty())
                wrong(id, {{"what", what}, {"period", std::string(to_string(rhythm))}});
            // Pages are made of the card alone; one rhythm shows whether anything else has got in.
            if (rhythm == Rhythm::weekly && again == &other && pages_of(first) != pages_of(second))
                wrong("check.pages_differ", {{"period", std::string(to_string(rhythm))}});
        }
    }
    return {};
}

Verdict check_time_and_memory(Trial& trial) {
    const Blueprint blueprint = blueprint_of(trial);
    trial.stage({"check.stage.report", {}});
    const Scorecard card = card_of(trial, blueprint, Rhythm::monthly, true);
    for (const Language language : languages) html_page(card, Audience::agency, catalogue(language));
    // A sanitizer's runtime takes several times as much of both.
    if (Sanitizer::there()) return {false, {{"check.not_measured", {}}}};
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto tenths =
        (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 10 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 100'000;
    const auto mib = used.ru_maxrss / 1024;
    const std::vector<std::pair<std::string, std::string>> with{
        {"seconds", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)},
        {"mib", std::to_string(mib)},
        {"most_seconds", std::to_string(most_report_seconds)},
        {"most_mib", std::to_string(most_report_mib)}};
    if (tenths > 10 * most_report_seconds || mib > most_report_mib) wrong("check.too_dear", with);
    return {true, {{"check.used", with}}};
}

}  // namespace siyu
