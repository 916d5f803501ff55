// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/base/text_table.hpp"
#include "core/delivery/follow_ups.hpp"
#include "core/store/retry.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

std::string reports_text(const Recipient& one) {
    std::string text;
    for (const Rhythm rhythm : one.reports) text += (text.empty() ? "" : ",") + std::string(to_string(rhythm));
    return text.empty() ? "none" : text;
}

void take(const PersonOptions& options, Recipient& into) {
    if (!options.name.empty()) into.name = options.name;
    if (!options.role.empty()) {
        const auto role = parse_role(options.role);
        if (!role) throw Error(Error::wrong_use, "delivery.bad_role", {{"role", options.role}});
        into.role = *role;
    }
    if (!options.language.empty()) into.language = options.language == "en" ? Language::en : Language::zh;
    if (options.reports.empty()) return;
    into.reports.clear();
    std::istringstream stream(options.reports);
    for (std::string word; std::getline(stream, word, ',');)
        if (word != "none") into.reports.push_back(chosen_rhythm(word));
}

// For a table; the whole text is in the JSON.
std::string in_a_line(const std::string& text) { return shortened(cleaned(text), 60); }

// What is said once the change stands.
template <class Change>
void change(Session& session, const Tenant& tenant, const Change& make) {
    session.tell(retrying([&] {
        Transaction transaction(session.database(), tenant.number);
        const Note said = make();
        transaction.commit();
        return said;
    }));
}

Day due_day(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) throw Error(Error::wrong_use, "app.bad_date", {{"date", text}});
    return *day;
}

// What stands is told all the same: the domains may come next.
int told_outsider(Session& session, const Tenant& tenant, const std::string& address) {
    const DeliveryTerms terms =
        delivery_terms(Tenants(session.database()).agreement(tenant), Zone(tenant.timezone).today());
    const auto why = outsider(People(session.database(), tenant.number).find(address), terms,
                              read_delivery_settings(session.workspace().folder()).mail.domains, tenant.id);
    if (why) session.tell(*why);
    return why ? 1 : 0;
}

void print(Session& session, const Json& list, const TextTable& table, bool json, const char* none) {
    if (!json && list.empty())
        session.tell(none);
    else
        Session::print(json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
}

}  // namespace

int recipient_add(Session& session, const PersonOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        Recipient one;
        one.address = options.address;
        if (options.role == "pm") one.reports.clear();
        take(options, one);
        People people(session.database(), tenant.number);
        const bool back = people.removed(one.address).has_value();
        const bool silent = people.add(one).unsubscribed_at > 0;
        return Note{silent ? "delivery.recipient_back_silent"
                    : back ? "delivery.recipient_back"
                           : "delivery.recipient_added",
                    {{"tenant", tenant.id}, {"address", one.address}}};
    });
    return told_outsider(session, tenant, options.address);
}

int recipient_set(Session& session, const PersonOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        People people(session.database(), tenant.number);
        Recipient one = people.find(options.address);
        take(options, one);
        if (options.subscribe) one.unsubscribed_at = 0;
        people.save(one);
        return Note{"delivery.recipient_changed", {{"tenant", tenant.id}, {"address", one.address}}};
    });
    return told_outsider(session, tenant, options.address);
}

int recipient_remove(Session& session, const PersonOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        People people(session.database(), tenant.number);
        Recipient one = people.find(options.address);
        one.removed = true;
        people.save(one);
        return Note{"delivery.recipient_removed", {{"tenant", tenant.id}, {"address", one.address}}};
    });
    return 0;
}

int recipient_list(Session& session, const PersonOptions& options) {
    const Catalogue& say = session.say;
    TextTable table({say("tenant.column.id"), say("delivery.column.address"), say("delivery.column.name"),
                     say("delivery.column.role"), say("delivery.column.language"), say("delivery.column.reports"),
                     say("delivery.column.unsubscribed")});
    Json list = Json::array();
    const auto ids = options.tenant.empty() ? std::vector<std::string>{} : std::vector{options.tenant};
    for (const Tenant& tenant : session.tenants(ids))
        for (const Recipient& one : People(session.database(), tenant.number).list()) {
            const std::string off = time_text(one.unsubscribed_at, tenant);
            table.add({tenant.id, one.address, one.name, say("delivery.role." + std::string(to_string(one.role))),
                       std::string(to_string(one.language)), reports_text(one), off});
            list.push_back({{"tenant", tenant.id},
                            {"address", one.address},
                            {"name", one.name},
                            {"role", to_string(one.role)},
                            {"language", to_string(one.language)},
                            {"reports", reports_text(one)},
                            {"unsubscribed", one.unsubscribed_at > 0}});
        }
    print(session, list, table, options.json, "delivery.no_recipients");
    return 0;
}

