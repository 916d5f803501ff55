// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/base/text_table.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

struct Found {
    Tenant tenant;
    Delivery delivery;
};

Found find_delivery(Session& session, const std::string& name) {
    const std::size_t colon = name.find(':');
    const Tenant tenant = Tenants(session.database()).find(name.substr(0, colon));
    for (Delivery& one : Outbox(session.database()).list(tenant.number, {}))
        if (name_of(tenant.id, one.key) == name) return {tenant, std::move(one)};
    throw Error(Error::wrong_use, "delivery.unknown_delivery", {{"delivery", name}});
}

// Changes a message as it stands by now, unless somebody else does so meanwhile.
void change(Session& session, const std::string& name, const DeliveryKey& key,
            const std::function<void(Delivery&)>& make) {
    retrying([&] {
        Writing writing(session.database());
        Outbox outbox(session.database());
        auto one = outbox.find(key);
        if (!one) throw Error(Error::wrong_use, "delivery.unknown_delivery", {{"delivery", name}});
        const DeliveryState seen = one->state;
        make(*one);
        if (!outbox.change(*one, seen)) throw Error(Error::unreachable, "store.conflict", {{"words", name}});
        writing.commit();
    });
}

}  // namespace

int outbox_list(Session& session, const OutboxOptions& options) {
    const Catalogue& say = session.say;
    std::vector<DeliveryState> states = {DeliveryState::queued, DeliveryState::handing, DeliveryState::failed,
                                         DeliveryState::unsure, DeliveryState::refused};
    if (options.state == "all") states.clear();
    if (!options.state.empty() && options.state != "all") {
        const auto state = parse_delivery_state(options.state);
        if (!state) throw Error(Error::wrong_use, "delivery.bad_state", {{"state", options.state}});
        states = {*state};
    }
    TextTable table({say("delivery.column.delivery"), say("delivery.column.address"), say("delivery.column.state"),
                     say("delivery.column.ended"), say("delivery.column.answer"), say("delivery.column.subject")});
    Json list = Json::array();
    const auto ids = options.tenant.empty() ? std::vector<std::string>{} : std::vector{options.tenant};
    for (const Tenant& tenant : session.tenants(ids))
        for (const Delivery& one : Outbox(session.database()).list(tenant.number, states)) {
            table.add({name_of(tenant.id, one.key), one.address,
                       say("delivery.sending." + std::string(to_string(one.state))), time_text(one.ended_at, tenant),
                       one.words, one.subject});
            list.push_back({{"delivery", name_of(tenant.id, one.key)},
                            {"tenant", tenant.id},
                            {"about", one.key.about},
                            {"address", one.address},
                            {"state", to_string(one.state)},
                            {"subject", one.subject},
                            {"message_id", one.message_id},
                            {"hash", one.hash},
                            {"code", one.code},
                            {"answer", one.words},
                            {"asked", time_text(one.asked_at, tenant)},
                            {"ended", time_text(one.ended_at, tenant)}});
        }
    if (!options.json && list.empty())
        session.tell("delivery.outbox_empty");
    else
        Session::print(options.json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    return 0;
}

int outbox_show(Session& session, const OutboxOptions& options) {
    const Found found = find_delivery(session, options.deliveries.at(0));
    const std::string message = Outbox(session.database()).message(found.delivery.key);
    if (message.empty()) throw Error(Error::refused, "delivery.not_written", {{"delivery", options.deliveries[0]}});
    Session::print(message);
    return 0;
}

int outbox_retry(Session& session, const OutboxOptions& options) {
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    for (const std::string& name : options.deliveries) {
        const Found found = find_delivery(session, name);
        change(session, name, found.delivery.key, [&](Delivery& one) {
            if (one.state == DeliveryState::sent || one.state == DeliveryState::handing)
                throw Error(Error::refused, "delivery.out_already", {{"report", name}});
            const auto report = parse_about(one.key.tenant, one.key.about);
            if (const auto newer = report ? Publications(session.database()).replaced_by(*report) : std::nullopt)
                throw Error(Error::refused, replaced(found.tenant.id, one.key, newer->about()));
            // It may have arrived: that somebody looked has to be said.
            if (one.state == DeliveryState::unsure && !options.again)
                throw Error(Error::refused, "delivery.may_be_there", {{"delivery", name}});
            one.state = DeliveryState::queued;
            one.ended_at = one.code = 0;
            one.asked_at = clock.seconds();
            one.words.clear();
            const JobKey key = job_of(one.key);
            queue.ask(key, {1, ""});
            if (const auto job = queue.find(key)) queue.retry(*job);
        });
        session.tell("delivery.due_again", {{"delivery", name}, {"address", found.delivery.address}});
    }
    return 0;
}

int outbox_cancel(Session& session, const OutboxOptions& options) {
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    for (const std::string& name : options.deliveries) {
        change(session, name, find_delivery(session, name).delivery.key, [&](Delivery& one) {
            const auto job = queue.find(job_of(one.key));
            // Whoever has it in hand is quicker.
            if (one.state != DeliveryState::queued || (job && job->state == JobState::running))
                throw Error(Error::refused, "delivery.not_queued", {{"delivery", name}});
            if (job && job->state != JobState::done && !queue.cancel(*job))
                throw Error(Error::unreachable, "store.conflict", {{"words", name}});
            one.state = DeliveryState::cancelled;
            one.ended_at = clock.seconds();
        });
        session.tell("delivery.delivery_cancelled", {{"delivery", name}});
    }
    return 0;
}

}  // namespace siyu
