// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/scheduler.hpp"

#include <algorithm>
#include <set>

#include "core/delivery/outbox.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/retry.hpp"
#include "reports/document_bytes.hpp"

namespace siyu {

namespace {

constexpr std::string_view reason_prefix = "delivery.reason.";
constexpr const char* unapproved_reason = "delivery.reason.unapproved";
constexpr std::int64_t reminder_seconds = 1800;           // before the deadline of the approval
constexpr std::int64_t told_again_seconds = 14 * 86'400;  // that somebody cannot be sent to
constexpr std::int64_t look_again_seconds = 60;           // at a brand's schedule
constexpr std::int64_t held_for_good = 14 * 86'400;       // seconds; then only a person can send it

// `joins orders`, as told() takes them.
std::string required_facts(const Agreement& agreement, Day day) {
    std::string all;
    for (const std::string& fact : agreement.required(day)) all += (all.empty() ? "" : " ") + fact;
    return all;
}

Note said(std::string id) { return {std::move(id), {}}; }

// What became of a message whose job was given up or cancelled: nobody has it in hand any more.
void end_with(Delivery& delivery, const QueuedJob& job, std::int64_t now) {
    const bool handing = delivery.state == DeliveryState::handing;
    const bool cancelled = job.state == JobState::cancelled;
    delivery.state = handing ? DeliveryState::unsure : cancelled ? DeliveryState::cancelled : DeliveryState::failed;
    delivery.ended_at = now;
    const Catalogue& say = catalogue(Language::zh);
    if (handing || cancelled)
        delivery.words = handing ? say("delivery.died") : "";
    else if (job.reason)
        delivery.words = say.say(*job.reason);
}

}  // namespace

Scheduler::Scheduler(Database& database, const JobRules& jobs, const DeliveryRules& rules, JobClock& clock,
                     const WorkCalendar& calendar, std::vector<std::string> own_domains,
                     std::function<std::string()> made_with, Notify notify, Complain complain)
    : database_(database),
      rules_(rules),
      clock_(clock),
      calendar_(calendar),
      own_domains_(std::move(own_domains)),
      made_with_(std::move(made_with)),
      notify_(std::move(notify)),
      complain_(std::move(complain)),
      queue_(database, jobs, clock),
      editor_(database, queue_),
      publications_(database) {}

std::size_t Scheduler::tick() {
    std::size_t steps = 0;
    missed_.clear();
    const auto tenants = Tenants(database_).list();
    const auto one_by_one = [&](const Tenant& tenant, const auto& step) {
        try {
            steps += retrying(step);
        } catch (const Error& error) {
            if (error.note().id.starts_with("store.") && !may_try_again(error)) throw;
            complain_(tenant, error);
        }
    };
    for (const Tenant& tenant : tenants) {
        auto& looked_at = looked_at_[tenant.number];
        if (clock_.seconds() - looked_at < look_again_seconds) continue;
        looked_at = clock_.seconds();
        one_by_one(tenant, [&] { return make_due(tenant); });
        one_by_one(tenant, [&] { return look_for_completed(tenant); });
    }
    const auto find = [&](std::int64_t number) {
        const auto found =
            std::find_if(tenants.begin(), tenants.end(), [&](const Tenant& tenant) { return tenant.number == number; });
        return found == tenants.end() ? nullptr : &*found;
    };
    using enum PublicationState;
    for (const Publication& one : publications_.list(std::nullopt, {figures, review, ready, held, released})) {
        const Tenant* tenant = find(one.key.tenant);
        if (!tenant || (one.state == held && clock_.seconds() - one.due_at > held_for_good)) continue;
        one_by_one(*tenant,
                   [&]() -> std::size_t { return (one.state == released ? follow(one) : advance(one)) ? 1 : 0; });
    }
    for (const auto& [number, missed] : missed_)
        one_by_one(*find(number), [&] { return leave_out(*find(number), missed); });
    return steps;
}

std::size_t Scheduler::make_due(const Tenant& tenant) {
    const Agreement agreement = Tenants(database_).agreement(tenant);
    std::size_t made = 0;
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly}) {
        const auto latest = publications_.latest_scheduled(tenant.number, rhythm);
        for (const Slot& slot : slots(tenant, agreement, rhythm, latest, clock_.seconds(), calendar_, rules_)) {
            Publication one;
            one.key = {tenant.number, rhythm, slot.period.last, 1};
            one.due_at = slot.due_at;
            one.changed_at = clock_.seconds();
            Writing writing(database_);
            if (!publications_.add(one)) continue;
            writing.commit();
            ++made;
        }
    }
    return made;
}

