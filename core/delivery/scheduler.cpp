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
constexpr std::int64_t reminder_seconds = 1800;      // before the deadline of the approval
constexpr std::int64_t approval_seconds = 3600;      // after the sending, where no time was agreed
constexpr std::int64_t look_again_seconds = 60;      // at a brand's schedule
constexpr std::int64_t held_for_good = 14 * 86'400;  // seconds; then only a person can send it

// `joins, orders`
std::string required_facts(const Agreement& agreement, Day day) {
    std::string all;
    for (const std::string& fact : agreement.required(day)) all += (all.empty() ? "" : ", ") + fact;
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
        one_by_one(tenant, [&] { return make_due(tenant); });
        looked_at = clock_.seconds();
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
    return steps;
}

std::size_t Scheduler::make_due(const Tenant& tenant) {
    const Agreement agreement = Tenants(database_).agreement(tenant);
    std::size_t made = 0;
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly}) {
        const auto latest = publications_.latest_scheduled(tenant.number, rhythm);
        const auto due = slots(tenant, agreement, rhythm, latest, clock_.seconds(), calendar_, rules_);
        for (const Slot& slot : due) {
            const bool newest = slot.period == due.back().period;
            Publication one;
            one.key = {tenant.number, rhythm, slot.period.last, 1};
            one.due_at = slot.due_at;
            one.changed_at = clock_.seconds();
            if (slot.late) switch (delivery_terms(agreement, slot.period.last + 1).catch_up) {
                    case CatchUp::all: break;
                    case CatchUp::latest: one.state = newest ? one.state : PublicationState::skipped; break;
                    case CatchUp::ask: one.state = PublicationState::asked; break;
                }
            if (one.state != PublicationState::figures)
                one.reason = Note{"delivery.reason." + std::string(to_string(one.state)),
                                  {{"report", tenant.id + ":" + one.key.about()}}};
            Writing writing(database_);
            if (!publications_.add(one)) continue;
            if (one.state == PublicationState::asked) notify_(tenant, "notice:asked:" + one.key.about(), *one.reason);
            writing.commit();
            ++made;
        }
    }
    return made;
}

