// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <random>
#include <thread>

#include "core/app/commands.hpp"
#include "core/app/jobs.hpp"
#include "core/app/printing.hpp"
#include "core/app/stop_signal.hpp"
#include "core/jobs/heartbeat.hpp"
#include "core/jobs/leases.hpp"
#include "core/jobs/pages.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/worker_name.hpp"
#include "core/jobs/writing.hpp"
#include "core/ledger/recompute.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

constexpr int poll_ms = 1000;
constexpr int drain_poll_ms = 100;
constexpr int longest_wait_ms = 30'000;  // for a store that does not answer
constexpr std::int64_t sweep_every_ms = 3'600'000;
constexpr std::size_t sweep_at_a_time = 500;

bool is_of_store(const Error& error) { return error.note().id.starts_with("store."); }
// Until a person does something, the same will come of it.
bool is_hopeless(const Error& error) {
    return error.code() != Error::unreachable && !error.note().id.starts_with("worker.");
}

// One `siyu worker` from its start to its stop. Jobs are taken and ended on one connection while figures are read on
// another, from one moment for all reports of a round.
class WorkingDay {
  public:
    WorkingDay(Session& session, const WorkerOptions& options)
        : session_(session),
          options_(options),
          rules_(session.workspace().job_rules()),
          limits_(session.workspace().limits()),
          desk_(session.workspace().connect()),
          leases_(*desk_, rules_, clock_, own_worker_name()),
          queue_(*desk_, rules_, clock_),
          heartbeat_([&session] { return session.workspace().connect(); }, rules_),
          made_with_(session.workspace().plugin_folders()),
          folder_(session.workspace().folder() / "reports"),
          printing_(session) {
        if (options.at_once > 0) limits_.at_once = options.at_once;
        for (const std::string& name : options.only) {
            const auto kind = parse_job_kind(name);
            if (!kind) throw Error(Error::wrong_use, "jobs.bad_kind", {{"kind", name}});
            kinds_.push_back(*kind);
        }
        // What is made waits for nothing more than to be delivered.
        if (kinds_.empty()) kinds_ = {JobKind::deliver, JobKind::recompute, JobKind::render};
    }

    int run() {
        for (int wait_ms = 0; !StopSignal::came() && !orphaned();) {
            try {
                if (wait_ms > 0) leases_.give_back_all();
                wait_ms = 0;
                if (round()) continue;
                if (options_.drain && !queue_.any_left(kinds_)) break;
                idle();
            } catch (const Error& error) {
                if (!is_of_store(error) || !ever_) throw;
                if (wait_ms == 0) session_.tell("jobs.store_away", {{"reason", session_.say.say(error.note())}});
                wait_ms = std::clamp(wait_ms * 2, 500, longest_wait_ms);
                StopSignal::rest(wait_ms);
            }
        }
        session_.tell("jobs.worked", {{"done", std::to_string(done_)}, {"failed", std::to_string(failed_)}});
        return options_.drain && failed_ > 0 ? 1 : 0;
    }

  private:
    bool orphaned() const { return options_.beside && ::getppid() != parent_; }

    // Takes what is due and does it. False where nothing was.
    bool round() {
        take_back();
        bool any = false;
        for (const JobKind kind : kinds_) {
            const auto jobs = leases_.take(kind, handful(kind));
            if (jobs.empty()) continue;
            any = true;
            in_hand_ = jobs;
            for (const QueuedJob& job : jobs) heartbeat_.hold(job);
            try {
                if (kind == JobKind::render) render(jobs);
                if (kind != JobKind::render)
                    for (const QueuedJob& job : jobs)
                        if (!StopSignal::came()) one_by_one(job);
                give_back_the_rest();
            } catch (...) {
                for (const QueuedJob& job : in_hand_) heartbeat_.let_go(job);
                in_hand_.clear();
                throw;
            }
            std::fflush(stdout);
            if (StopSignal::came()) break;
        }
        return any;
    }

    // So many that no processor waits at the end of a round, so few that others have some too.
    std::size_t handful(JobKind kind) const {
        if (kind == JobKind::recompute) return 1;
        if (kind == JobKind::deliver) return 64;
        const int side_by_side =
            limits_.at_once > 0 ? limits_.at_once : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        return static_cast<std::size_t>(side_by_side) * 4;
    }

    void take_back() {
        const std::int64_t now = clock_.steady_milliseconds();
        if (looked_at_ != 0 && now - looked_at_ < poll_ms) return;
        looked_at_ = now;
        if (const std::size_t count = leases_.take_back(watch_); count > 0)
            session_.tell("jobs.taken_back", {{"count", std::to_string(count)}});
        ever_ = true;
    }

