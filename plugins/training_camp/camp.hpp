// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <siyu/plugin.hpp>
#include <string>
#include <tuple>
#include <vector>

// A camp is a group: it begins on the day the group was opened and takes so many days. Its cohort is whoever ever
// joined the group up to the day that is looked at, whether they stayed or not.

struct Camp {
    std::string id, name;  // the name, or the id where it has none
    std::int32_t first, last;
};

// A lesson that the camp is to give, and who of a cohort took it.
struct Lesson {
    std::string name;
    siyu::Asked took;
};

// What is asked of a cohort; each can be divided by group_id.
struct Cohort {
    siyu::Asked enrolled, bought, completed;
    siyu::Asked absent;  // who took no lesson
    siyu::Asked open;    // who took a lesson and has bought nothing
    std::vector<Lesson> lessons;
    std::int32_t days;  // of a camp
    std::size_t shown;  // so many camps
};

Cohort cohort_of(siyu::Declarations& d);
// The lessons as they are told apart, and who took one.
siyu::Filter a_lesson();

// The camps that began on a day of first..last, in the order of their days.
std::vector<Camp> camps_begun(const siyu::Evaluation& e, const Cohort& cohort, std::int32_t first, std::int32_t last);
// The last ones of them up to the period's end, as many as are shown; with `ended` those alone whose days are over.
std::vector<Camp> last_camps(const siyu::Evaluation& e, const Cohort& cohort, bool ended);

// What one camp's cohort comes to over the days. Remembers, since one question answers for all groups.
class Book {
  public:
    explicit Book(const siyu::Evaluation& e) : e_(e) {}
    siyu::Fraction of(siyu::Asked measure, const Camp& camp, std::int32_t first, std::int32_t last);

  private:
    struct Question {
        siyu_measure measure;
        std::int32_t first, last;
        bool operator<(const Question& other) const {
            return std::tie(measure, first, last) < std::tie(other.measure, other.first, other.last);
        }
    };
    const siyu::Evaluation& e_;
    std::map<Question, std::map<std::string, siyu::Fraction>> answers_;
};

siyu::Fraction whole(std::size_t number);
