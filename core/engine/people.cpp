// SPDX-License-Identifier: Apache-2.0
#include "core/engine/people.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace siyu {

namespace {

Fraction of(const Breakdowns& breakdowns, const std::string& kpi, const std::string& guide) {
    const auto found = breakdowns.find(kpi);
    if (found == breakdowns.end()) return {};
    const auto dimension = found->second.find("guide");
    if (dimension == found->second.end()) return {};
    const auto value = dimension->second.find(guide);
    return value == dimension->second.end() ? Fraction{} : value->second;
}

// Whether a guide did 3+3+3 on the day.
std::set<std::string> reached_333(Ledger& ledger, Day day) {
    const FactKind& kind = kind_of(Fact::guide_actions);
    Words& words = ledger.words();
    const std::array<std::string, 3> names{"moment", "private_chat", "group_message"};
    std::map<std::string, std::array<Wide, 3>> done;
    const Rows& rows = ledger.rows(Fact::guide_actions, day);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t k = 0; k < names.size(); ++k)
            if (words.text(Space::word, rows[i][kind.place("kind")]) == names[k])
                done[words.text(Space::word, rows[i][kind.place("guide_id")])][k] += rows[i][kind.place("count")];
    std::set<std::string> found;
    for (const auto& [guide, counts] : done)
        if (std::all_of(counts.begin(), counts.end(), [](Wide count) { return count >= 3; })) found.insert(guide);
    return found;
}

}  // namespace

std::vector<GuideRow> guide_rows(Ledger& ledger, const Staff& staff, const Breakdowns& breakdowns,
                                 const Window& window) {
    std::map<std::string, GuideRow> found;
    for (Day day = window.first; day <= window.last; ++day) {
        const auto reached = reached_333(ledger, day);
        for (const std::string& guide : staff.guides(day)) {
            auto [at, fresh] = found.try_emplace(guide);
            GuideRow& row = at->second;
            if (fresh) {
                row.id = guide;
                row.cost = Fraction{};
            }
            if (const RosterRow* known = staff.row_of(guide, day)) {
                row.name = known->name;
                row.type = known->type;
            }
            row.share += staff.share(day, guide);
            ++row.days_allocated;
            if (reached.contains(guide)) ++row.days_333;
            const Value cost = staff.cost(day, guide);
            if (row.cost) row.cost = cost ? Value(*row.cost + *cost) : cost;
        }
    }
    std::vector<GuideRow> rows;
    for (auto& [guide, row] : found) {
        row.share = row.share / Fraction(window.last - window.first + 1);
        row.new_users = of(breakdowns, "diverted_users", guide).whole().value_or(0);
        row.gmv = of(breakdowns, "gmv", guide);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<KocRow> koc_rows(Ledger& ledger, const Window& window) {
    const FactKind& posts = kind_of(Fact::posts);
    Words& words = ledger.words();
    std::map<std::int64_t, KocRow> found;             // by KOC
    std::map<std::string, std::int64_t> koc_of_post;  // by post id
    // Who joins through a post often does so weeks after it.
    const auto span = ledger.span(Fact::posts);
    if (!span) return {};
    for (Day day = span->first; day <= std::min(window.last, span->second); ++day) {
        const Rows& rows = ledger.rows(Fact::posts, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t koc = rows[i][posts.place("koc_id")];
            koc_of_post[words.text(Space::post, rows[i][posts.place("post_id")])] = koc;
            if (day >= window.first) ++found[koc].posts;
        }
    }
    const std::int64_t empty = words.find(Space::word, "");
    for (const Arrival& arrival : ledger.arrivals(window.first, window.last)) {
        if (arrival.post == empty) continue;
        if (const auto koc = koc_of_post.find(words.text(Space::word, arrival.post)); koc != koc_of_post.end())
            ++found[koc->second].new_users;
    }
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