    void idle() {
        if (clock_.steady_milliseconds() >= sweep_at_) {
            sweep_at_ = clock_.steady_milliseconds() + sweep_every_ms;
            try {
                queue_.sweep(sweep_at_a_time);
            } catch (const Error& error) {
                if (!may_try_again(error)) throw;  // somebody else sweeps
            }
        }
        std::uniform_real_distribution<> about(0.8, 1.2);
        StopSignal::rest(static_cast<int>((options_.drain ? drain_poll_ms : poll_ms) * about(random_)));
    }

    void render(const std::vector<QueuedJob>& taken) {
        struct Report {
            QueuedJob job;
            Tenant tenant;
            ReportOrder order;
            Basis basis;
        };
        std::vector<Report> reports;
        std::vector<Job> jobs;
        for (const QueuedJob& job : taken) try {
                // The basis first: what changes in between makes the report due again rather than too old unseen.
                Basis basis = current_basis(session_.database(), job.key.tenant, made_with_.text());
                Report report{job, Tenants(session_.database()).find(job.key.tenant), order_of(job.key), basis};
                Job made = session_.report_job(report.tenant, report.order.period(), true);
                made.language = report.order.language;
                made.limits = limits_;
                made.pages = pages_of(report.order);
                jobs.push_back(std::move(made));
                reports.push_back(std::move(report));
            } catch (const Error& error) {
                if (is_of_store(error)) throw;
                fail(job, error);
            }
        struct Stopped {};
        try {
            if (!crew_) crew_.emplace(session_.database(), session_.workspace().store_place());
            crew_->run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
                const Report& report = reports[number];
                // Who stops us may have stopped the sealed processes as well: that is no fault of the plugin's.
                if (!outcome.fault || !StopSignal::came())
                    settle(report.job, report.tenant, report.order, report.basis, outcome);
                if (StopSignal::came()) throw Stopped{};
            });
        } catch (const Stopped&) {
        } catch (const Error& error) {
            crew_.reset();
            if (is_of_store(error)) throw;
            if (StopSignal::came()) return;
            for (const QueuedJob& job : std::vector<QueuedJob>(in_hand_)) fail(job, error);
        }
    }

    void settle(const QueuedJob& job, const Tenant& tenant, const ReportOrder& order, const Basis& basis,
                const Outcome& outcome) {
        session_.tell(outcome);
        if (outcome.fault) return fail(job, Error(outcome.fault->code, outcome.fault->note));
        std::vector<StoredPage> pages;
        for (const std::string& audience : order.audiences)
            for (const std::string& format : order.formats)
                pages.push_back({audience, format, outcome.held, outcome.pages[pages.size()].bytes});
        const bool ours = at_last([&] {
            return leases_.finish(job, basis, [&] {
                Pages(*desk_, tenant.number).put(order, pages, job.fence, clock_.seconds());
                if (outcome.formulas) FormulaHistory(*desk_, tenant.number).keep(*outcome.formulas);
                // Documents alone are for the outbox, which asks for them itself.
                if (order.formats != std::vector<std::string>{"document"})
                    queue_.ask(delivery_job(tenant.number, order), {0, mark_of(pages)});
            });
        });
        end(job, ours);
        if (!ours || (!outcome.held && !outcome.incomplete)) return;
        session_.tell(outcome.held ? "app.report_held" : "app.report_marked", {{"tenant", tenant.id}});
    }

    void one_by_one(const QueuedJob& job) {
        try {
            if (job.key.kind == JobKind::deliver)
                deliver(job);
            else
                recompute_ledger(job);
        } catch (const Error& error) {
            if (is_of_store(error)) throw;
            fail(job, error);
        }
    }

    void hand_over(const QueuedJob& job, const DeliveryKey& key) {
        if (!dispatch_) dispatch_.emplace(session_, *desk_);
        const Dispatch::Result result = dispatch_->hand_over(key, job, leases_);
        const Tenant tenant = Tenants(*desk_).find(key.tenant);
        if (result.kind == Dispatch::Result::Kind::lost) return end(job, false);
        if (result.kind == Dispatch::Result::Kind::stopped) return;  // given back with the rest
        if (result.kind == Dispatch::Result::Kind::again) {
            const bool ours = at_last([&] {
                Writing writing(*desk_);
                const bool failed = result.put_off > 0 ? leases_.put_off(job, *result.reason, result.put_off)
                                                       : leases_.fail(job, *result.reason, false);
                if (failed) Outbox(*desk_).save(result.delivery);
                writing.commit();
                return failed;
            });
            end(job, ours, true);
            session_.tell("jobs.failed",
                          {{"job", job_name(tenant, job)}, {"reason", session_.say.say(*result.reason)}});
            return;
        }
        const bool ours = at_last([&] {
            return leases_.finish(job, job.asked, [&] {
                Outbox(*desk_).save(result.delivery);
                if (result.reason && !key.is_notice())
                    dispatch_->notify(tenant,
                                      "notice:failed:" + key.about + ":" + std::to_string(key.recipient) + ":" +
                                          std::to_string(job.fence),
                                      *result.reason);
            });
        });
        // What a later edition replaces is no failure.
        end(job, ours,
            result.delivery.state != DeliveryState::sent && result.delivery.state != DeliveryState::cancelled);
        if (ours && result.delivery.state == DeliveryState::sent)
            session_.tell("delivery.sent",
                          {{"report", tenant.id + ":" + key.about}, {"address", result.delivery.address}});
    }

    void deliver(const QueuedJob& job) {
        if (const auto key = delivery_of(job.key)) return hand_over(job, *key);
        const ReportOrder order = order_of(job.key);
        const Tenant tenant = Tenants(*desk_).find(job.key.tenant);
        const auto pages = Pages(*desk_, job.key.tenant).get(order);
        if (!leases_.holds(job)) return end(job, false);
        std::vector<std::string> files;
        for (const StoredPage& page : pages)
            files.push_back(folder_
                                .write(tenant.id, file_name(order, page.audience, page.format),
                                       printing_.file(tenant, order, page.audience, page.format, page.bytes), true)
                                .string());
        const bool ours = at_last([&] { return leases_.finish(job, {0, mark_of(pages)}); });
        // The pages may be older than those that the next one wrote: once more, then.
        if (!ours)
            retrying([&] {
                if (const auto now = queue_.find(job.key); now && now->state != JobState::cancelled)
                    queue_.ask(job.key, {0, "after " + std::to_string(job.fence)});
            });
        end(job, ours);
        for (const std::string& file : files)
            if (ours) Session::print(file + "\n");
    }

    void recompute_ledger(const QueuedJob& job) {
        const Tenant tenant = Tenants(session_.database()).find(job.key.tenant);
        const auto faults =
            retrying([&] { return recompute(session_.database(), tenant.number, Zone(tenant.timezone), true); });
        if (!faults.empty())
            session_.tell("jobs.ledger_mended", {{"tenant", tenant.id}, {"count", std::to_string(faults.size())}});
        end(job, at_last([&] { return leases_.finish(job, job.asked); }));
    }

    void fail(const QueuedJob& job, const Error& error) {
        const bool ours = at_last([&] { return leases_.fail(job, error.note(), is_hopeless(error)); });
        end(job, ours, true);
        if (!ours) return;
        session_.tell("jobs.failed", {{"job", job_name(Tenants(*desk_).find(job.key.tenant), job)},
                                      {"reason", session_.say.say(error.note())}});
    }

    // The end of a job can be said twice: the second time it is known whether the first one was heard.
    bool at_last(const std::function<bool()>& say) {
        for (Pause pause;;) {
            try {
                return say();
            } catch (const Error& error) {
                if ((!may_try_again(error) && !unsure(error)) || !pause.wait()) throw;
            }
        }
    }

    // `ours`: false where another one had taken it meanwhile.
    void end(const QueuedJob& job, bool ours, bool failed = false) {
        heartbeat_.let_go(job);
        std::erase_if(in_hand_, [&](const QueuedJob& other) { return other.key == job.key; });
        if (!ours)
            session_.tell("jobs.lost_lease", {{"job", job.key.name}});
        else
            ++(failed ? failed_ : done_);
    }

    void give_back_the_rest() {
        for (const QueuedJob& job : std::vector<QueuedJob>(in_hand_)) {
            at_last([&] { return leases_.give_back(job); });
            heartbeat_.let_go(job);
        }
        in_hand_.clear();
    }

    Session& session_;
    const WorkerOptions& options_;
    const JobRules rules_;
    Limits limits_;
    std::vector<JobKind> kinds_;
    JobClock clock_;
    std::unique_ptr<Database> desk_;
    LeaseWatch watch_{clock_};
    Leases leases_;
    Queue queue_;
    Heartbeat heartbeat_;
    MadeWith made_with_;
    ReportFolder folder_;
    Printing printing_;
    std::optional<Dispatch> dispatch_;
    std::optional<Crew> crew_;
    std::vector<QueuedJob> in_hand_;
    std::mt19937 random_{std::random_device{}()};
    std::int64_t looked_at_ = 0, sweep_at_ = 0;
    std::size_t done_ = 0, failed_ = 0;
    bool ever_ = false;  // the store answered
    const pid_t parent_ = ::getppid();
};

}  // namespace

int worker(Session& session, const WorkerOptions& options) {
    const StopSignal signal;
    return WorkingDay(session, options).run();
}

}  // namespace siyu
