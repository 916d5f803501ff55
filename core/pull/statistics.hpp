// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/facts/fact.hpp"
#include "core/pull/wecom.hpp"

namespace siyu {

// What WeCom counted on one day for one member: a row of guide_days, or of group_days.
struct MemberDay {
    Day day;
    std::vector<std::string> cells;  // by column of the fact; empty where WeCom says nothing
    bool idle = false;               // nothing but zeros
};

// get_user_behavior_data (92132): single chats of one member. One alone is asked for, for several of them are answered
// with their total, which belongs to none. Throws what Wecom::ask throws, and Error (unreachable) for an answer that is
// not as documented.
std::vector<MemberDay> guide_days_of(Wecom& wecom, const std::string& member, DaySpan days);

// groupchat/statistic_group_by_day (92133): the groups of one owner together, as the group `owner:MEMBER`, for WeCom
// tells no group apart. Messages are counted up to each day, so those of a day are a difference, for which one day more
// is asked: the earliest day that is kept gives none. There is no difference where the count goes down. Who was active
// on a day cannot be told: member_has_msg counts who ever said something. Empty for a member without groups on these
// days.
inline std::string owner_of(const std::string& member) { return "owner:" + member; }
std::vector<MemberDay> group_days_of(Wecom& wecom, const std::string& member, DaySpan days);

// The rows as a canonical file.
std::string canonical_csv(Fact fact, const std::vector<MemberDay>& rows);

}  // namespace siyu
