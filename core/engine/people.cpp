// SPDX-License-Identifier: Apache-2.0
#include "core/engine/people.hpp"

#include <algorithm>
#include <unordered_map>

namespace siyu {

namespace {

// What the breakdown of the KPI by guides says of each.
const std::map<std::string, Fraction>& by_guide(const Breakdowns& breakdowns, const std::string& kpi) {
    static const std::map<std::string, Fraction> nothing;
    const auto found = breakdowns.find(kpi);
    if (found == breakdowns.end()) return nothing;
    const auto dimension = found->second.find("guide");
    return dimension == found->second.end() ? nothing : dimension->second;
}

Fraction of(const std::map<std::string, Fraction>& figures, const std::string& guide) {
    const auto found = figures.find(guide);
    return found == figures.end() ? Fraction() : found->second;
}

}  // namespace

std::vector<GuideRow> guide_rows(Evaluator& evaluator, const Breakdowns& breakdowns, const Window& window) {
    static const std::vector<std::int64_t> wanted{3, 3, 3};
    Workforce& workforce = evaluator.workforce();
    std::map<std::string_view, GuideRow> found;
    for (const Workforce::Run* run : workforce.runs(window.first, window.last)) {
        const Day first = std::max(run->first, window.first), last = std::min(run->last, window.last);
        const int days = last - first + 1;
        Fraction months;
        std::unordered_map<std::size_t, int> reached;  // days, by place
        for (Day day = first; day <= last; ++day) {
            months += Fraction(1, days_in_month(day));
            const auto& done = evaluator.row_quantities().actions(day);
            if (done.empty()) continue;
            const auto& places = workforce.places(day, evaluator.ledger().words());
            for (const auto& [guide, counts] : done)
                if (const auto place = places.find(guide); place != places.end() && reaches(counts, wanted))
                    ++reached[place->second];
        }
        for (std::size_t i = 0; i < run->guides.size(); ++i) {
            const Workforce::Guide& guide = run->guides[i];
            const auto known = found.try_emplace(found.end(), *guide.id);
            GuideRow& row = known->second;
            if (row.id.empty()) {
                row.id = *guide.id;
                row.cost = Fraction();
            }
            row.share += guide.share * Fraction(days);
            row.days_allocated += days;
            if (const auto did = reached.find(i); did != reached.end()) row.days_333 += did->second;
            if (!guide.row) {
                row.cost = Gap::no_value;
                continue;
            }
            row.name = guide.row->name;
            row.type = guide.row->type;
            if (row.cost) row.cost = *row.cost + guide.share * Fraction(guide.row->monthly_cost) * months;
        }
    }
    const auto &new_users = by_guide(breakdowns, "diverted_users"), &gmv = by_guide(breakdowns, "gmv");
    const Fraction days(window.last - window.first + 1);
    std::vector<GuideRow> rows;
    rows.reserve(found.size());
    for (auto& [guide, row] : found) {
        row.share = row.share / days;
        row.new_users = of(new_users, row.id).whole().value_or(0);
        row.gmv = of(gmv, row.id);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<KocRow> koc_rows(Ledger& ledger, const Window& window) {
    const FactKind& posts = kind_of(Fact::posts);
    Words& words = ledger.words();
    const auto span = ledger.span(Fact::posts);
    if (!span) return {};
    const std::int64_t empty = words.find(Space::word, "");
    std::unordered_map<std::int64_t, std::int64_t> came_by, koc_of;  // by post: new users; who wrote it
    for (const Arrival& arrival : ledger.arrivals(window.first, window.last))
        if (arrival.post != empty) ++came_by[words.find(Space::post, words.text(Space::word, arrival.post))];
    std::map<std::int64_t, KocRow> found;  // by KOC
    const std::size_t post_id = posts.place("post_id"), koc_id = posts.place("koc_id");
    // Who joins through a post often does so weeks after it.
    for (Day day = came_by.empty() ? window.first : span->first; day <= std::min(window.last, span->second); ++day) {
        const Rows& rows = ledger.rows(Fact::posts, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (came_by.contains(rows[i][post_id])) koc_of[rows[i][post_id]] = rows[i][koc_id];
            if (day >= window.first) ++found[rows[i][koc_id]].posts;
        }
    }
    for (const auto& [post, koc] : koc_of) found[koc].new_users += came_by[post];
    const FactKind& kocs = kind_of(Fact::kocs);
    std::map<std::int64_t, std::string> names;
    const Rows& roster = ledger.rows(Fact::kocs);
    for (std::size_t i = 0; i < roster.size(); ++i)
        names[roster[i][kocs.place("koc_id")]] = words.text(Space::word, roster[i][kocs.place("name")]);
    std::vector<KocRow> rows;
    for (auto& [koc, row] : found) {
        row.id = words.text(Space::word, koc);
        row.name = names[koc];
        rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const KocRow& a, const KocRow& b) {
        return std::tuple(-a.posts, -a.new_users, a.id) < std::tuple(-b.posts, -b.new_users, b.id);
    });
    return rows;
}

}  // namespace siyu