std::optional<PublicationState> Scheduler::missed(const Case& at, const Publication& publication,
                                                  std::int64_t ready_since) const {
    const auto& [tenant, rhythm, last, edition] = publication.key;
    if (edition > 1 || publication.by_hand ||
        !too_late(at.zone, at.by.wanted_at(publication, at.terms), rhythm, ready_since, at.now))
        return std::nullopt;
    switch (at.terms.catch_up) {
        case CatchUp::all: break;
        case CatchUp::ask: return PublicationState::asked;
        case CatchUp::latest:
            if (!slots(at.tenant, at.agreement, rhythm, last, at.now, calendar_, rules_).empty())
                return PublicationState::skipped;
    }
    return std::nullopt;
}

std::size_t Scheduler::leave_out(const Tenant& tenant, std::vector<Publication> missed) {
    std::size_t left_out = 0;
    Writing writing(database_);
    for (const PublicationState state : {PublicationState::asked, PublicationState::skipped}) {
        std::string reports, about;
        for (Publication& one : missed) {
            const bool seen = !one.hash.empty();
            const std::string name = tenant.id + ":" + one.key.about();
            one.changed_at = clock_.seconds();
            one.reason = Note{"delivery.reason." + std::string(to_string(state)), {{"report", name}}};
            if (one.state != state || !publications_.save(one)) continue;
            ++left_out;
            // What is left out and nobody ever saw is missed by nobody.
            if (state == PublicationState::skipped && !seen) continue;
            about = one.key.about();
            reports += (reports.empty() ? "" : ", ") + name;
        }
        const std::string kind(to_string(state));
        if (!reports.empty())
            notify_(tenant, "notice:" + kind + ":" + about, Note{"delivery.notice." + kind, {{"reports", reports}}});
    }
    writing.commit();
    return left_out;
}

std::size_t Scheduler::look_for_completed(const Tenant& tenant) {
    const Day today = Zone(tenant.timezone).day_of({clock_.seconds() * micros_per_second});
    std::size_t told = 0;
    for (Publication& one : publications_.list(tenant.number, {PublicationState::released, PublicationState::done},
                                               today - rules_.page_days)) {
        if (!one.marks.incomplete || !one.marks.lacks_data) continue;
        const Basis basis = current_basis(database_, tenant.number, made_with_());
        if (one.made == basis) continue;
        if (publications_.latest(tenant.number, one.key.rhythm, one.key.last)->key.edition != one.key.edition) continue;
        const Editor::Made made = editor_.pages_of(one, basis);
        if (made.pages.empty() && !made.stands) looked_at_.erase(tenant.number);  // again, as soon as they are made
        if (made.pages.empty() || std::any_of(made.pages.begin(), made.pages.end(),
                                              [](const Content& page) { return read_document(page.bytes).incomplete; }))
            continue;
        one.marks.lacks_data = false;  // it is told once
        one.reason = Note{"delivery.reason.complete", {{"report", tenant.id + ":" + one.key.about()}}};
        const auto tell_it = [&] { notify_(tenant, "notice:complete:" + one.key.about(), *one.reason); };
        if (keep(one, tell_it)) ++told;
    }
    return told;
}

bool Scheduler::keep(Publication& publication, const std::function<void()>& with) {
    publication.changed_at = clock_.seconds();
    Writing writing(database_);
    if (!publications_.save(publication)) return false;
    with();
    writing.commit();
    return true;
}

void Scheduler::refresh(const Case& at, Publication& publication, Step& step) {
    const bool may_lack =
        at.now >= at.by.ready_by() && at.agreement.at_deadline(publication.key.last) == AtDeadline::send_marked;
    const auto mark = [&] {
        publication.marks.incomplete = publication.marks.lacks_data && may_lack;
        publication.marks.unapproved = at.terms.approval == Approval::review && !publication.approved() &&
                                       at.now >= at.by.approve_by(publication, at.now) &&
                                       at.terms.unapproved == WhenUnapproved::send_marked;
    };
    const Marks marked = publication.marks;
    mark();
    if (!publication.hash.empty() && publication.made == at.basis && publication.marks == marked) return;
    const Editor::Made made = editor_.pages_of(publication, at.basis);
    if (made.pages.empty()) {
        if (made.stands || (made.reason && at.now >= publication.due_at))
            publication.wait(PublicationState::held, Note{"delivery.reason.not_made", {}, {*made.reason}});
        else if (publication.state != PublicationState::held)
            publication.wait(PublicationState::figures);
        return;
    }
    publication.made = at.basis;
    publication.marks.lacks_data = publication.marks.broken = false;
    for (const Content& page : made.pages) {
        const Document document = read_document(page.bytes);
        publication.marks.lacks_data = publication.marks.lacks_data || document.incomplete;
        publication.marks.broken = publication.marks.broken || !document.adds_up;
    }
    mark();
    Editor::Composed composed = editor_.compose(publication, made.pages, at.by.day(), false);
    publication.hash = hash_of(composed.contents);  // of what people see when they approve it: without 未审核
    // Another one to look at; but what is held until somebody approves it waits for that as before.
    const bool waits =
        step.held_before && step.held_before->id == unapproved_reason && at.terms.unapproved == WhenUnapproved::hold;
    if (publication.hash != step.hash_before && !waits) publication.approved_at = at.now;
    mark();
    step.nothing_new = publication.key.edition > 1 && composed.corrections == 0;
    step.contents = publication.marks.unapproved ? editor_.compose(publication, made.pages, at.by.day(), true).contents
                                                 : std::move(composed.contents);
}

