// SPDX-License-Identifier: Apache-2.0
#include "reports/finding.hpp"

#include <algorithm>

namespace siyu {

namespace {

Fraction magnitude(const Fraction& number) { return number.sign() < 0 ? -number : number; }

// The two figures that a report is about: the first headline of traffic and the first of results, else the first two.
std::vector<View::Entry> subjects(const View& view) {
    const std::vector<View::Entry> headlines = view.headlines();
    std::vector<View::Entry> chosen;
    for (const Group group : {Group::traffic, Group::result})
        for (const View::Entry& entry : headlines)
            if (entry.kpi->group == group) {
                chosen.push_back(entry);
                break;
            }
    for (const View::Entry& entry : headlines) {
        if (chosen.size() >= 2) break;
        if (chosen.empty() || chosen[0].kpi != entry.kpi) chosen.push_back(entry);
    }
    return chosen;
}

// `，天猫占 62.0%`, where one value of a dimension brought more than the others.
std::string driver(const View& view, const View::Entry& entry) {
    for (const char* dimension : {"channel", "origin"}) {
        const View::Shares shares = view.shares(entry.kpi->id, dimension);
        if (shares.size() < 2 || shares[0].second.sign() <= 0 || shares[0].second == shares[1].second) continue;
        Fraction all;
        for (const auto& [name, amount] : shares) all += amount;
        if (all.sign() <= 0) continue;
        return view.say("report.finding.driver", {{"name", view.name(dimension, shares[0].first)},
                                                  {"share", view.words.percent(shares[0].second / all, 1)}});
    }
    return {};
}

std::string clause(const View& view, const View::Entry& entry) {
    const Figure& figure = *entry.figure;
    const std::string title = view.title(*entry.kpi);
    if (!figure.value)
        return view.say("report.finding.gap", {{"kpi", title}, {"gap", view.words.gap(figure.value.gap())}});
    const Change change = view.change(entry);
    const char* id = change.kind == Change::Kind::nothing ? "report.finding.alone"
                     : change.kind == Change::Kind::fresh ? "report.finding.fresh"
                                                          : "report.finding.moved";
    return view.say(id, {{"kpi", title},
                         {"value", view.words.brief(figure.value, entry.kpi->unit)},
                         {"before", view.period_word("last")},
                         {"change", view.words.change(change)},
                         {"driver", driver(view, entry)}});
}

// The figure that moved most besides the subjects, if it moved by a tenth or more.
std::string biggest_move(const View& view, const std::vector<View::Entry>& subjects) {
    const View::Entry* most = nullptr;
    Fraction size(1, 10);
    for (const View::Entry& entry : view.entries()) {
        if (std::any_of(subjects.begin(), subjects.end(), [&](const auto& other) { return other.kpi == entry.kpi; }))
            continue;
        const Change change = view.change(entry);
        if (change.kind != Change::Kind::moved || entry.kpi->better == Better::neither) continue;
        if (magnitude(change.part) < size || (most && magnitude(change.part) == size)) continue;
        most = &entry;
        size = magnitude(change.part);
    }
    if (!most) return {};
    return view.say("report.finding.biggest", {{"kpi", view.title(*most->kpi)},
                                               {"value", view.words.brief(most->figure->value, most->kpi->unit)},
                                               {"change", view.words.judged(view.change(*most), most->kpi->better)}});
}

// Whose shortfall a breach of the floor is.
std::string breach(const View& view, const View::Entry& entry) {
    const Standing& standing = *entry.figure->standing;
    const Unit unit = entry.kpi->unit;
    std::string text = view.say("report.finding.breach", {{"kpi", view.title(*entry.kpi)},
                                                          {"attainment", view.words.percent(*standing.attainment, 1)}});
    if (!standing.client_gap || !standing.agency_gap) return text;
    const bool client = standing.client_gap->sign() > 0, agency = standing.agency_gap->sign() > 0;
    if (!client && !agency) return text;
    const char* id = client && agency ? "report.finding.both_short"
                     : client         ? "report.finding.client_short"
                                      : "report.finding.agency_short";
    return text + view.say(id, {{"client", view.words.brief_gap(standing.client_gap, unit)},
                                {"agency", view.words.brief_gap(standing.agency_gap, unit)}});
}

struct Standings {
    std::vector<View::Entry> breached, failed, exceeded;
};

Standings standings(const View& view) {
    Standings all;
    for (const View::Entry& entry : view.entries()) {
        const auto& standing = entry.figure->standing;
        if (!standing) continue;
        if (standing->floor_breached && standing->attainment)
            all.breached.push_back(entry);
        else if (standing->line == Line::fail)
            all.failed.push_back(entry);
        if (standing->line == Line::excess) all.exceeded.push_back(entry);
    }
    // The worst first.
    std::stable_sort(all.breached.begin(), all.breached.end(), [](const auto& a, const auto& b) {
        return *a.figure->standing->attainment < *b.figure->standing->attainment;
    });
    return all;
}

std::string titles(const View& view, const std::vector<View::Entry>& entries, std::size_t most) {
    std::vector<std::string> names;
    for (const View::Entry& entry : entries) {
        if (names.size() == most) break;
        names.push_back(view.title(*entry.kpi));
    }
    std::string list = view.words.list(names);
    if (entries.size() <= most) return list;
    return view.say("report.finding.among", {{"names", list}, {"count", std::to_string(entries.size())}});
}

void add_data(const View& view, std::vector<std::string>& decisions) {
    std::vector<std::string> days;
    for (const Day day : view.card.missing_days) days.push_back(view.words.day(day));
    if (days.size() > 5) {
        const std::string count = std::to_string(days.size());
        days.resize(5);
        days = {view.say("report.finding.days_among", {{"days", view.words.list(days)}, {"count", count}})};
    }
    if (view.card.held) decisions.push_back(view.say("report.finding.held"));
    if (!days.empty()) decisions.push_back(view.say("report.finding.missing", {{"days", view.words.list(days)}}));
    std::int64_t warnings = 0;
    std::string first;
    for (const Quality& quality : view.card.quality) {
        if (quality.weight != Quality::Weight::warning || !view.shows(quality.audience)) continue;
        if (warnings++ == 0) first = view.sentence(quality.note);
    }
    if (warnings > 0)
        decisions.push_back(
            view.say("report.finding.warnings", {{"count", std::to_string(warnings)}, {"first", first}}));
    if (!view.card.movement.adds_up()) decisions.push_back(view.say("report.finding.movement"));
}

}  // namespace

std::optional<View::Entry> main_figure(const View& view) {
    std::optional<View::Entry> main;
    for (const View::Entry& entry : view.headlines())
        if (!main || (main->kpi->group != Group::result && entry.kpi->group == Group::result)) main = entry;
    return main;
}

Finding find_out(const View& view) {
    Finding finding;
    const std::vector<View::Entry> about = subjects(view);
    const auto main = main_figure(view);
    std::string text;
    for (const View::Entry& entry : about) {
        const std::string words = clause(view, entry);
        text += (text.empty() ? view.period_word("opening") : view.say("report.semicolon")) + words;
        if (finding.besides.empty() && entry.kpi != main->kpi) finding.besides = words;
    }
    const Standings stand = standings(view);
    if (!about.empty()) text += biggest_move(view, about);
    if (!stand.exceeded.empty()) text += view.say("report.finding.excess", {{"kpis", titles(view, stand.exceeded, 3)}});
    finding.happened = text.empty() ? view.say("report.empty.kpis") : text + view.say("report.stop");

    add_data(view, finding.decisions);
    for (std::size_t i = 0; i < stand.breached.size() && i < 3; ++i)
        finding.decisions.push_back(breach(view, stand.breached[i]) + view.say("report.stop"));
    if (stand.breached.size() > 3)
        finding.decisions.push_back(
            view.say("report.finding.more_breaches", {{"count", std::to_string(stand.breached.size() - 3)}}));
    if (!stand.failed.empty())
        finding.decisions.push_back(view.say("report.finding.failed", {{"kpis", titles(view, stand.failed, 5)}}));
    if (view.card.delivery_factor && *view.card.delivery_factor < Fraction(1))
        finding.decisions.push_back(
            view.say("report.finding.factor", {{"factor", view.words.percent(*view.card.delivery_factor, 1)}}));
    const StaffingView& staffing = view.card.staffing;
    if (staffing.allocated && *staffing.allocated < Fraction(staffing.required_guides))
        finding.decisions.push_back(
            view.say("report.finding.staffing", {{"required", view.words.number(staffing.required_guides, 0)},
                                                 {"allocated", view.words.number(*staffing.allocated, 2)}}));
    return finding;
}

}  // namespace siyu
