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
    Shift(Crew& crew, std::vector<Job> jobs) : crew_(crew), jobs_(std::move(jobs)), outcomes_(jobs_.size()) {
        const int wanted = jobs_.front().limits.at_once;
        const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
        // While some sealed ones wait for what they asked the program, others compute.
        most_ = wanted > 0 ? static_cast<std::size_t>(wanted) : processors + 2;
        most_clerks_ = wanted > 0 ? most_ : processors;
        for (const auto& [name, socket] : std::exchange(crew.clerks_, {}))
            workers_.emplace(name, Worker{true, {}, socket, {}});
    }
    ~Shift() {
        for (auto& [name, worker] : workers_) {
            if (worker.clerk && !worker.job && worker.socket >= 0) {
                crew_.clerks_.emplace_back(name, worker.socket);  // for the next run
                continue;
            }
            // Where the run is given up, nobody waits for the workers either.
            if (worker.job) crew_.nursery_->kill(name);
            if (worker.socket >= 0) ::close(worker.socket);
        }
    }
    Shift(const Shift&) = delete;
    Shift& operator=(const Shift&) = delete;

    void run(const std::function<void(std::size_t, Outcome)>& done) {
        std::size_t told = 0;
        while (told < jobs_.size()) {
            while (next_ < jobs_.size() && give_out(next_)) ++next_;
            for (; told < jobs_.size() && outcomes_[told]; ++told) done(told, *std::move(outcomes_[told]));
            if (told < jobs_.size()) wait();
        }
    }

  private:
    struct Worker {
        bool clerk;
        std::optional<std::size_t> job;  // that it is at; a clerk waits for the next one
        int socket;
        Clock::time_point deadline;
        std::optional<ServedTenant> tenant = {};
        Inbox inbox = {};
        std::string unsent = {};
        std::optional<Outcome> outcome = {};
        std::vector<std::string> pages = {};
        std::optional<Note> stage = {};
        bool late = false;
    };

    // False where all have their hands full.
    bool give_out(std::size_t number) {
        const Job& job = jobs_[number];
        const bool for_clerk = !job.blueprint.empty();
        Worker* taker = nullptr;
        std::size_t clerks = 0, busy = 0;
        for (auto& [name, worker] : workers_) {
            clerks += worker.clerk;
            busy += worker.job.has_value();
            if (for_clerk && worker.clerk && !worker.job && worker.socket >= 0) taker = &worker;
        }
        if (busy >= most_ || (for_clerk && !taker && clerks >= most_clerks_)) return false;
        if (!taker) taker = &start(for_clerk);
        taker->job = number;
        taker->deadline = Clock::now() + std::chrono::seconds(job.limits.seconds);
        if (job.assignment && !for_clerk) taker->tenant.emplace(*crew_.database_, job.assignment->tenant.number);
        taker->unsent += framed(Message::job, write(job));
        speak(*taker);
        return true;
    }

    Worker& start(bool clerk) {
        int pair[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            throw Error(Error::unreachable, "worker.cannot_start", {{"words", std::strerror(errno)}});
        const std::uint32_t name = ++crew_.last_worker_;
        Worker& worker = workers_.emplace(name, Worker{clerk, {}, pair[0], {}}).first->second;
        crew_.nursery_->start(name, pair[1]);
        if (clerk) worker.unsent = framed(Message::store, write(*crew_.store_));
        return worker;
    }

    // Until something happens, and does what it asks for.
    void wait() {
        std::vector<pollfd> watched{{crew_.nursery_->socket(), POLLIN, 0}};
        std::vector<std::uint32_t> names{0};
        Clock::time_point first = Clock::now() + std::chrono::hours(1);
        for (auto& [name, worker] : workers_) {
            if (worker.job && !worker.late) first = std::min(first, worker.deadline);
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
            if (worker.job && !worker.late && Clock::now() >= worker.deadline) {
                worker.late = true;
                crew_.nursery_->kill(name);
            }
    }

    void listen(Worker& worker) {
        char piece[std::size_t{1} << 16];
        const ssize_t got = ::recv(worker.socket, piece, sizeof piece, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) return hang_up(worker);
        if (!worker.job) return hang_up(worker);  // nobody asked
        const Job& job = jobs_[*worker.job];
        try {
            worker.inbox.add({piece, static_cast<std::size_t>(got)});
            while (auto message = worker.inbox.next()) {
                if (message->kind == Message::outcome) {
                    Outcome outcome = read_outcome(message->body);
                    if (outcome.pages.size() != worker.pages.size()) throw Error(Error::refused, "worker.bad_message");
                    for (Page& page : outcome.pages) page.bytes = std::move(worker.pages[&page - outcome.pages.data()]);
                    worker.pages.clear();
                    doubt(job, outcome);
                    worker.outcome = std::move(outcome);
                } else if (message->kind == Message::page && worker.pages.size() < job.pages.size()) {
                    worker.pages.push_back(std::move(message->body));
                } else if (message->kind == Message::forbidden)
                    worker.outcome = failed(stopped(message->body, job));
                else if (message->kind == Message::stage)
                    clean(worker.stage.emplace(read_note(message->body)));
                else if (worker.tenant && worker.unsent.empty())
                    worker.unsent = worker.tenant->answer(*message);
                else  // a worker waits for its answer; what nobody reads would pile up here
                    throw Error(Error::refused, "worker.bad_message");
                if (worker.outcome) return last_word(worker);
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

    // Of its job. What a plugin may have entered is believed when it has ended; a clerk is free for the next one.
    void last_word(Worker& worker) {
        if (!worker.clerk) return hang_up(worker);
        if (worker.outcome->fault) {
            const Error error(worker.outcome->fault->code, worker.outcome->fault->note);
            if (may_try_again(error)) throw Error(error);  // the store's, for all of them
        }
        outcomes_[*worker.job] = std::exchange(worker.outcome, std::nullopt);
        worker.job.reset();
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
        if (worker.job) settle(worker, told.status);
        if (worker.socket >= 0) ::close(worker.socket);
        workers_.erase(found);
    }

    // It has ended, with an outcome or without.
    void settle(Worker& worker, int status) {
        const Job& job = jobs_[*worker.job];
        if (!worker.outcome && worker.late)
            worker.outcome = failed(
                {"worker.too_slow", {{"plugin", job.plugin.id}, {"seconds", std::to_string(job.limits.seconds)}}});
        if (!worker.outcome) worker.outcome = failed(way_out(status, job));
        worker.outcome->stage = std::move(worker.stage);
        outcomes_[*worker.job] = std::move(worker.outcome);
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
    std::size_t next_ = 0, most_ = 0, most_clerks_ = 0;
};

Crew::Crew(Database* database, std::string preload) : database_(database), preload_(std::move(preload)) {}
Crew::Crew(Database& database, StorePlace store) : database_(&database), store_(std::move(store)) {}
Crew::~Crew() {
    for (const auto& [name, socket] : clerks_) ::close(socket);
}

std::vector<Outcome> Crew::ask_for_blueprints(std::vector<Job>& jobs) {
    std::vector<Outcome> said(jobs.size());
    std::vector<Job> inquiries;
    std::map<std::string, std::size_t> known;  // inquiries by their bytes
    std::vector<std::optional<std::size_t>> asked(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!store_ || jobs[i].task != Job::Task::report) continue;
        Job inquiry;
        inquiry.task = Job::Task::declare;
        inquiry.places = jobs[i].places;
        inquiry.plugin = jobs[i].plugin;
        inquiry.settings = jobs[i].settings;
        inquiry.limits = jobs[i].limits;
        const auto [found, fresh] = known.try_emplace(write(inquiry), inquiries.size());
        if (fresh) inquiries.push_back(std::move(inquiry));
        asked[i] = found->second;
    }
    if (inquiries.empty()) return said;
    std::vector<Outcome> answers(inquiries.size());
    Shift(*this, std::move(inquiries)).run([&](std::size_t inquiry, Outcome answer) {
        answers[inquiry] = std::move(answer);
    });
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!asked[i]) continue;
        const Outcome& answer = answers[*asked[i]];
        jobs[i].blueprint = answer.blueprint;
        if (answer.fault || !answer.blueprint.empty()) said[i] = answer;  // else it will be said again
    }
    return said;
}

void Crew::run(std::vector<Job> jobs, const std::function<void(std::size_t job, Outcome outcome)>& done) {
    if (jobs.empty()) return;
    if (!nursery_) nursery_ = std::make_unique<Nursery>(preload_, store_.has_value());
    std::vector<Outcome> said = ask_for_blueprints(jobs);
    std::vector<Job> left;
    std::vector<std::size_t> numbers;  // of those left
    bool sealed = false;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (said[i].fault) continue;
        sealed = sealed || jobs[i].blueprint.empty();
        numbers.push_back(i);
        left.push_back(std::move(jobs[i]));
    }
    std::size_t told = 0;
    const auto tell_faults_before = [&](std::size_t number) {
        for (; told < number; ++told) done(told, std::move(said[told]));
    };
    // An import that comes in between must not show in half of the figures.
    std::optional<Snapshot> moment;
    if (database_ && sealed) moment.emplace(*database_);
    if (!left.empty())
        Shift(*this, std::move(left)).run([&](std::size_t at, Outcome outcome) {
            const std::size_t number = numbers[at];
            tell_faults_before(number);
            outcome.remarks.insert(outcome.remarks.begin(), said[number].remarks.begin(), said[number].remarks.end());
            outcome.log.insert(outcome.log.begin(), said[number].log.begin(), said[number].log.end());
            done(number, std::move(outcome));
            told = number + 1;
        });
    tell_faults_before(jobs.size());
}

Outcome Crew::run(Job job) {
    Outcome found;
    std::vector<Job> jobs;
    jobs.push_back(std::move(job));
    run(std::move(jobs), [&found](std::size_t, Outcome outcome) { found = std::move(outcome); });
    return found;
}

}  // namespace siyu
