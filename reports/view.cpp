// SPDX-License-Identifier: Apache-2.0
#include "reports/view.hpp"

#include <algorithm>

#include "reports/quality_words.hpp"

namespace siyu {

namespace {

// What guides cost is nobody's business but the agency's, even when a plugin forgot to say so.
bool tells_cost(const Blueprint& blueprint, MeasureId id) {
    if (id == none) return false;
    const MeasureNode& node = blueprint.measures[static_cast<std::size_t>(id)];
    if (node.op == MeasureNode::Op::quantity) return node.name == "guide_cost";
    return tells_cost(blueprint, node.left) || tells_cost(blueprint, node.right);
}

bool agency_only(const Blueprint& blueprint, const Kpi& kpi) {
    return kpi.audience == Audience::agency || tells_cost(blueprint, kpi.above) || tells_cost(blueprint, kpi.below);
}

const char* key_of(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::daily: return "daily";
        case Rhythm::weekly: return "weekly";
        case Rhythm::monthly: break;
    }
    return "monthly";
}

}  // namespace

View::View(const Scorecard& scorecard, Audience whose, const Catalogue& catalogue)
    : card(scorecard), say(catalogue), words(catalogue), audience(whose) {
    for (const Kpi& kpi : card.blueprint.kpis) {
        if (!for_agency() && agency_only(card.blueprint, kpi)) continue;
        const auto figure = std::find_if(card.figures.begin(), card.figures.end(),
                                         [&](const Figure& candidate) { return candidate.kpi == kpi.id; });
        if (figure != card.figures.end()) entries_.push_back({&kpi, &*figure});
    }
}

std::vector<View::Entry> View::entries(Group group) const {
    std::vector<Entry> some;
    for (const Entry& entry : entries_)
        if (entry.kpi->group == group) some.push_back(entry);
    return some;
}

const View::Entry* View::entry(std::string_view id) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.kpi->id == id; });
    return found == entries_.end() ? nullptr : &*found;
}

std::vector<View::Entry> View::headlines() const {
    std::vector<Entry> some;
    for (const Entry& entry : entries_)
        if (entry.kpi->headline) some.push_back(entry);
    if (some.empty())
        some.assign(entries_.begin(), entries_.begin() + std::min<std::ptrdiff_t>(4, std::ssize(entries_)));
    return some;
}

std::string View::title(const std::string& zh, const std::string& en, const std::string& id) const {
    const bool chinese = say.language() == Language::zh;
    const std::string& wanted = chinese ? zh : en;
    if (!wanted.empty()) return wanted;
    const std::string& other = chinese ? en : zh;
    return other.empty() ? id : other;
}

std::string View::period_word(const std::string& key) const {
    return say("report.period." + std::string(key_of(card.period.rhythm)) + "." + key);
}

Change View::change(const Entry& entry) const {
    return change_of(entry.figure->value, entry.figure->prev, entry.kpi->unit);
}

PageCell View::figure_cell(const Value& value, Unit unit, Tone tone) const {
    return {.text = words.figure(value, unit), .tone = tone, .amount = Amount{value, unit}};
}

PageCell View::change_cell(const Entry& entry) const {
    const Change moved = change(entry);
    const int verdict = moved.verdict(entry.kpi->better);
    const Tone tone = moved.kind == Change::Kind::nothing ? Tone::muted
                      : verdict > 0                       ? Tone::good
                      : verdict < 0                       ? Tone::bad
                                                          : Tone::plain;
    return {.text = words.judged(moved, entry.kpi->better), .tone = tone};
}

PageCell View::attainment_cell(const Entry& entry) const {
    const auto& standing = entry.figure->standing;
    if (!standing || !standing->in_table) return {.text = say("report.kpi.no_forecast"), .tone = Tone::muted};
    PageCell cell = figure_cell(standing->attainment, Unit::ratio);
    if (!standing->attainment) cell.tone = Tone::muted;
    if (standing->floor_breached) {
        cell.tone = Tone::bad;
        cell.note = say("report.kpi.below_floor");
    }
    return cell;
}

PageCell View::line_cell(const Entry& entry) const {
    const auto& standing = entry.figure->standing;
    if (!standing || !standing->line) return {.text = say("report.line.none"), .tone = Tone::muted};
    switch (*standing->line) {
        case Line::fail: return {.text = say("report.line.fail"), .tone = Tone::bad, .chip = true};
        case Line::normal: return {.text = say("report.line.normal"), .tone = Tone::plain, .chip = true};
        case Line::good: return {.text = say("report.line.good"), .tone = Tone::good, .chip = true};
        case Line::excess: break;
    }
    return {.text = say("report.line.excess"), .tone = Tone::excess, .chip = true};
}

View::Shares View::shares(const std::string& kpi, const std::string& dimension) const {
    const auto of_kpi = card.breakdowns.find(kpi);
    if (of_kpi == card.breakdowns.end()) return {};
    const auto of_dimension = of_kpi->second.find(dimension);
    if (of_dimension == of_kpi->second.end()) return {};
    Shares all(of_dimension->second.begin(), of_dimension->second.end());
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return all;
}

std::string View::name(const std::string& dimension, const std::string& value) const {
    if (value.empty()) return say("report.unknown." + (say.has("report.unknown." + dimension) ? dimension : "other"));
    const std::string id = "report.name." + dimension + "." + value;
    return say.has(id) ? say(id) : value;
}

std::string View::sentence(const Note& found) const { return told(found, say); }

void cut(PageTable& table, const View& view, const std::string& place) {
    const std::size_t all = table.rows.size();
    if (all <= rows_shown) return;
    table.all = all;
    table.rows.resize(std::min(all, rows_kept));
    for (std::size_t i = rows_shown; i < table.rows.size(); ++i) table.rows[i].beyond = true;
    table.left_out =
        view.say("report.left_out", {{"all", view.words.number(static_cast<std::int64_t>(all), 0)},
                                     {"shown", std::to_string(rows_shown)},
                                     {"rest", view.words.number(static_cast<std::int64_t>(all - rows_shown), 0)},
                                     {"where", view.say("report.where." + (view.for_agency() ? place : "ask"))}});
}

}  // namespace siyu
