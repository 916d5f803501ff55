// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/zone.hpp"
#include "core/delivery/calendar.hpp"
#include "tenants/delivery_terms.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// [delivery] of siyu.toml.
struct DeliveryRules {
    int prepare_minutes = 180;  // before its sending a report is begun, so that people can look at it
    int spread_minutes = 10;    // over which the brands' mails of one moment are spread
    int page_days = 60;         // as long as links to a report's page lead to it
    int answer_days = 14;       // as long as a figure can be disputed
};

// A report that the schedule asks for.
struct Slot {
    Period period;
    std::int64_t due_at = 0;  // seconds since 1970 UTC
    bool late = false;        // its time passed so long ago that nobody was at work then
};

// The moment at which the report on the period is sent: on its day by the brand's clock, moved to a workday where that
// was agreed, and by the brand's own place in the spread. Nothing where reports of the rhythm are not sent by
// themselves.
std::optional<std::int64_t> due_at(const Tenant& tenant, const Agreement& agreement, const Period& period,
                                   const WorkCalendar& calendar, const DeliveryRules& rules);

// What should have been begun by now, after the period that ends on `after`, oldest first; without one, the latest
// alone, unless it is late: nobody expected it. No further back than a month, eight weeks or three months.
std::vector<Slot> slots(const Tenant& tenant, const Agreement& agreement, Rhythm rhythm, std::optional<Day> after,
                        std::int64_t now, const WorkCalendar& calendar, const DeliveryRules& rules);

// A minute of the tenant's day as seconds since 1970 UTC.
std::int64_t moment(const Zone& zone, Day day, int minute);

}  // namespace siyu
