// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "core/app/commands.hpp"
#include "core/intake/profile.hpp"

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
    int wrong() const { return wrong_; }

  private:
    Session& session_;
    int wrong_ = 0;
};

}  // namespace

int doctor(Session& session) {
    Round round(session);
    round.look("workspace", [&] { session.workspace(); });
    if (round.wrong() > 0) return 1;
    round.look("store", [&] {
        if (const std::string words = session.database().check(); !words.empty())
            throw Error(Error::unreachable, "store.damaged", {{"file", session.workspace().store()}, {"words", words}});
    });
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
    round.look("profiles",
               [&] { Profiles{std::vector<std::filesystem::path>(session.workspace().profile_folders())}; });
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
    session.tell(round.wrong() == 0 ? "doctor.well" : "doctor.ill", {{"count", std::to_string(round.wrong())}});
    return round.wrong() == 0 ? 0 : 1;
}

}  // namespace siyu
