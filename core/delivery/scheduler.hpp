// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/delivery/calendar.hpp"
#include "core/delivery/deadlines.hpp"
#include "core/delivery/due.hpp"
#include "core/delivery/editor.hpp"
#include "core/delivery/people.hpp"
#include "core/delivery/publication.hpp"
#include "core/delivery/readers.hpp"
#include "core/jobs/queue.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// Brings each report from its due time to the outbox: made, complete, approved, released. Every step is one transaction
// that compares the publication's version, so that any number of schedulers may work on one store and any of them may
// die: what is done is done once. Throws Error (unreachable) where the store does not answer.
class Scheduler {
  public:
    // Tells the PMs of a brand; part of the transaction of the step that it tells of. `about` is said once.
    using Notify = std::function<void(const Tenant& tenant, const std::string& about, const Note& what)>;
    // What happened to one brand, which is no reason not to go on with the others.
    using Complain = std::function<void(const Tenant& tenant, const Error& error)>;

    Scheduler(Database& database, const JobRules& jobs, const DeliveryRules& rules, JobClock& clock,
              const WorkCalendar& calendar, std::vector<std::string> own_domains,
              std::function<std::string()> made_with, Notify notify, Complain complain);

    // One step of everything that there is a step for. How many there were.
    std::size_t tick();

  private:
    // What a step is decided by.
    struct Case {
        const Tenant& tenant;
        const Agreement& agreement;
        const Zone& zone;
        DeliveryTerms terms;
        std::int64_t now = 0;
        Deadlines by;
        Basis basis;
    };
    // What a step brings about besides the publication.
    struct Step {
        std::vector<Content> contents;  // where it says something else than before
        std::string hash_before;
        std::optional<Note> held_before;  // and why
        bool nothing_new = false;         // a correction that corrects nothing
        bool voided = false;              // its approval
        bool remind = false;
    };

    std::size_t make_due(const Tenant& tenant);
    // One step: what it says by now, what follows from that, and who has to know.
    bool advance(Publication publication);
    // What becomes of a report whose time passed long ago; nothing: it goes out.
    std::optional<PublicationState> missed(const Case& at, const Publication& publication,
                                           std::int64_t ready_since) const;
    std::size_t leave_out(const Tenant& tenant, std::vector<Publication> missed);
    // Tells where that has come without which a report was sent.
    std::size_t look_for_completed(const Tenant& tenant);
    void refresh(const Case& at, Publication& publication, Step& step);
    void judge(const Case& at, Publication& publication, const Step& step);
    void tell(const Case& at, const Publication& publication, const Step& step, bool changed);
    bool follow(const Publication& publication);
    void release(const Tenant& tenant, const PublicationKey& key, const Readers& readers);
    // Changes it and what goes with it; false where another one was quicker.
    bool keep(Publication& publication, const std::function<void()>& with);

    Database& database_;
    const DeliveryRules& rules_;
    JobClock& clock_;
    const WorkCalendar& calendar_;
    const std::vector<std::string> own_domains_;
    std::function<std::string()> made_with_;
    Notify notify_;
    Complain complain_;
    Queue queue_;
    Editor editor_;
    Publications publications_;
    std::map<std::int64_t, std::int64_t> looked_at_;              // which brand's schedule, when
    std::set<std::pair<PublicationKey, std::int64_t>> reminded_;  // of which deadline
    std::map<std::int64_t, std::vector<Publication>> missed_;     // by brand: all of them are told of at once
};

}  // namespace siyu
