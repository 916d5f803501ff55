// SPDX-License-Identifier: Apache-2.0
#include "camp.hpp"

#include <algorithm>

using namespace siyu;

namespace {

constexpr std::uint32_t ever = 3'660;  // days; longer than a group is a camp

}  // namespace

Filter a_lesson() { return where("kind", "lesson"); }

Cohort cohort_of(Declarations& d) {
    const Settings settings = d.settings();
    const std::string goods = settings.text("goods", "");
    const Set enrolled = joined(with("group_id"), trailing(ever)), taught = interacted(a_lesson(), with("group_id")),
              buyers = goods.empty() ? bought() : bought(where("category", goods));
    // Who is said to have finished, or took each of the lessons.
    Set completed = interacted(where("kind", "finished"), with("group_id"));
    std::vector<Lesson> lessons;
    std::optional<Set> all;
    for (const std::string& name :
         settings.words("lessons", "lesson-1,lesson-2,lesson-3,lesson-4,lesson-5,lesson-6,lesson-7")) {
        const Set took = interacted(a_lesson(), with("group_id"), where("campaign", name));
        all = all ? *all & took : took;
        lessons.push_back({name, d.measure(count(enrolled & took))});
    }
    if (all) completed = completed | *all;
    return {d.measure(count(enrolled)),
            d.measure(count(enrolled & buyers)),
            d.measure(count(enrolled & completed)),
            d.measure(count(enrolled - taught)),
            d.measure(count((enrolled & taught) - buyers)),
            lessons,
            d.settings().days("camp_days", 7, 366),
            static_cast<std::size_t>(settings.positive_whole("cohorts", 8))};
}

std::vector<Camp> camps_begun(const Evaluation& e, const Cohort& cohort, std::int32_t first, std::int32_t last) {
    std::vector<Camp> camps;
    for (const RosterRow& row : e.roster("groups", {"group_id", "name", "opened_on"})) {
        const auto opened = row.day("opened_on");
        if (!opened || *opened < first || *opened > last) continue;
        camps.push_back(
            {row["group_id"], row["name"].empty() ? row["group_id"] : row["name"], *opened, *opened + cohort.days - 1});
    }
    std::stable_sort(camps.begin(), camps.end(), [](const Camp& a, const Camp& b) { return a.first < b.first; });
    return camps;
}

std::vector<Camp> last_camps(const Evaluation& e, const Cohort& cohort, bool ended) {
    std::vector<Camp> camps = camps_begun(e, cohort, 0, e.period().last - (ended ? cohort.days - 1 : 0));
    if (camps.size() > cohort.shown)
        camps.erase(camps.begin(), camps.end() - static_cast<std::ptrdiff_t>(cohort.shown));
    return camps;
}

Fraction Book::of(Asked measure, const Camp& camp, std::int32_t first, std::int32_t last) {
    const auto [answer, unasked] = answers_.try_emplace({measure.handle(), first, last});
    if (unasked)
        for (const Part& part : e_.split(measure, "group_id", first, last))
            if (part.figure) answer->second[part.value] = *part.figure;
    const auto found = answer->second.find(camp.id);
    return found == answer->second.end() ? Fraction(0) : found->second;
}

Fraction whole(std::size_t number) { return static_cast<std::int64_t>(number); }