// What people ask for in the afternoon is not judged by the times that were agreed for the morning.
Scheduler::Deadlines Scheduler::deadlines(const Publication& publication, const DeliveryTerms& terms,
                                          const Zone& zone) {
    const bool scheduled = publication.key.edition == 1 && !publication.by_hand;
    const Day day = zone.day_of({publication.due_at * micros_per_second});
    return {
        day, scheduled && terms.ready_by ? moment(zone, day, *terms.ready_by) : publication.due_at,
        scheduled && terms.approve_by ? moment(zone, day, *terms.approve_by) : publication.due_at + approval_seconds};
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
        at.now >= at.by.ready_by && at.agreement.at_deadline(publication.key.last) == AtDeadline::send_marked;
    const auto mark = [&] {
        publication.marks.incomplete = publication.marks.lacks_data && may_lack;
        publication.marks.unapproved = at.terms.approval == Approval::review && !publication.approved() &&
                                       at.now >= at.by.approve_by && at.terms.unapproved == WhenUnapproved::send_marked;
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
    Editor::Composed composed = editor_.compose(publication, made.pages, at.by.day, false);
    publication.hash = hash_of(composed.contents);  // of what people see when they approve it: without 未审核
    mark();
    step.nothing_new = publication.key.edition > 1 && composed.corrections == 0;
    step.contents = publication.marks.unapproved ? editor_.compose(publication, made.pages, at.by.day, true).contents
                                                 : std::move(composed.contents);
}

void Scheduler::judge(const Case& at, Publication& publication, const Step& step) {
    using enum PublicationState;
    if (step.nothing_new) return publication.wait(cancelled, said("delivery.reason.no_change"));
    if (publication.marks.broken) return publication.wait(held, said("delivery.reason.broken"));
    if (publication.marks.lacks_data && !publication.marks.incomplete)
        return publication.wait(
            at.now >= at.by.ready_by ? held : figures,
            Note{"delivery.reason.lacks_data", {{"facts", required_facts(at.agreement, publication.key.last)}}});
    if (at.terms.approval == Approval::by_itself || publication.approved()) return publication.wait(ready);
    if (at.now < at.by.approve_by) {
        if (step.voided) return publication.wait(review, said("delivery.reason.voided"));
        return publication.wait(review, publication.state == review ? publication.reason : std::nullopt);
    }
    if (at.terms.unapproved == WhenUnapproved::hold) return publication.wait(held, said("delivery.reason.unapproved"));
    publication.wait(ready, said("delivery.reason.by_deadline"));
}

void Scheduler::tell(const Case& at, const Publication& publication, const Step& step, bool changed) {
    const std::string about = publication.key.about();
    if (step.voided)
        notify_(at.tenant, "notice:voided:" + about + ":" + step.hash_before.substr(0, 8),
                said("delivery.notice.voided"));
    if (changed && publication.state == PublicationState::review && !step.voided)
        notify_(at.tenant, "notice:review:" + about, said("delivery.notice.review"));
    if (step.remind) notify_(at.tenant, "notice:reminder:" + about, said("delivery.notice.reminder"));
    // Held again for the same is news as well, but not with every import while it is held.
    if (publication.state == PublicationState::held && publication.reason && publication.reason != step.held_before)
        notify_(at.tenant,
                "notice:held:" + about + ":" + publication.reason->id.substr(reason_prefix.size()) + ":" +
                    std::to_string(publication.made.revision),
                *publication.reason);
}

bool Scheduler::advance(Publication publication) {
    using enum PublicationState;
    const Publication before = publication;
    const Tenant tenant = Tenants(database_).find(publication.key.tenant);
    const Agreement agreement = Tenants(database_).agreement(tenant);
    const Zone zone(tenant.timezone);
    Case at{tenant,           agreement, delivery_terms(agreement, publication.key.last + 1),
            clock_.seconds(), {},        current_basis(database_, tenant.number, made_with_())};
    at.by = deadlines(publication, at.terms, zone);

    Step step;
    step.hash_before = before.hash;
    if (before.state == held) step.held_before = before.reason;
    refresh(at, publication, step);
    step.voided = before.approved() && !publication.approved();
    if (step.voided) publication.approved_hash.clear();
    if (!publication.hash.empty() && publication.made == at.basis) judge(at, publication, step);

    std::vector<Recipient> to;
    if (publication.state == ready && at.now >= publication.due_at) {
        // Whom it may be sent to is a matter of today, whatever was agreed in the period.
        to = readers(publication.key, delivery_terms(agreement, zone.day_of({at.now * micros_per_second})));
        if (to.empty())
            publication.wait(held, said("delivery.reason.nobody"));
        else
            publication.wait(released);
    }
    step.remind = publication.state == review && at.now >= at.by.approve_by - reminder_seconds &&
                  !reminded_.contains(publication.key);
    const bool changed = !(publication == before);
    if (!changed && !step.remind) return false;
    const auto effect = [&] {
        if (!step.contents.empty()) publications_.put(publication.key, step.contents);
        tell(at, publication, step, changed);
        release(publication.key, to);
    };
    if (!keep(publication, effect)) return false;
    if (step.remind) reminded_.insert(publication.key);
    return changed;
}

std::vector<Recipient> Scheduler::readers(const PublicationKey& key, const DeliveryTerms& terms) {
    // Who got any of them and would otherwise believe it.
    std::set<std::int64_t> had_one_before;
    for (std::int64_t edition = 1; edition < key.edition; ++edition)
        for (const Delivery& one :
             Outbox(database_).list(key.tenant, {DeliveryState::sent, DeliveryState::unsure},
                                    PublicationKey{key.tenant, key.rhythm, key.last, edition}.about()))
            had_one_before.insert(one.key.recipient);
    std::vector<Recipient> found = People(database_, key.tenant).list();
    std::erase_if(found, [&](const Recipient& one) {
        const bool wanted = key.edition > 1 ? had_one_before.contains(one.number) : one.gets(key.rhythm);
        return !wanted || refusal(one, terms, own_domains_);
    });
    return found;
}

void Scheduler::release(const PublicationKey& key, const std::vector<Recipient>& readers) {
    Outbox outbox(database_);
    for (const Recipient& one : readers) {
        Delivery delivery;
        delivery.key = {key.tenant, key.about(), one.number};
        delivery.address = one.address;
        delivery.asked_at = clock_.seconds();
        outbox.add(delivery);
        queue_.ask(job_of(delivery.key), {1, ""});
    }
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
                    "notice:failed:" + one.key.about + ":" + std::to_string(one.key.recipient),
                    Note{"delivery." + std::string(to_string(one.state)),
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
