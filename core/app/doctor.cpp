// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>

#include "core/app/commands.hpp"
#include "core/app/delivery_settings.hpp"
#include "core/delivery/outbox.hpp"
#include "core/delivery/people.hpp"
#include "core/intake/profile.hpp"
#include "core/ledger/recompute.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

// Tells each thing that was looked at, and counts what is wrong.
class Round {
  public:
    explicit Round(Session& session) : session_(session) {}

    void look(const std::string& what, const std::function<void()>& at, const std::string& whose = {}) {
        const std::string title = session_.say("doctor." + what) + (whose.empty() ? "" : " " + whose);
        try {
            at();
            Session::print("✓ " + title + "\n");
        } catch (const Error& error) {
            ++wrong_;
            Session::print("✗ " + title + "\n  " + session_.say.say(error.note()) + "\n");
        }
    }
    // Something that a look brought up.
    void show(const Note& note) { Session::print("  " + session_.say.say(note) + "\n"); }
    int wrong() const { return wrong_; }

  private:
    Session& session_;
    int wrong_ = 0;
};

constexpr std::size_t faults_shown = 10;
constexpr int weeks_ahead = 4;  // so long before it begins a year's holidays should be known

// Whether the ledger says what the rows say.
void recompute_ledger(Session& session, Round& round, const Tenant& tenant, bool mend) {
    std::vector<LedgerFault> faults;
    round.look(
        "ledger",
        [&] {
            faults =
                retrying([&] { return recompute(session.database(), tenant.number, Zone(tenant.timezone), mend); });
            if (!faults.empty() && !mend)
                throw Error(Error::unreachable, "doctor.ledger_differs",
                            {{"tenant", tenant.id}, {"count", std::to_string(faults.size())}});
        },
        tenant.id);
    for (std::size_t i = 0; i < faults.size() && i < faults_shown; ++i) {
        const LedgerFault& fault = faults[i];
        const std::string first = std::to_string(fault.first), last = std::to_string(fault.last);
        switch (fault.where) {
            case LedgerFault::Where::cell:
                round.show({"doctor.ledger_cell", {{"series", fault.series}, {"date", to_string(fault.day)}}});
                break;
            case LedgerFault::Where::timeline:
                round.show({"doctor.ledger_timeline", {{"first", first}, {"last", last}}});
                break;
            case LedgerFault::Where::key_day:
                round.show({"doctor.ledger_key", {{"fact", fault.series}, {"first", first}, {"last", last}}});
                break;
        }
    }
    if (!faults.empty() && mend) round.show({"doctor.ledger_mended", {{"count", std::to_string(faults.size())}}});
}

// Settings, secrets and key; whether pictures and PDF can be made, and in Chinese.
void look_at_delivery(Session& session, Round& round) {
    const DeliverySettings settings = read_delivery_settings(session.workspace().folder());
    link_key(session.workspace().folder());
    network();
    // A font that has no such letter draws the same box for every one.
    const auto drawn = [](const char* letter) {
        return press()
            .png(std::string("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><text x=\"4\" "
                             "y=\"32\" font-size=\"30\" font-family=\"WenQuanYi Micro Hei, sans-serif\">") +
                     letter + "</text></svg>",
                 40)
            .png;
    };
    if (drawn("销") == drawn("售")) throw Error(Error::unreachable, "doctor.no_font");
    if (settings.mail.unset) round.show({"delivery.no_account", {}});
}

// What waits for a person.
void look_at_outbox(Session& session) {
    const std::size_t count =
        Outbox(session.database())
            .list(std::nullopt, {DeliveryState::failed, DeliveryState::unsure, DeliveryState::refused})
            .size();
    if (count > 0) throw Error(Error::unreachable, "doctor.outbox_waits", {{"count", std::to_string(count)}});
}

// Whether somebody is told when a report that is sent by itself needs a person, and whether its days are known.
void look_at_schedule(Session& session, Round& round, const Tenant& tenant) {
    const Agreement agreement = Tenants(session.database()).agreement(tenant);
    const Day today = Zone(tenant.timezone).today();
    const DeliveryTerms terms = delivery_terms(agreement, today);
    const auto sends = [&](const auto& which) { return std::ranges::any_of(terms.send, which); };
    if (!sends([](const auto& time) { return time.has_value(); })) return;
    const auto people = People(session.database(), tenant.number).list();
    if (std::ranges::none_of(people, [](const Recipient& one) { return one.role == Role::pm; }))
        throw Error(Error::unreachable, "doctor.no_pm", {{"tenant", tenant.id}});
    const int year = civil(today + weeks_ahead * 7).year;
    if (sends([](const auto& time) { return time && time->workdays; }) &&
        !read_delivery_settings(session.workspace().folder()).calendar.knows(year))
        round.show({"delivery.unknown_year", {}});
}

}  // namespace

int doctor(Session& session, const DoctorOptions& options) {
    Round round(session);
    round.look("workspace", [&] { session.workspace(); });
    if (round.wrong() > 0) return 1;
    round.look("store", [&] {
        if (const std::string words = session.database().check(); !words.empty())
            throw Error(Error::unreachable, "store.damaged", {{"file", session.workspace().store()}, {"words", words}});
    });
    if (round.wrong() == 0) round.show({"doctor.engine", {{"engine", session.database().about()}}});
    const bool store_well = round.wrong() == 0;
    round.look("writable", [&] {
        const auto file = session.workspace().folder() / ("reports/.doctor-" + std::to_string(getpid()));
        write_file(file, "siyu");
        std::filesystem::remove(file);
    });
    round.look("clock", [&] {
        // A clock that was never set counts from 1970 or from when the machine was made.
        if (Zone("UTC").today() < *day_of(2024, 1, 1)) throw Error(Error::unreachable, "doctor.clock_wrong");
    });
    round.look("profiles", [&] {
        const Profiles profiles(session.workspace().profile_folders());
        for (const auto& [name, error] : profiles.broken()) throw Error(error);
    });
    for (const auto& file : Plugins::files(session.workspace().plugin_folders()))
        round.look(
            "plugins",
            [&] {
                Job job = session.plugin_job({file.stem().string(), "", "", file});
                job.task = Job::Task::identify;
                session.crew().run(std::move(job)).or_throw();
            },
            file.stem().string());
    if (store_well)
        for (const Tenant& tenant : Tenants(session.database()).list())
            round.look(
                "tenants",
                [&] {
                    const Agreement agreement = Tenants(session.database()).agreement(tenant);
                    const Day today = Zone(tenant.timezone).today();
                    session.crew().run(session.plugin_job(tenant, agreement, today)).or_throw();
                },
                tenant.id);
    round.look("delivery", [&] { look_at_delivery(session, round); });
    if (store_well) {
        for (const Tenant& tenant : Tenants(session.database()).list())
            round.look(
                "schedule", [&] { look_at_schedule(session, round, tenant); }, tenant.id);
        round.look("outbox", [&] { look_at_outbox(session); });
    }
    if (store_well && options.recompute)
        for (const Tenant& tenant : session.tenants(options.tenants))
            recompute_ledger(session, round, tenant, options.mend);
    session.tell(round.wrong() == 0 ? "doctor.well" : "doctor.ill", {{"count", std::to_string(round.wrong())}});
    return round.wrong() == 0 ? 0 : 1;
}

}  // namespace siyu
