// SPDX-License-Identifier: Apache-2.0
#include "core/worker/crew.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <optional>
#include <thread>

#include "core/base/error.hpp"
#include "core/store/retry.hpp"
#include "core/worker/doubt.hpp"
#include "core/worker/message.hpp"
#include "core/worker/nursery.hpp"
#include "core/worker/served_tenant.hpp"

namespace siyu {

namespace {

using Clock = std::chrono::steady_clock;

// While some wait for what they asked the program, others compute.
std::size_t default_at_once() { return std::size_t{std::max(1U, std::thread::hardware_concurrency())} + 2; }

// How a process ended that did not say what came of its job.
Note way_out(int status, const Job& job) {
    const std::vector<std::pair<std::string, std::string>> plugin{{"plugin", job.plugin.id}};
    const auto with = [&plugin](const char* name, const std::string& value) {
        auto all = plugin;
        all.emplace_back(name, value);
        return all;
    };
    if (!WIFSIGNALED(status)) return {"worker.ended", with("code", std::to_string(WEXITSTATUS(status)))};
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU) return {"worker.too_slow", with("seconds", std::to_string(job.limits.seconds))};
    const char* name = ::sigabbrev_np(signal);
    return {"worker.crashed", with("signal", name ? std::string("SIG") + name : std::to_string(signal))};
}

// A call that the sandbox stopped: its number, and the file that it was about.
Note stopped(const std::string& body, const Job& job) {
    int call = 0;
    std::memcpy(&call, body.data(), std::min(body.size(), sizeof call));
    const std::string file = body.size() > sizeof call ? body.substr(sizeof call) : std::string();
    const std::string name = name_of_call(call);
    const char* id = name == "open" || name == "openat"    ? "worker.opens_file"
                     : name == "write" || name == "writev" ? "worker.prints"
                                                           : "worker.forbidden_call";
    Note note{id, {{"plugin", job.plugin.id}, {"call", name}, {"file", file}}};
    clean(note);
    return note;
}

}  // namespace

// The jobs of one run, from the first to the last.
class Crew::Shift {
  public:
    Shift(Crew& crew, std::vector<Job> jobs) : crew_(crew), jobs_(std::move(jobs)), outcomes_(jobs_.size()) {}
    ~Shift() {
        // Where the run is given up, nobody waits for the workers either.
        for (auto& [number, worker] : workers_) {
            crew_.nursery_->kill(number);
            if (worker.socket >= 0) ::close(worker.socket);
        }
    }
    Shift(const Shift&) = delete;
    Shift& operator=(const Shift&) = delete;

    void run(const std::function<void(std::size_t, Outcome)>& done) {
        const int wanted = jobs_.front().limits.at_once;
        const std::size_t most = wanted > 0 ? static_cast<std::size_t>(wanted) : default_at_once();
        std::size_t told = 0;
        while (told < jobs_.size()) {
            while (workers_.size() < most && next_ < jobs_.size()) start(next_++);
            wait();
            for (; told < jobs_.size() && outcomes_[told]; ++told) done(told, *std::move(outcomes_[told]));
        }
    }

  private:
    struct Worker {
        std::size_t job;
        int socket;
        Clock::time_point deadline;
        std::optional<ServedTenant> tenant;
        Inbox inbox = {};
        std::string unsent = {};
        std::optional<Outcome> outcome = {};
        std::optional<Note> stage = {};
        bool late = false;
    };

    void start(std::size_t number) {
        const Job& job = jobs_[number];
        int pair[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            throw Error(Error::unreachable, "worker.cannot_start", {{"words", std::strerror(errno)}});
        const std::uint32_t name = ++crew_.last_worker_;
        Worker& worker =
            workers_.emplace(name, Worker{number, pair[0], Clock::now() + std::chrono::seconds(job.limits.seconds), {}})
                .first->second;
        if (job.assignment) worker.tenant.emplace(*crew_.database_, job.assignment->tenant.number);
        crew_.nursery_->start(name, pair[1]);
        worker.unsent = framed(Message::job, write(job));
    }

    // Until something happens, and does what it asks for.
    void wait() {
        std::vector<pollfd> watched{{crew_.nursery_->socket(), POLLIN, 0}};
        std::vector<std::uint32_t> names{0};
        Clock::time_point first = Clock::now() + std::chrono::hours(1);
        for (auto& [name, worker] : workers_) {
            if (!worker.late) first = std::min(first, worker.deadline);
            if (worker.socket < 0) continue;
            const int wanted = POLLIN | (worker.unsent.empty() ? 0 : POLLOUT);
            watched.push_back({worker.socket, static_cast<short>(wanted), 0});
            names.push_back(name);
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
        if (::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(left, 0)) + 1) < 0) return;
        for (std::size_t i = 1; i < watched.size(); ++i) {
            Worker& worker = workers_.at(names[i]);
            if (watched[i].revents & (POLLIN | POLLHUP | POLLERR)) listen(worker);
            if (worker.socket >= 0) speak(worker);
        }
        if (watched[0].revents) farewell();
        for (auto& [name, worker] : workers_)
            if (!worker.late && Clock::now() >= worker.deadline) {
                worker.late = true;
                crew_.nursery_->kill(name);
            }
    }

