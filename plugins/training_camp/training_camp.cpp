// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "sections.hpp"

using namespace siyu;

namespace {

// Over the camps whose last day falls in the period: one measure of their cohorts, over another's where there is one.
Compute of_ended_camps(const Cohort& cohort, Asked above, std::optional<Asked> below) {
    return [cohort, above, below](const Evaluation& e) -> std::optional<Fraction> {
        const siyu_period period = e.period();
        Book book(e);
        Fraction sum, whole;
        const std::int32_t before = cohort.days - 1;  // from a camp's first day to its last
        for (const Camp& camp : camps_begun(e, cohort, period.first - before, period.last - before)) {
            sum = sum + book.of(above, camp, camp.first, camp.last);
            if (below) whole = whole + book.of(*below, camp, camp.first, camp.last);
        }
        return below ? ratio(sum, whole) : sum;
    };
}

}  // namespace

// Training camps: dense days with a lesson each that end in a purchase. What counts is counted by camp, not by
// calendar: a camp that is running has no result yet.
class TrainingCamp final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Cohort cohort = cohort_of(d);
        d.computed("camp_enrolled", {"结营人数", "In camps that ended"}, Unit::count,
                   of_ended_camps(cohort, cohort.enrolled, std::nullopt))
            .group(traffic)
            .adding()
            .headline();
        d.computed("camp_completion", {"完课率", "Completion"}, Unit::ratio,
                   of_ended_camps(cohort, cohort.completed, cohort.enrolled))
            .group(service)
            .headline();
        d.computed("camp_conversion", {"营期转化率", "Conversion of camps"}, Unit::ratio,
                   of_ended_camps(cohort, cohort.bought, cohort.enrolled))
            .headline();
        d.count("learners", {"上课人数", "Learners"}, count(interacted(a_lesson()))).group(service).adding();
        d.count("lessons_per_learner", {"人均上课次数", "Lessons a learner"}, rows("interactions", a_lesson()),
                count(interacted(a_lesson())))
            .group(service);
        declare_cohorts(d, cohort);
        declare_lessons(d, cohort);
        declare_follow_up(d, cohort);
    }
};

SIYU_PLUGIN(TrainingCamp, "training_camp", "1.0.0")
