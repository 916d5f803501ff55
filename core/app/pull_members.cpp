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

bool given(const std::vector<Allocation>& allocations, const std::string& guide, Day day) {
    return std::any_of(allocations.begin(), allocations.end(),
                       [&](const Allocation& one) { return one.guide == guide && one.covers(day); });
}

void add_day(std::vector<DaySpan>& spans, Day day) {
    if (!spans.empty() && spans.back().last + 1 == day)
        spans.back().last = day;
    else
        spans.push_back({day, day});
}

}  // namespace

PullMembers pull_members(Session& session, const Tenant& tenant, const WecomSettings& settings,
                         const PullOptions& options, DaySpan days, Wecom& wecom) {
    const std::string& corp = settings.corp_of(tenant.id);
    const auto tenants = Tenants(session.database()).list();
    const bool shared = std::any_of(tenants.begin(), tenants.end(), [&](const Tenant& other) {
        return other.id != tenant.id && settings.corp_of(other.id) == corp;
    });
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
        if (!shared) {
            found.asked.push_back({guide, {days}, true});
            continue;
        }
        if (!allocated.contains(guide))
            throw Error(Error::wrong_use, "pull.not_allocated", {{"tenant", tenant.id}, {"guide", guide}});
        PullMember member{guide, {}, true};
        for (const Allocation& other : staff.elsewhere) member.groups = member.groups && other.guide != guide;
        int mixed = 0;
        for (Day day = days.first; day <= days.last; ++day) {
            if (!given(staff.allocations, guide, day)) continue;
            given(staff.elsewhere, guide, day) ? void(++mixed) : add_day(member.days, day);
        }
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
