// SPDX-License-Identifier: Apache-2.0
#include "core/app/dispatch.hpp"

#include <algorithm>
#include <chrono>

#include "core/app/stop_signal.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/writing.hpp"
#include "reports/document_bytes.hpp"

namespace siyu {

namespace {

constexpr int robot_per_minute = 20;            // what WeCom takes for a group
constexpr std::int64_t no_account_pause = 300;  // seconds
struct Lost {};

// `notice:held:daily:2026-11-20:1:unapproved` tells of `:daily:2026-11-20:1`.
std::string report_of(const std::string& notice) {
    const std::size_t begin = notice.find(':', std::string_view("notice:").size());
    std::size_t end = begin;
    for (int part = 0; part < 3 && end != std::string::npos; ++part) end = notice.find(':', end + 1);
    return begin == std::string::npos ? std::string() : notice.substr(begin, end - begin);
}

std::int64_t milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Dispatch::Dispatch(Session& session, Database& database)
    : session_(session),
      database_(database),
      settings_(read_delivery_settings(session.workspace().folder())),
      letters_(settings_.mail, link_key(session.workspace().folder()), settings_.rules),
      outbox_(database) {}

Stationery Dispatch::stationery(const Tenant& tenant, const DeliveryTerms& terms) const {
    if (!terms.logo.empty()) try {
            const auto file = session_.workspace().folder() / "tenants" / tenant.id / terms.logo;
            const std::string logo = read_file(file);
            if (logo.empty()) throw Error(Error::refused, "delivery.empty_file", {{"file", file.string()}});
            return letters_.stationery(terms, logo);
        } catch (const Error& error) {  // a report without its picture is better than none
            session_.tell("delivery.no_logo", {{"tenant", tenant.id}, {"reason", session_.say.say(error.note())}});
        }
    return letters_.stationery(terms, {});
}

DeliveryTerms Dispatch::terms(const Tenant& tenant) {
    return delivery_terms(Tenants(database_).agreement(tenant), Zone(tenant.timezone).today());
}

void Dispatch::notify(const Tenant& tenant, const std::string& about, const Note& what) {
    Note said = what;
    if (std::none_of(said.with.begin(), said.with.end(), [](const auto& one) { return one.first == "report"; }))
        said.with.emplace_back("report", tenant.id + report_of(about));
    session_.tell("delivery.told", {{"tenant", tenant.id}, {"what", session_.say.say(said)}});
    if (settings_.mail.unset) return;
    const DeliveryTerms now = terms(tenant);
    Queue queue(database_, session_.workspace().job_rules(), clock_);
    for (const Recipient& one : People(database_, tenant.number).list()) {
        if (one.role != Role::pm || refusal(one, now, settings_.mail.domains)) continue;
        Delivery delivery;
        delivery.key = {tenant.number, about, one.number};
        delivery.address = one.address;
        delivery.asked_at = clock_.seconds();
        if (one.is_group() || outbox_.find(delivery.key)) continue;
        const Written mail = letters_.notice(tenant, stationery(tenant, now), about, said, one, clock_.seconds());
        delivery.message_id = mail.message_id;
        delivery.subject = mail.subject;
        delivery.hash = sha256(mail.message);
        outbox_.add(delivery, mail.message);
        queue.ask(job_of(delivery.key), {1, ""});
    }
}

std::optional<Note> Dispatch::write(const Tenant& tenant, const DeliveryTerms& terms, const Recipient& to,
                                    Delivery& delivery, std::string& message) {
    const auto key = parse_about(tenant.number, delivery.key.about);
    Publications publications(database_);
    const auto publication = key ? publications.find(*key) : std::nullopt;
    if (!publication) return Note{"delivery.refused.gone", {{"report", delivery.key.about}}};
    for (const Content& content : publications.contents(*key)) {
        if (content.audience != to.audience() || content.language != to.language) continue;
        const auto others = People(database_, tenant.number).addresses_of_others();
        const std::string words = texts_in(content.bytes) + "\n" + to.name + "\n" + terms.contact;
        if (const auto name = foreign_name(words, tenant, terms, Tenants(database_).list(), others))
            return Note{"delivery.refused.foreign",
                        {{"name", *name},
                         {"tenant", tenant.id},
                         {"names", with_one_more(terms.scan_ignores, *name)},
                         {"delivery", name_of(tenant.id, delivery.key)}}};
        std::vector<std::string> before;
        for (std::int64_t edition = 1; edition < key->edition; ++edition)
            if (const auto old = outbox_.find(
                    {tenant.number, PublicationKey{tenant.number, key->rhythm, key->last, edition}.about(), to.number});
                old && !old->message_id.empty())
                before.push_back(old->message_id);
        const Document document = read_document(content.bytes);
        const Written mail = to.is_group() ? letters_.group(tenant, *publication, document, to)
                                           : letters_.report(tenant, stationery(tenant, terms), *publication, document,
                                                             to, before, clock_.seconds());
        message = mail.message;
        delivery.message_id = mail.message_id;
        delivery.subject = mail.subject;
        delivery.hash = sha256(message);
        Writing writing(database_);
        outbox_.freeze(delivery, message);
        writing.commit();
        return std::nullopt;
    }
    return Note{"delivery.refused.no_content", {{"address", delivery.address}}};
}

bool Dispatch::wait_for_turn(const Recipient& to) {
    Pace pace(database_);
    const std::int64_t now = milliseconds();
    std::int64_t turn = now;
    if (to.is_group()) {
        turn = pace.turn(to.address, robot_per_minute, now);
    } else {
        turn = pace.turn("mail", settings_.mail.per_minute, now);
        const std::string domain = lower(to.domain());
        if (const auto rate = settings_.mail.per_minute_to.find(domain); rate != settings_.mail.per_minute_to.end())
            turn = std::max(turn, pace.turn("mail to " + domain, rate->second, now));
    }
    if (turn <= now) return true;
    StopSignal::rest(static_cast<int>(turn - now));
    return !StopSignal::came();
}

Dispatch::Result Dispatch::hand_over(const DeliveryKey& key, const QueuedJob& job, Leases& leases) {
    Result result;
    auto found = outbox_.find(key);
    if (!found) return result;
    result.delivery = *found;
    Delivery& delivery = result.delivery;
    const auto over = [&](DeliveryState state, std::optional<Note> reason) {
        delivery.state = state;
        delivery.ended_at = clock_.seconds();
        // Not those of an earlier try where nothing was tried any more.
        if (reason && (delivery.words.empty() || state == DeliveryState::refused))
            delivery.words = session_.say.say(*reason);
        result.reason = std::move(reason);
        return result;
    };
    const auto about = [&](const char* id) {
        return Note{id, {{"address", delivery.address}, {"words", delivery.words}}};
    };
    // Whoever had it before got no further than to hand it over.
    if (delivery.state == DeliveryState::handing) {
        delivery.words = session_.say("delivery.died");
        return over(DeliveryState::unsure, about("delivery.unsure"));
    }
    if (delivery.state != DeliveryState::queued) return result;

    const Tenant tenant = Tenants(database_).find(key.tenant);
    const auto report = parse_about(key.tenant, key.about);
    // Release leaves none of them waiting; this one was under way then, and came back.
    if (const auto newer = report ? Publications(database_).replaced_by(*report) : std::nullopt) {
        delivery.words = session_.say.say(replaced(tenant.id, key, newer->about()));
        return over(DeliveryState::cancelled, std::nullopt);
    }
    const DeliveryTerms now = terms(tenant);
    const auto to = People(database_, key.tenant).find(key.recipient);
    if (!to || lower(to->address) != lower(delivery.address))
        return over(DeliveryState::refused, Note{"delivery.refused.removed", {{"address", delivery.address}}});
    if (auto why = refusal(*to, now, settings_.mail.domains, tenant.id))
        return over(DeliveryState::refused, std::move(why));
    if (settings_.mail.unset && !to->is_group()) {
        result.kind = Result::Kind::again;
        result.reason = Note{"delivery.no_account", {}};
        result.put_off = no_account_pause;
        return result;
    }
    // It stood here while nothing ran, or while the server did not answer.
    if (report) {
        const std::int64_t time = clock_.seconds();
        const Zone zone(tenant.timezone);
        if (now.catch_up != CatchUp::all && too_late(zone, delivery.asked_at, report->rhythm, delivery.asked_at, time))
            return over(
                DeliveryState::refused,
                Note{"delivery.refused.late", {{"address", delivery.address}, {"delivery", name_of(tenant.id, key)}}});
        const std::int64_t out = out_at(zone, delivery.asked_at, time);
        if (out > time) {
            result.kind = Result::Kind::again;
            result.reason = Note{"delivery.night", {{"address", delivery.address}}};
            result.put_off = out - time;
            return result;
        }
    }
    std::string message = outbox_.message(key);
    if (message.empty())
        if (auto why = write(tenant, now, *to, delivery, message)) return over(DeliveryState::refused, std::move(why));

    if (!wait_for_turn(*to)) {
        result.kind = Result::Kind::stopped;
        return result;
    }
    const auto mark = [&] {
        Writing writing(database_);
        Delivery handing = delivery;
        handing.state = DeliveryState::handing;
        // Both are compared where they are changed: whoever only looked may be overtaken before the commit.
        if (!leases.renew(job) || !outbox_.change(handing, DeliveryState::queued)) throw Lost{};
        writing.commit();
    };
    Receipt receipt;
    try {
        if (to->is_group()) {
            const auto url = settings_.robots.find(to->address.substr(6));
            if (url == settings_.robots.end())
                return over(DeliveryState::refused, Note{"delivery.refused.no_robot", {{"address", delivery.address}}});
            mark();
            receipt =
                network().robot(url->second, message, settings_.authority, settings_.mail.account.timeout_seconds);
        } else {
            if (!mail_) mail_ = network().mail(settings_.mail.account);
            receipt = mail_->send(settings_.mail.from, delivery.address, message, mark);
        }
    } catch (const Lost&) {
        result.kind = Result::Kind::lost;
        return result;
    }
    delivery.code = receipt.code;
    // What the network has to say itself is a sentence of ours.
    delivery.words = receipt.words.starts_with('\x02') ? session_.say(receipt.words.substr(1)) : receipt.words;
    switch (receipt.outcome) {
        case Receipt::Outcome::accepted: return over(DeliveryState::sent, std::nullopt);
        case Receipt::Outcome::never:
            return over(DeliveryState::failed, about(to->is_group() ? "delivery.failed_group" : "delivery.failed"));
        case Receipt::Outcome::unsure: return over(DeliveryState::unsure, about("delivery.unsure"));
        case Receipt::Outcome::later: break;
    }
    if (job.attempts + 1 >= session_.workspace().job_rules().attempts)
        return over(DeliveryState::failed, about("delivery.given_up"));
    delivery.state = DeliveryState::queued;
    result.kind = Result::Kind::again;
    result.reason = about("delivery.later");
    return result;
}

void Dispatch::send_now(const Written& mail, const std::string& address) {
    if (settings_.mail.unset) throw Error(Error::unreachable, "delivery.no_account");
    const Receipt receipt =
        network().mail(settings_.mail.account)->send(settings_.mail.from, address, mail.message, [] {});
    if (receipt.outcome == Receipt::Outcome::accepted) return;
    throw Error(Error::unreachable, "delivery.not_sent", {{"address", address}, {"words", receipt.words}});
}

}  // namespace siyu