void Scheduler::judge(const Case& at, Publication& publication, const Step& step) {
    using enum PublicationState;
    if (step.nothing_new) return publication.wait(cancelled, said("delivery.reason.no_change"));
    if (publication.marks.broken) return publication.wait(held, said("delivery.reason.broken"));
    if (publication.marks.lacks_data && !publication.marks.incomplete)
        return publication.wait(
            at.now >= at.by.ready_by() ? held : figures,
            Note{"delivery.reason.lacks_data", {{"facts", required_facts(at.agreement, publication.key.last)}}});
    if (at.terms.approval == Approval::by_itself || publication.approved()) return publication.wait(ready);
    if (at.now < at.by.approve_by(publication, at.now)) {
        if (step.voided) return publication.wait(review, said("delivery.reason.voided"));
        return publication.wait(review, publication.state == review ? publication.reason : std::nullopt);
    }
    if (at.terms.unapproved == WhenUnapproved::hold) return publication.wait(held, said(unapproved_reason));
    publication.wait(ready, said("delivery.reason.by_deadline"));
}

void Scheduler::tell(const Case& at, const Publication& publication, const Step& step, bool changed) {
    const std::string about = publication.key.about();
    const std::int64_t by = at.by.approve_by(publication, at.now);
    const auto time = [&](std::int64_t seconds) { return at.zone.text({seconds * micros_per_second}).substr(0, 16); };
    // What is to be done until when, and what happens else.
    const auto asking = [&](const char* id) {
        const char* then = at.terms.unapproved == WhenUnapproved::hold   ? "delivery.then.hold"
                           : at.terms.unapproved == WhenUnapproved::send ? "delivery.then.send"
                                                                         : "delivery.then.mark";
        const std::int64_t out =
            out_at(at.zone, at.by.wanted_at(publication, at.terms), std::max(publication.due_at, by));
        return Note{id, {{"then", sentence(then)}, {"by", time(by)}, {"at", time(out)}}};
    };
    if (step.voided)
        notify_(at.tenant, "notice:voided:" + about + ":" + step.hash_before.substr(0, 8),
                asking("delivery.notice.voided"));
    if (changed && publication.state == PublicationState::review && !step.voided)
        notify_(at.tenant, "notice:review:" + about + ":" + std::to_string(by), asking("delivery.notice.review"));
    if (step.remind)
        notify_(at.tenant, "notice:reminder:" + about + ":" + std::to_string(by), asking("delivery.notice.reminder"));
    // Held again for the same is news as well, but not with every import while it is held.
    if (publication.state == PublicationState::held && publication.reason && publication.reason != step.held_before)
        notify_(at.tenant,
                "notice:held:" + about + ":" + publication.reason->id.substr(reason_prefix.size()) + ":" +
                    std::to_string(publication.version),
                *publication.reason);
}

