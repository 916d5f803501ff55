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

    void look(const std::string& what, const std::function<void()>& at) {
        try {
            at();
            Session::print("✓ " + session_.say("doctor." + what) + "\n");
        } catch (const Error& error) {
            ++wrong_;
            Session::print("✗ " + session_.say("doctor." + what) + "\n  " + session_.say.say(error.note()) + "\n");
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
    round.look("plugins", [&] {
        for (const auto& plugin : session.plugins().list())
            if (plugin.fault) throw Error(Error::refused, plugin.fault->id, plugin.fault->with);
    });
    for (const Tenant& tenant : Tenants(session.database()).list())
        round.look("tenants", [&] {
            try {
                const Zone zone(tenant.timezone);
                session.blueprint(tenant, Tenants(session.database()).agreement(tenant), zone.today());
            } catch (Error& error) {
                throw Error(Error::refused, "doctor.tenant_wrong",
                            {{"tenant", tenant.id}, {"reason", session.say.say(error.note())}});
            }
        });
    session.tell(round.wrong() == 0 ? "doctor.well" : "doctor.ill", {{"count", std::to_string(round.wrong())}});
    return round.wrong() == 0 ? 0 : 1;
}

}  // namespace siyu
