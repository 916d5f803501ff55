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
};

// After so many seconds nobody takes a report for that of this morning: it was missed.
std::int64_t grace_seconds(Rhythm rhythm);

// The moment at which the report on the period is sent: on its day by the brand's clock, moved to a workday where that
// was agreed, and by the brand's own place in the spread. Nothing where reports of the rhythm are not sent by
// themselves.
std::optional<std::int64_t> due_at(const Tenant& tenant, const Agreement& agreement, const Period& period,
                                   const WorkCalendar& calendar, const DeliveryRules& rules);

// What should have been begun by now, after the period that ends on `after`, oldest first; without one, those of the
// latest moment alone, unless it was missed: nobody expected them. No further back than a month, eight weeks or three
// months.
std::vector<Slot> slots(const Tenant& tenant, const Agreement& agreement, Rhythm rhythm, std::optional<Day> after,
                        std::int64_t now, const WorkCalendar& calendar, const DeliveryRules& rules);

// What is sent from `now` on until `end`, both in seconds since 1970 UTC; oldest first.
std::vector<Slot> ahead(const Tenant& tenant, const Agreement& agreement, Rhythm rhythm, std::int64_t now,
                        std::int64_t end, const WorkCalendar& calendar, const DeliveryRules& rules);

// A minute of the tenant's day as seconds since 1970 UTC.
std::int64_t moment(const Zone& zone, Day day, int minute);
// The moment nearest to another one at which the tenant's clock shows the minute: 00:30 is an hour after 23:30.
std::int64_t nearest(const Zone& zone, std::int64_t to, int minute);
// The moment, or eight in the morning where it is in the night: before that, or from nine in the evening on.
std::int64_t by_day(const Zone& zone, std::int64_t at);
// When that goes out at a moment which was wanted at an earlier one: an hour late or more, it wakes nobody.
std::int64_t out_at(const Zone& zone, std::int64_t wanted, std::int64_t at);
// Whether what was wanted at a moment is missed by now. What was ready in time and only waits for the end of a night is
// not.
bool too_late(const Zone& zone, std::int64_t wanted, Rhythm rhythm, std::int64_t ready, std::int64_t now);

}  // namespace siyu