bool Scheduler::advance(Publication publication) {
    using enum PublicationState;
    const Publication before = publication;
    const Tenant tenant = Tenants(database_).find(publication.key.tenant);
    const Agreement agreement = Tenants(database_).agreement(tenant);
    const Zone zone(tenant.timezone);
    const DeliveryTerms terms = delivery_terms(agreement, publication.key.last + 1);
    const Basis basis = current_basis(database_, tenant.number, made_with_());
    const Case at{tenant, agreement, zone, terms, clock_.seconds(), {publication, terms, zone}, basis};
    const auto is_missed = [&] {
        const auto becomes = missed(at, publication, before.state == ready ? before.changed_at : at.now);
        if (!becomes) return false;
        missed_[tenant.number].push_back(before);
        missed_[tenant.number].back().state = *becomes;
        return true;
    };
    // What people are looking at is figures for a moment when data come: it goes on.
    if ((before.state == ready || (before.state == figures && before.hash.empty())) && is_missed()) return false;

    Step step;
    step.hash_before = before.hash;
    if (before.state == held) step.held_before = before.reason;
    refresh(at, publication, step);
    step.voided = before.approved() && !publication.approved();
    if (step.voided) publication.approved_hash.clear();
    if (!publication.hash.empty() && publication.made == at.basis) judge(at, publication, step);

    Readers to;
    if (publication.state == ready && is_missed()) return false;
    if (publication.state == ready && at.now >= publication.due_at) {
        // Whom it may be sent to is a matter of today, whatever was agreed in the period.
        const Day today = zone.day_of({at.now * micros_per_second});
        to = readers_of(database_, tenant, publication.key, delivery_terms(agreement, today), own_domains_);
        if (to.to.empty())
            publication.wait(held, said("delivery.reason.nobody"));
        else if (at.now < out_at(zone, at.by.wanted_at(publication, at.terms), at.now))
            publication.wait(ready, said("delivery.reason.night"));
        else
            publication.wait(released);
    }
    // Not where they have just been told that it is half an hour.
    const std::int64_t by = at.by.approve_by(publication, at.now);
    step.remind = publication.state == review && at.now >= by - reminder_seconds &&
                  by - reminder_seconds > publication.approved_at && !reminded_.contains({publication.key, by});
    const bool changed = !(publication == before);
    if (!changed && !step.remind) return false;
    const auto effect = [&] {
        if (!step.contents.empty()) publications_.put(publication.key, step.contents);
        tell(at, publication, step, changed);
        if (publication.state == released) release(tenant, publication.key, to);
    };
    if (!keep(publication, effect)) return false;
    if (step.remind) reminded_.insert({publication.key, by});
    return changed;
}

void Scheduler::release(const Tenant& tenant, const PublicationKey& key, const Readers& readers) {
    Outbox outbox(database_);
    const std::int64_t now = clock_.seconds();
    const auto delivery_to = [&](const Recipient& one) {
        Delivery delivery;
        delivery.key = {key.tenant, key.about(), one.number};
        delivery.address = one.address;
        delivery.asked_at = now;
        return delivery;
    };
    for (std::int64_t edition = 1; edition < key.edition; ++edition)
        for (Delivery old : outbox.list(key.tenant, {DeliveryState::queued, DeliveryState::handing},
                                        PublicationKey{key.tenant, key.rhythm, key.last, edition}.about())) {
            old.state = DeliveryState::cancelled;
            old.ended_at = now;
            old.words = catalogue(Language::zh).say(replaced(tenant.id, old.key, key.about()));
            // What is being handed over at this moment cannot be had back.
            if (!outbox.change(old, DeliveryState::queued)) continue;
            if (const auto job = queue_.find(job_of(old.key))) queue_.cancel(*job);
        }
    for (const Recipient& one : readers.to) {
        const Delivery delivery = delivery_to(one);
        outbox.add(delivery);
        queue_.ask(job_of(delivery.key), {1, ""});
    }
    Note told = said("delivery.notice.refused");
    const auto refused_lately = outbox.list(key.tenant, {DeliveryState::refused});
    for (const auto& [one, why] : readers.refused) {
        Delivery delivery = delivery_to(one);
        delivery.state = DeliveryState::refused;
        delivery.ended_at = now;
        delivery.words = catalogue(Language::zh).say(why);
        outbox.add(delivery);
        // Not with every report: who was told last time knows.
        const auto the_same = [&](const Delivery& last) {
            return last.key.recipient == delivery.key.recipient && last.words == delivery.words &&
                   last.ended_at > now - told_again_seconds;
        };
        if (std::ranges::none_of(refused_lately, the_same)) told.parts.push_back(why);
    }
    if (!told.parts.empty()) notify_(tenant, "notice:refused:" + key.about(), told);
}

bool Scheduler::follow(const Publication& publication) {
    Outbox outbox(database_);
    bool open = false, ended = false;
    for (Delivery one : outbox.list(publication.key.tenant, {DeliveryState::queued, DeliveryState::handing},
                                    publication.key.about())) {
        const auto job = queue_.find(job_of(one.key));
        if (!job || (job->state != JobState::given_up && job->state != JobState::cancelled)) {
            open = true;
            continue;
        }
        const DeliveryState seen = one.state;
        end_with(one, *job, clock_.seconds());
        Writing writing(database_);
        if (!outbox.change(one, seen)) continue;
        if (one.state != DeliveryState::cancelled)
            notify_(Tenants(database_).find(one.key.tenant),
                    "notice:failed:" + one.key.about + ":" + std::to_string(one.key.recipient) + ":" +
                        std::to_string(job ? job->fence : 0),
                    Note{one.state == DeliveryState::failed ? "delivery.given_up" : "delivery.unsure",
                         {{"address", one.address}, {"words", one.words}}});
        writing.commit();
        ended = true;
    }
    if (open || ended) return ended;
    Publication over = publication;
    over.state = PublicationState::done;
    return keep(over, [] {});
}

}  // namespace siyu
