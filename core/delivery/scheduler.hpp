// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/delivery/calendar.hpp"
#include "core/delivery/due.hpp"
#include "core/delivery/people.hpp"
#include "core/delivery/publication.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/report_order.hpp"
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
    struct Made {
        std::vector<Content> pages;  // documents as they were rendered
        std::optional<Note> reason;  // why there are none (yet)
        bool stands = false;         // and there will be none
    };

    std::size_t make_due(const Tenant& tenant);
    bool advance(Publication publication);
    bool follow(const Publication& publication);
    Made pages_of(const Publication& publication, const Basis& basis);
    // The documents with what people added, and how many figures the edition before told otherwise. `unapproved`:
    // marked so.
    struct Composed {
        std::vector<Content> contents;
        std::size_t corrections = 0;
    };
    Composed compose(const Publication& publication, const std::vector<Content>& pages, Day today, bool unapproved);
    // Those of the edition before for a later one, else all who get such reports; and may be sent to.
    std::vector<Recipient> readers(const PublicationKey& key, const DeliveryTerms& terms);
    void release(const PublicationKey& key, const std::vector<Recipient>& readers);
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
    Publications publications_;
    std::map<std::int64_t, std::int64_t> looked_at_;  // which brand's schedule, when
    std::set<PublicationKey> reminded_;
};

// The order for the documents of a report in one language, for both audiences; and the job that makes them.
ReportOrder documents_order(const PublicationKey& key, Language language);

// Changes a publication as people do: `change` is given it as it stands, in a transaction that compares its version,
// and may throw. Throws Error (wrong use) where there is none.
Publication change_publication(Database& database, const PublicationKey& key, std::int64_t now,
                               const std::function<void(Publication&)>& change);

}  // namespace siyu
