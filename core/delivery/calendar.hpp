// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/day.hpp"

namespace siyu {

// Which days people work: Monday to Friday, save for the years whose holidays and working weekends are known.
class WorkCalendar {
  public:
    // The legal workdays of China, as far as they had been announced when siyu was built (core/delivery/calendar).
    static const WorkCalendar& china();

    // Whether the year's holidays are known; where not, its days are judged by the weekday alone.
    bool knows(int year) const { return years_.contains(year); }
    bool is_workday(Day day) const;
    // The day itself, or the first workday after it.
    Day next_workday(Day day) const;
    // Takes in years from the text of a file like calendar/cn.toml; a year that was known before is replaced. Throws
    // Error (refused) with the line for anything that is not so, and then takes nothing.
    void add(std::string_view toml, const std::string& name);

  private:
    // What was announced for a year, true for a day of work. May reach into the December before.
    using Year = std::map<Day, bool>;
    std::map<int, Year> years_;

    friend class CalendarText;
};

}  // namespace siyu
