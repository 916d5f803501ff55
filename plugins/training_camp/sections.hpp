// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "camp.hpp"

// What the reports of training_camp say beyond its KPIs.

// 营期 and 第几天成交, for the brand: the last camps side by side, and on which of their days people decide.
void declare_cohorts(siyu::Declarations& d, const Cohort& cohort);

// 课程触达, for the brand: the lessons, who took them, and between which two most of a cohort are lost.
void declare_lessons(siyu::Declarations& d, const Cohort& cohort);

// 跟进, for the agency: in the camps that are running, who stays away, and who learns and has not bought.
void declare_follow_up(siyu::Declarations& d, const Cohort& cohort);
