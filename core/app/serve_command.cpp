// SPDX-License-Identifier: Apache-2.0
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>

#include "core/app/commands.hpp"
#include "core/app/publishing.hpp"
#include "core/app/stop_signal.hpp"
#include "core/delivery/link_pages.hpp"

namespace siyu {

namespace {

constexpr int tick_ms = 2000;
constexpr int longest_wait_ms = 30'000;  // for a store that does not answer

// A command beside us, started again when it ends: our own process has threads and never forks.
class Companion {
  public:
    Companion(Session& session, const std::string& command)
        : arguments_{"siyu",
                     "-C",
                     session.workspace().folder().string(),
                     "--lang",
                     std::string(to_string(session.say.language())),
                     command,
                     "--beside"} {}
    ~Companion() {
        if (child_ <= 0) return;
        ::kill(child_, SIGTERM);
        ::waitpid(child_, nullptr, 0);
    }
    Companion(const Companion&) = delete;
    Companion& operator=(const Companion&) = delete;

    void watch() {
        if (child_ > 0 && ::waitpid(child_, nullptr, WNOHANG) != child_) return;
        std::vector<char*> words;
        for (std::string& word : arguments_) words.push_back(word.data());
        words.push_back(nullptr);
        if (::posix_spawn(&child_, "/proc/self/exe", nullptr, nullptr, words.data(), environ) != 0) child_ = 0;
    }

  private:
    std::vector<std::string> arguments_;
    pid_t child_ = 0;
};

// The pages, on a connection of their own, one request after the other.
class Door {
  public:
    explicit Door(Session& session)
        : session_(session),
          database_(session.workspace().connect()),
          dispatch_(session, *database_),
          pages_(*database_, dispatch_.letters().signer(), dispatch_.settings().mail.domains,
                 [this](const Tenant& tenant, const std::string& about, const Note& what) {
                     dispatch_.notify(tenant, about, what);
                 }) {}

    WebAnswer answer(const WebRequest& request) {
        const std::lock_guard lock(mutex_);
        if (request.path == "/healthz") return {200, "text/plain; charset=utf-8", "ok\n"};
        return pages_.answer(request, JobClock().seconds());
    }

  private:
    Session& session_;
    std::mutex mutex_;
    std::unique_ptr<Database> database_;
    Dispatch dispatch_;
    LinkPages pages_;
};

}  // namespace

int serve(Session& session, const std::string& listen) {
    const StopSignal signal;
    JobClock clock;
    const auto desk = session.workspace().connect();
    Dispatch dispatch(session, *desk);
    MadeWith made_with(session.workspace().plugin_folders());
    Scheduler scheduler = scheduler_of(session, *desk, dispatch, clock, made_with);
    Door door(session);
    const auto server = network().serve(listen.empty() ? dispatch.settings().listen : listen,
                                        [&door](const WebRequest& request) { return door.answer(request); });
    session.tell("delivery.serving", {{"port", std::to_string(server->port())}, {"url", dispatch.settings().mail.url}});
    Companion worker(session, "worker"), inbox(session, "inbox");
    for (int wait_ms = 0; !StopSignal::came();) {
        try {
            worker.watch();
            inbox.watch();
            while (scheduler.tick() > 0 && !StopSignal::came()) {
            }
            wait_ms = tick_ms;
        } catch (const Error& error) {
            if (!error.note().id.starts_with("store.")) throw;
            session.tell("jobs.store_away", {{"reason", session.say.say(error.note())}});
            wait_ms = std::clamp(wait_ms * 2, tick_ms, longest_wait_ms);
        }
        StopSignal::rest(wait_ms);
    }
    return 0;
}

}  // namespace siyu
