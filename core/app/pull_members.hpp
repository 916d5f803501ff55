// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/app/commands.hpp"
#include "core/app/wecom_settings.hpp"

namespace siyu {

// A member of the company whose figures belong to the tenant on these days.
struct PullMember {
    std::string id;
    std::vector<DaySpan> days;
    std::vector<DaySpan> allocated = {};  // to the tenant, and to nobody whose figures they might be; from the earliest
    bool groups = true;                   // the groups that the member owns are the tenant's as well
};

// Whom to ask about.
struct PullMembers {
    std::vector<PullMember> asked;
    std::vector<Note> left_out;  // whose figures cannot be told apart from another tenant's
    bool all = false;            // of the tenant's guides none is missing: the days count as covered
};

// The guides allocated to the tenant on the days; those named alone where some are; or everybody whom WeCom has. In a
// company that several tenants share a guide counts for a tenant on the days that are given to it alone, and who is not
// allocated not at all; groups stay with their owner, so those of a guide whom others ever have are nobody's. So it is
// with a guide of a tenant whose company is not said: it may be this one. Throws Error (wrong use) where that leaves
// nobody.
PullMembers pull_members(Session& session, const Tenant& tenant, const WecomSettings& settings,
                         const PullOptions& options, DaySpan days, Day earliest, Wecom& wecom);

}  // namespace siyu
