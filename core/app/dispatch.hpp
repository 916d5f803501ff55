// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/app/delivery_settings.hpp"
#include "core/app/report_work.hpp"
#include "core/app/session.hpp"
#include "core/delivery/pace.hpp"
#include "core/delivery/scheduler.hpp"
#include "core/jobs/leases.hpp"

namespace siyu {

// Delivery in one workspace: its settings, its stationery, its connection to the mail server. For one thread and one
// connection to the store.
class Dispatch {
  public:
    Dispatch(Session& session, Database& database);

    const DeliverySettings& settings() const { return settings_; }
    const Letters& letters() const { return letters_; }
    Stationery stationery(const Tenant& tenant, const DeliveryTerms& terms) const;
    // The terms that hold today.
    DeliveryTerms terms(const Tenant& tenant);

    // Tells the brand's PMs, once; part of the caller's transaction. Where nothing can be sent, it is told here.
    void notify(const Tenant& tenant, const std::string& about, const Note& what);

    // What comes of a message's job is for its holder to write (core/jobs/leases.hpp).
    struct Result {
        enum class Kind { over, again, lost, stopped };  // over: with the state that it has now
        Kind kind = Kind::over;
        Delivery delivery;
        std::optional<Note> reason = {};  // again: why; over: what the PM has to know
        std::int64_t put_off = 0;         // again: nothing was tried; after so many seconds
    };
    // Hands a message over, as far as it is still to be handed over. Throws Error of the store.
    Result hand_over(const DeliveryKey& key, const QueuedJob& job, Leases& leases);

    // One mail without a trace in the outbox. Throws Error (unreachable) with the server's words.
    void send_now(const Written& mail, const std::string& address);

  private:
    // Writes the message where it is not written yet; a reason where it must not go out.
    std::optional<Note> write(const Tenant& tenant, const DeliveryTerms& terms, const Recipient& to, Delivery& delivery,
                              std::string& message);
    // False where we were to stop meanwhile.
    bool wait_for_turn(const Recipient& to);

    Session& session_;
    Database& database_;
    DeliverySettings settings_;
    Letters letters_;
    Outbox outbox_;
    JobClock clock_;
    std::unique_ptr<MailSession> mail_;
};

}  // namespace siyu