int step_add(Session& session, const StepOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        const KeptStep kept = FollowUps(session.database(), tenant.number)
                                  .add({checked_text(options.text), options.owner, due_day(options.due), std::nullopt},
                                       JobClock().seconds());
        return Note{"delivery.step_added", {{"tenant", tenant.id}, {"number", std::to_string(kept.number)}}};
    });
    return 0;
}

int step_done(Session& session, const StepOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        FollowUps follow_ups(session.database(), tenant.number);
        KeptStep kept = follow_ups.step(options.number);
        kept.step.done = options.due.empty() ? Zone(tenant.timezone).today() : due_day(options.due);
        follow_ups.save(kept);
        return Note{"delivery.step_done", {{"tenant", tenant.id}, {"number", std::to_string(kept.number)}}};
    });
    return 0;
}

int step_list(Session& session, const StepOptions& options) {
    const Catalogue& say = session.say;
    TextTable table({say("tenant.column.id"), say("delivery.column.number"), say("delivery.column.what"),
                     say("delivery.column.owner"), say("delivery.column.due_day"), say("delivery.column.done_day")},
                    {false, true});
    Json list = Json::array();
    const auto ids = options.tenant.empty() ? std::vector<std::string>{} : std::vector{options.tenant};
    for (const Tenant& tenant : session.tenants(ids))
        for (const auto& [number, step] : FollowUps(session.database(), tenant.number).steps()) {
            const std::string done = step.done ? to_string(*step.done) : "";
            table.add({tenant.id, std::to_string(number), in_a_line(step.what), step.owner, to_string(step.due), done});
            list.push_back({{"tenant", tenant.id},
                            {"number", number},
                            {"what", step.what},
                            {"owner", step.owner},
                            {"due", to_string(step.due)},
                            {"done", step.done ? Json(done) : Json()}});
        }
    print(session, list, table, options.json, "delivery.no_steps");
    return 0;
}

int objection_answer(Session& session, const StepOptions& options) {
    const Tenant tenant = Tenants(session.database()).find(options.tenant);
    change(session, tenant, [&] {
        FollowUps follow_ups(session.database(), tenant.number);
        KeptObjection kept = follow_ups.objection(options.number);
        kept.answer = checked_text(options.text);
        kept.settled_at = options.settled ? JobClock().seconds() : kept.settled_at;
        follow_ups.save(kept);
        return Note{"delivery.answered", {{"tenant", tenant.id}, {"number", std::to_string(kept.number)}}};
    });
    return 0;
}

int objection_list(Session& session, const StepOptions& options) {
    const Catalogue& say = session.say;
    TextTable table({say("tenant.column.id"), say("delivery.column.number"), say("delivery.column.report"),
                     say("delivery.column.who"), say("delivery.column.figure"), say("delivery.column.said"),
                     say("delivery.column.answered"), say("delivery.column.state")},
                    {false, true});
    Json list = Json::array();
    const auto ids = options.tenant.empty() ? std::vector<std::string>{} : std::vector{options.tenant};
    for (const Tenant& tenant : session.tenants(ids))
        for (const KeptObjection& one : FollowUps(session.database(), tenant.number).objections()) {
            const char* state = one.figure.empty() ? "confirmed" : one.settled_at > 0 ? "settled" : "open";
            const Recipient who = People(session.database(), tenant.number).find(one.recipient).value_or(Recipient{});
            table.add({tenant.id, std::to_string(one.number), one.about.about(), who.called(), one.title,
                       in_a_line(one.said), in_a_line(one.answer), say(std::string("delivery.objection.") + state)});
            list.push_back({{"tenant", tenant.id},
                            {"number", one.number},
                            {"report", one.about.about()},
                            {"address", who.address},
                            {"name", who.name},
                            {"figure", one.figure},
                            {"said", one.said},
                            {"answer", one.answer},
                            {"state", state}});
        }
    print(session, list, table, options.json, "delivery.no_objections");
    return 0;
}

}  // namespace siyu
