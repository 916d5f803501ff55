// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::size_t most_rows = 10;

const char* const template_zh =
    R"(<p>本期 {{learners}} 人上课，触达 {{touched}} 节内容，人均 {{lessons_per_learner}} 次。</p>
<table><thead><tr><th>课程</th><th>本期上课人数</th><th>近 {{pooled}} 期到课率</th></tr></thead>
<tbody>{{#lessons}}<tr><td>{{lesson}}</td><td>{{people}}</td><td>{{attendance}}</td></tr>
{{/lessons}}{{^lessons}}<tr><td colspan="3">本期没有上课记录。</td></tr>{{/lessons}}</tbody></table>
{{#more}}<p>另有 {{left}} 节课未列出。</p>{{/more}}
{{#drop}}<p>流失最多的一步：{{from}} → {{to}}，少了 {{lost}} 人，占报名的 {{share}}。</p>{{/drop}})";

const char* const template_en =
    R"(<p>{{learners}} learners touched {{touched}} lessons, {{lessons_per_learner}} times each.</p>
<table><thead><tr><th>Lesson</th><th>Learners</th><th>Attended, last {{pooled}} camps</th></tr></thead>
<tbody>{{#lessons}}<tr><td>{{lesson}}</td><td>{{people}}</td><td>{{attendance}}</td></tr>
{{/lessons}}{{^lessons}}<tr><td colspan="3">Nobody took a lesson in this period.</td></tr>{{/lessons}}</tbody></table>
{{#more}}<p>And {{left}} more lessons.</p>{{/more}}
{{#drop}}<p>Most were lost from {{from}} to {{to}}: {{lost}} people, {{share}} of those enrolled.</p>{{/drop}})";

struct Measures {
    Asked people, touched;
};

// Of the last camps that ended together: who enrolled, and who took each of the lessons.
struct Attendance {
    std::size_t camps;
    Fraction enrolled;
    std::vector<Fraction> took;
};

Attendance attendance(const Evaluation& e, const Cohort& cohort) {
    Book book(e);
    const std::vector<Camp> camps = last_camps(e, cohort, true);
    Attendance sums{camps.size(), {}, std::vector<Fraction>(cohort.lessons.size())};
    for (const Camp& camp : camps) {
        sums.enrolled = sums.enrolled + book.of(cohort.enrolled, camp, camp.first, camp.last);
        for (std::size_t i = 0; i < cohort.lessons.size(); ++i)
            sums.took[i] = sums.took[i] + book.of(cohort.lessons[i].took, camp, camp.first, camp.last);
    }
    return sums;
}

// The lessons that the camp is to give in their order, then what else was given, by name.
void fill_table(const Texts& texts, const Cohort& cohort, const Attendance& sums,
                std::map<std::string, Fraction> people) {
    std::size_t found = 0;
    const auto row = [&](const std::string& lesson, const Fraction& learners, std::optional<Fraction> share) {
        if (++found <= most_rows)
            texts.row("lessons",
                      {{"lesson", lesson}, {"people", learners, Unit::count}, {"attendance", share, Unit::ratio}});
    };
    const bool any = !people.empty();
    for (std::size_t i = 0; i < cohort.lessons.size() && (any || sums.camps); ++i) {
        const std::string& name = cohort.lessons[i].name;
        row(name, people[name], ratio(sums.took[i], sums.enrolled));
        people.erase(name);
    }
    for (const auto& [lesson, learners] : people) row(lesson, learners, std::nullopt);
    if (found > most_rows) texts.row("more", {{"left", whole(found - most_rows), Unit::count}});
}

void fill_drop(const Texts& texts, const Cohort& cohort, const Attendance& sums) {
    std::size_t worst = 0;
    Fraction most;
    for (std::size_t i = 1; i < sums.took.size(); ++i)
        if (const Fraction lost = sums.took[i - 1] - sums.took[i]; lost > most) worst = i, most = lost;
    if (worst)
        texts.row("drop", {{"from", cohort.lessons[worst - 1].name},
                           {"to", cohort.lessons[worst].name},
                           {"lost", most, Unit::count},
                           {"share", ratio(most, sums.enrolled), Unit::ratio}});
}

}  // namespace

void declare_lessons(Declarations& d, const Cohort& cohort) {
    const Measures asked{d.measure(count(interacted(a_lesson()))),
                         d.measure(distinct("interactions", "campaign", a_lesson()))};
    d.section("lessons", {"课程触达", "Lessons"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"touched", "pooled", "lessons.lesson", "lessons.people", "lessons.attendance", "more.left", "drop.from",
                "drop.to", "drop.lost", "drop.share"},
               [asked, cohort](const Evaluation& e, const Texts& texts) {
                   std::map<std::string, Fraction> people;
                   for (const Part& part : e.split(asked.people, "campaign"))
                       if (!part.value.empty() && part.figure) people[part.value] = *part.figure;
                   const Attendance sums = attendance(e, cohort);
                   texts.put("touched", e(asked.touched), Unit::count);
                   texts.put("pooled", whole(sums.camps), Unit::count);
                   fill_table(texts, cohort, sums, std::move(people));
                   fill_drop(texts, cohort, sums);
               });
}