    void listen(Worker& worker) {
        char piece[std::size_t{1} << 16];
        const ssize_t got = ::recv(worker.socket, piece, sizeof piece, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) return hang_up(worker);
        const Job& job = jobs_[worker.job];
        try {
            worker.inbox.add({piece, static_cast<std::size_t>(got)});
            while (auto message = worker.inbox.next()) {
                if (message->kind == Message::outcome) {
                    Outcome outcome = read_outcome(message->body);
                    doubt(job, outcome);
                    worker.outcome = std::move(outcome);
                } else if (message->kind == Message::forbidden)
                    worker.outcome = failed(stopped(message->body, job));
                else if (message->kind == Message::stage)
                    clean(worker.stage.emplace(read_note(message->body)));
                else if (worker.tenant && worker.unsent.empty())
                    worker.unsent = worker.tenant->answer(*message);
                else  // a worker waits for its answer; what nobody reads would pile up here
                    throw Error(Error::refused, "worker.bad_message");
                if (worker.outcome) return hang_up(worker);  // the last word was said
            }
        } catch (Error& error) {
            if (may_try_again(error)) throw;  // the store's, for all of them
            worker.outcome = failed(error.at("plugin", job.plugin.id).note());
            hang_up(worker);
        } catch (const std::exception&) {  // whatever it was brought to do, it was this worker that did it
            worker.outcome = failed({"worker.bad_message", {{"plugin", job.plugin.id}}});
            hang_up(worker);
        }
    }

    static void speak(Worker& worker) {
        while (!worker.unsent.empty()) {
            const ssize_t sent =
                ::send(worker.socket, worker.unsent.data(), worker.unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN) return;
            if (sent <= 0) return hang_up(worker);
            worker.unsent.erase(0, static_cast<std::size_t>(sent));
        }
    }

    static void hang_up(Worker& worker) {
        ::close(worker.socket);
        worker.socket = -1;
        worker.unsent.clear();
    }

    void farewell() {
        Farewell told{};
        if (!crew_.nursery_->receive(told)) throw Error(Error::unreachable, "worker.lost");
        const auto found = workers_.find(told.worker);
        if (found == workers_.end()) return;
        Worker& worker = found->second;
        while (worker.socket >= 0 && !worker.outcome) listen_to_the_end(worker);
        const Job& job = jobs_[worker.job];
        if (!worker.outcome && worker.late)
            worker.outcome = failed(
                {"worker.too_slow", {{"plugin", job.plugin.id}, {"seconds", std::to_string(job.limits.seconds)}}});
        if (!worker.outcome) worker.outcome = failed(way_out(told.status, job));
        worker.outcome->stage = std::move(worker.stage);
        outcomes_[worker.job] = std::move(worker.outcome);
        if (worker.socket >= 0) ::close(worker.socket);
        workers_.erase(found);
    }

    // What it had still said when it ended.
    void listen_to_the_end(Worker& worker) {
        pollfd one{worker.socket, POLLIN, 0};
        if (::poll(&one, 1, 0) <= 0) return hang_up(worker);
        listen(worker);
    }

    static Outcome failed(Note note) {
        Outcome outcome;
        outcome.fault = {Error::refused, std::move(note)};
        return outcome;
    }

    Crew& crew_;
    std::vector<Job> jobs_;
    std::vector<std::optional<Outcome>> outcomes_;
    std::map<std::uint32_t, Worker> workers_;
    std::size_t next_ = 0;
};

Crew::Crew(Database* database, std::string preload) : database_(database), preload_(std::move(preload)) {}
Crew::~Crew() = default;

void Crew::run(std::vector<Job> jobs, const std::function<void(std::size_t job, Outcome outcome)>& done) {
    if (jobs.empty()) return;
    if (!nursery_) nursery_ = std::make_unique<Nursery>(preload_);
    // An import that comes in between must not show in half of the figures.
    std::optional<Snapshot> moment;
    if (database_) moment.emplace(*database_);
    Shift(*this, std::move(jobs)).run(done);
}

Outcome Crew::run(Job job) {
    Outcome found;
    std::vector<Job> jobs;
    jobs.push_back(std::move(job));
    run(std::move(jobs), [&found](std::size_t, Outcome outcome) { found = std::move(outcome); });
    return found;
}

}  // namespace siyu
