// SPDX-License-Identifier: Apache-2.0
#include "core/app/pull_members.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/engine/staff.hpp"

namespace siyu {

namespace {

using Names = std::set<std::string>;

// Everybody who may have customers (92571).
Names everybody(Wecom& wecom) {
    const std::string call = "externalcontact/get_follow_user_list";
    const auto answer = wecom.ask(call, nullptr);
    const auto list = answer.find("follow_user");
    const auto odd = [&call] {
        return Error(Error::unreachable, "pull.odd_answer", {{"call", call}, {"field", "follow_user"}});
    };
    if (list == answer.end() || !list->is_array()) throw odd();
    Names found;
    for (const auto& one : *list) one.is_string() ? void(found.insert(one.get<std::string>())) : throw odd();
    return found;
}

// The allocations are in the order of the guides.
bool given(const std::vector<Allocation>& allocations, const std::string& guide, Day day) {
    return std::ranges::any_of(std::ranges::equal_range(allocations, guide, {}, &Allocation::guide),
                               [day](const Allocation& one) { return one.covers(day); });
}

void add_day(std::vector<DaySpan>& spans, Day day) {
    if (!spans.empty() && spans.back().last + 1 == day)
        spans.back().last = day;
    else
        spans.push_back({day, day});
}

}  // namespace

PullMembers pull_members(Session& session, const Tenant& tenant, const WecomSettings& settings,
                         const PullOptions& options, DaySpan days, Day earliest, Wecom& wecom) {
    const std::string& corp = settings.corp_of(tenant.id);
    bool shared = false;
    Names perhaps_shared;  // guides of those who have no company of their own as far as is said
    for (const Tenant& other : Tenants(session.database()).list()) {
        if (other.id == tenant.id) continue;
        const std::string& its = settings.corp_of(other.id);
        shared = shared || its == corp;
        if (!its.empty()) continue;
        for (const Allocation& one : staff_of(session.database(), other.id).allocations)
            perhaps_shared.insert(one.guide);
    }
    if (options.all && shared) throw Error(Error::wrong_use, "pull.all_shared", {{"tenant", tenant.id}});

    const Staff staff = staff_of(session.database(), tenant.id);
    Names allocated;
    for (const Allocation& one : staff.allocations)
        if (one.from <= days.last && days.first <= one.to) allocated.insert(one.guide);
    Names wanted = options.all ? everybody(wecom) : Names(options.guides.begin(), options.guides.end());
    if (wanted.empty() && !options.all) wanted = allocated;
    PullMembers found;
    found.all = std::includes(wanted.begin(), wanted.end(), allocated.begin(), allocated.end());
    for (const std::string& guide : wanted) {
        const bool alone = !shared && !perhaps_shared.contains(guide);
        if (!alone && !allocated.contains(guide)) {
            const Note foreign{"pull.not_allocated", {{"guide", guide}, {"tenant", tenant.id}}};
            if (!options.all) throw Error(Error::wrong_use, foreign);
            found.left_out.push_back(foreign);
            continue;
        }
        PullMember member{.id = guide, .days = {}};
        member.groups = alone || !std::ranges::binary_search(staff.elsewhere, guide, {}, &Allocation::guide);
        int mixed = 0;
        for (Day day = std::min(earliest, days.first); day <= days.last; ++day) {
            if (!given(staff.allocations, guide, day)) continue;
            if (alone || !given(staff.elsewhere, guide, day))
                add_day(member.allocated, day);
            else if (day >= days.first)
                ++mixed;
        }
        member.days = alone ? std::vector{days} : member.allocated;
        if (mixed > 0)
            found.left_out.push_back({"pull.mixed", {{"guide", guide}, {"days", std::to_string(mixed)}}});
        else if (!member.groups && !member.days.empty())
            found.left_out.push_back({"pull.mixed_groups", {{"guide", guide}}});
        if (!member.days.empty()) found.asked.push_back(std::move(member));
    }
    if (found.asked.empty() && found.left_out.empty())
        throw Error(Error::wrong_use, options.all ? "pull.nobody" : "pull.no_guides",
                    {{"tenant", tenant.id}, {"first", to_string(days.first)}, {"last", to_string(days.last)}});
    return found;
}

}  // namespace siyu
