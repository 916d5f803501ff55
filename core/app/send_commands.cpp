// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/app/commands.hpp"
#include "core/app/dispatch.hpp"
#include "core/app/publishing.hpp"
#include "core/base/text_table.hpp"
#include "core/delivery/follow_ups.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/retry.hpp"
#include "reports/document_bytes.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;
using enum PublicationState;

std::int64_t now() { return JobClock().seconds(); }

std::string state_text(const Session& session, const Publication& publication) {
    std::string text = session.say("delivery.state." + std::string(to_string(publication.state)));
    if (publication.marks.incomplete) text += " " + session.say("delivery.mark.incomplete");
    if (publication.marks.unapproved) text += " " + session.say("delivery.mark.unapproved");
    return text;
}

struct Count {
    std::size_t sent = 0, all = 0;
};
Count count(Database& database, const Publication& publication) {
    Count count;
    for (const Delivery& one : Outbox(database).list(publication.key.tenant, {}, publication.key.about())) {
        ++count.all;
        if (one.state == DeliveryState::sent) ++count.sent;
    }
    return count;
}

bool to_be_corrected(Session& session, const Publication& one) {
    const PublicationKey& key = one.key;
    return one.reason && Publications(session.database()).latest(key.tenant, key.rhythm, key.last)->key == key;
}

// Of `--by`, else who is at the keyboard.
std::string author(const SendOptions& options) {
    if (!options.by.empty()) return options.by;
    const char* user = std::getenv("USER");
    return user && *user ? user : "siyu";
}

void refuse_if_released(const Named& named) {
    const PublicationState state = named.publication.state;
    if (state == released || state == done)
        throw Error(Error::refused, "delivery.out_already", {{"report", named.name()}});
    if (state == skipped || state == cancelled)
        throw Error(Error::refused, "delivery.over", {{"report", named.name()}});
}

bool is_whole(const Publication& one) {
    return !one.hash.empty() && !one.marks.broken && (!one.marks.lacks_data || one.marks.incomplete);
}

void approve(Session& session, const Named& named, const SendOptions& options) {
    const Publication changed =
        change_publication(session.database(), named.publication.key, now(), [&](Publication& one) {
            refuse_if_released({named.tenant, one});  // as it stands by now
            if (!is_whole(one)) throw Error(Error::refused, "delivery.not_ready", {{"report", named.name()}});
            if (!options.hash.empty() && !one.hash.starts_with(options.hash))
                throw Error(Error::refused, "delivery.other_hash",
                            {{"report", named.name()}, {"hash", one.hash.substr(0, 12)}});
            one.approved_hash = one.hash;
            one.approved_by = author(options);
            one.approved_at = now();
            one.state = ready;
            one.reason = std::nullopt;
        });
    session.tell("delivery.approved", {{"report", named.name()},
                                       {"hash", changed.hash.substr(0, 12)},
                                       {"due", time_text(std::max(changed.due_at, now()), named.tenant)}});
}

Json json_of(Session& session, const Named& named) {
    const Publication& one = named.publication;
    const Count sent = count(session.database(), one);
    return {{"report", named.name()},
            {"tenant", named.tenant.id},
            {"period",
             {{"kind", to_string(one.key.rhythm)},
              {"first", to_string(one.key.period().first)},
              {"last", to_string(one.key.last)}}},
            {"edition", one.key.edition},
            {"state", to_string(one.state)},
            {"due", time_text(one.due_at, named.tenant)},
            {"hash", one.hash},
            {"approved", one.approved()},
            {"approved_by", one.approved() ? one.approved_by : ""},
            {"note", one.note},
            {"why", one.why},
            {"unapproved", one.marks.unapproved},
            {"incomplete", one.marks.incomplete},
            {"reason", one.reason ? told(*one.reason, session.say) : ""},
            {"sent", sent.sent},
            {"recipients", sent.all}};
}

}  // namespace

int send_list(Session& session, const SendOptions& options) {
    const Catalogue& say = session.say;
    TextTable table({say("delivery.column.report"), say("delivery.column.state"), say("delivery.column.due"),
                     say("delivery.column.approved"), say("delivery.column.sent"), say("delivery.column.reason")});
    Json list = Json::array();
    const auto tenants = session.tenants(options.tenants);
    const std::vector<PublicationState> states = options.all
                                                     ? std::vector<PublicationState>{}
                                                     : std::vector{figures, review, ready, held, asked, released, done};
    for (const Tenant& tenant : tenants)
        for (const Publication& one : Publications(session.database()).list(tenant.number, states)) {
            // What is done is to be seen where there is something to do about it all the same.
            if (!options.all && one.state == done && !to_be_corrected(session, one)) continue;
            const Named named{tenant, one};
            const Count sent = count(session.database(), one);
            table.add({named.name(), state_text(session, one), time_text(one.due_at, tenant),
                       one.approved() ? one.approved_by : "",
                       sent.all > 0 ? std::to_string(sent.sent) + "/" + std::to_string(sent.all) : "",
                       one.reason ? told(*one.reason, say) : ""});
            list.push_back(json_of(session, named));
        }
    if (!options.json && list.empty())
        session.tell(options.all ? "delivery.none_ever" : "delivery.none");
    else
        Session::print(options.json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    return 0;
}

int send_show(Session& session, const SendOptions& options) {
    const Named named = find_publication(session, options.report);
    if (options.json) {
        Session::print(json_of(session, named).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        return 0;
    }
    const Publication& one = named.publication;
    const Catalogue& say = session.say;
    const auto line = [&](const char* key, const std::string& text) {
        if (!text.empty()) Session::print(say(std::string("delivery.column.") + key) + "  " + text + "\n");
    };
    line("report", named.name());
    line("state", state_text(session, one));
    line("reason", one.reason ? told(*one.reason, say) : "");
    line("due", time_text(one.due_at, named.tenant));
    line("hash", one.hash.substr(0, 12));
    line("approved", one.approved() ? one.approved_by : "");
    line("note", one.note);
    if (const auto content = content_of(session, one, Audience::brand)) {
        const Document document = read_document(content->bytes);
        Session::print("\n" + document.title + "\n" + document.happened + "\n");
        for (const std::string& decision : document.decisions) Session::print("- " + decision + "\n");
        TextTable table({say("delivery.column.figure"), say("delivery.column.value")}, {false, true});
        for (const ToldFigure& figure : document.figures) table.add({figure.title, figure.text});
        Session::print("\n" + table.text());
    }
    TextTable table({say("delivery.column.address"), say("delivery.column.state"), say("delivery.column.answer")});
    bool any = false;
    for (const Delivery& sent : Outbox(session.database()).list(one.key.tenant, {}, one.key.about())) {
        table.add({sent.address, say("delivery.sending." + std::string(to_string(sent.state))), sent.words});
        any = true;
    }
    if (any) Session::print("\n" + table.text());
    return 0;
}

int send_make(Session& session, const SendOptions& options) {
    const Rhythm rhythm = chosen_rhythm(options.period);
    int status = 0;
    for (const Tenant& tenant : session.tenants(options.tenants)) {
        Publication one;
        one.key = {tenant.number, rhythm, chosen_period(rhythm, options.date, Zone(tenant.timezone)).last, 1};
        one.due_at = one.changed_at = now();
        one.by_hand = true;
        const bool added = retrying([&] {
            Writing writing(session.database());
            const bool fresh = Publications(session.database()).add(one);
            writing.commit();
            return fresh;
        });
        const Named named{tenant, one};
        session.tell(added ? "delivery.made" : "delivery.there_already", {{"report", named.name()}});
        Session::print(named.name() + "\n");
        if (!added) status = 1;
    }
    return status;
}

// Whoever approves the latest report has not seen those of the weekend, which wait as well. False where there are any.
bool approved_all(Session& session, const Named& latest) {
    constexpr std::int32_t days = 14;  // the scheduler looks no further back
    const PublicationKey& key = latest.publication.key;
    std::string rest;
    for (const Publication& one : Publications(session.database()).list(key.tenant, {review, held}, key.last - days))
        if (one.key.rhythm == key.rhythm && is_whole(one) && !one.approved())
            rest += " " + Named{latest.tenant, one}.name();
    if (!rest.empty()) session.tell("delivery.others_wait", {{"reports", rest}});
    return rest.empty();
}

int send_approve(Session& session, const SendOptions& options) {
    int status = 0;
    for (const std::string& name : options.reports) try {
            const Named named = find_publication(session, name);
            approve(session, named, options);
            const bool dated = std::count(name.begin(), name.end(), ':') > 1;
            if (!dated && !approved_all(session, named)) status = 1;
        } catch (const Error& error) {
            if (options.reports.size() == 1 || error.code() == Error::unreachable) throw;
            session.tell(error.note());
            status = 1;
        }
    return status;
}

int send_note(Session& session, const SendOptions& options) {
    const Named named = find_publication(session, options.report);
    change_publication(session.database(), named.publication.key, now(), [&](Publication& one) {
        refuse_if_released({named.tenant, one});
        one.note = checked_text(options.text);
        one.author = author(options);
        one.made = {};  // to be put together again
    });
    session.tell("delivery.noted", {{"report", named.name()}});
    return 0;
}

int send_decide(Session& session, const SendOptions& options, SendDecision decision) {
    const Named named = find_publication(session, options.report);
    const auto changed = change_publication(session.database(), named.publication.key, now(), [&](Publication& one) {
        const PublicationState state = one.state;
        if (state == released || state == done)
            throw Error(Error::refused, "delivery.out_already", {{"report", named.name()}});
        const bool waits_for_morning = state == ready && one.due_at <= now();
        if (decision == SendDecision::go && (state == figures || state == review || state == ready) &&
            !waits_for_morning)
            throw Error(Error::refused, "delivery.goes_already", {{"report", named.name()}});
        if (decision == SendDecision::go && state == held &&
            (one.marks.broken || (one.marks.lacks_data && !one.marks.incomplete)))
            throw Error(Error::refused, "delivery.go_without_data", {{"report", named.name()}});
        one.state = decision == SendDecision::go ? figures : cancelled;
        one.reason = std::nullopt;
        if (!one.approved()) one.approved_at = now();  // people can look at it from now on
        // Whoever asks for it now waits for it now.
        if (decision == SendDecision::go && one.due_at < now()) {
            one.due_at = now();
            one.by_hand = true;
        }
    });
    const bool to_approve =
        delivery_terms(Tenants(session.database()).agreement(named.tenant), changed.key.last + 1).approval ==
            Approval::review &&
        !changed.approved();
    const char* goes = to_approve ? "delivery.goes_once_approved" : "delivery.goes";
    session.tell(decision == SendDecision::go ? goes : "delivery.cancelled", {{"report", named.name()}});
    return 0;
}

int send_correct(Session& session, const SendOptions& options) {
    const Named named = find_publication(session, options.report);
    // A correction that came to nothing is begun anew.
    if (named.publication.key.edition > 1 && named.publication.state == cancelled) {
        change_publication(session.database(), named.publication.key, now(), [&](Publication& one) {
            if (one.state != cancelled)
                throw Error(Error::refused, "delivery.there_already", {{"report", named.name()}});
            one.state = figures;
            one.reason = std::nullopt;
            one.due_at = now();
            one.why = checked_text(options.text);
            one.author = author(options);
            one.made = {};
        });
        session.tell("delivery.made", {{"report", named.name()}});
        Session::print(named.name() + "\n");
        return 0;
    }
    if (named.publication.state != done && named.publication.state != released)
        throw Error(Error::refused, "delivery.not_out", {{"report", named.name()}});
    Publication next;
    next.key = named.publication.key;
    ++next.key.edition;
    next.due_at = next.changed_at = now();
    next.by_hand = true;
    next.why = checked_text(options.text);
    next.author = author(options);
    retrying([&] {
        Writing writing(session.database());
        if (!Publications(session.database()).add(next))
            throw Error(Error::refused, "delivery.there_already", {{"report", Named{named.tenant, next}.name()}});
        writing.commit();
    });
    session.tell("delivery.made", {{"report", Named{named.tenant, next}.name()}});
    Session::print(Named{named.tenant, next}.name() + "\n");
    return 0;
}

}  // namespace siyu
