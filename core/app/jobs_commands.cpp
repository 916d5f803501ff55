// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/jobs.hpp"
#include "core/app/report_work.hpp"
#include "core/base/text_table.hpp"
#include "core/delivery/outbox.hpp"
#include "core/jobs/queue.hpp"
#include "core/jobs/worker_name.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* agency_zone = "Asia/Shanghai";

std::string time_text(std::int64_t seconds) {
    static const Zone zone(agency_zone);
    return seconds > 0 ? zone.text({seconds * micros_per_second}) : std::string{};
}

// The brands by their numbers.
class Owners {
  public:
    explicit Owners(Database& database) {
        for (Tenant& tenant : Tenants(database).list()) tenants_.emplace(tenant.number, std::move(tenant));
    }
    Tenant of(const QueuedJob& job) const {
        const auto found = tenants_.find(job.key.tenant);
        return found != tenants_.end() ? found->second
                                       : Tenant{job.key.tenant, std::to_string(job.key.tenant), {}, {}, {}};
    }
    std::string name(const QueuedJob& job) const { return job_name(of(job), job); }
    const Tenant* find(const std::string& id) const {
        for (const auto& [number, tenant] : tenants_)
            if (tenant.id == id) return &tenant;
        return nullptr;
    }

  private:
    std::map<std::int64_t, Tenant> tenants_;
};

std::vector<JobState> chosen_states(const std::string& text) {
    if (text == "all") return {};
    // What is to be done or looked at.
    if (text.empty()) return {JobState::due, JobState::running, JobState::failing, JobState::given_up};
    if (const auto state = parse_job_state(text)) return {*state};
    throw Error(Error::wrong_use, "jobs.bad_state", {{"state", text}});
}

// The job of this name, or the only one whose name begins so.
QueuedJob find_job(Queue& queue, const Owners& owners, const std::string& name) {
    const Tenant* owner = owners.find(name.substr(0, name.find(':')));
    std::vector<QueuedJob> found;
    if (owner)
        for (QueuedJob& job : queue.list(owner->number)) {
            const std::string whole = owners.name(job);
            if (whole == name) return job;
            if (whole.starts_with(name)) found.push_back(std::move(job));
        }
    if (found.empty()) throw Error(Error::wrong_use, "jobs.unknown", {{"job", name}});
    if (found.size() == 1) return found[0];
    Note note{"jobs.several", {{"job", name}, {"count", std::to_string(found.size())}}};
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i)
        note.parts.push_back({"jobs.one", {{"job", owners.name(found[i])}}});
    throw Error(Error::wrong_use, note);
}

Json json_of(const QueuedJob& job, const Owners& owners, const Catalogue& say) {
    const auto time = [](std::int64_t seconds) { return seconds > 0 ? Json(time_text(seconds)) : Json(nullptr); };
    return {{"job", owners.name(job)},
            {"tenant", owners.of(job).id},
            {"kind", std::string(to_string(job.key.kind))},
            {"state", std::string(to_string(job.state))},
            {"due_at", time(job.due_at)},
            {"asked_at", time(job.asked_at)},
            {"finished_at", time(job.finished_at)},
            {"attempts", job.attempts},
            {"losses", job.losses},
            {"worker", job.worker.empty() ? Json(nullptr) : Json(short_worker_name(job.worker))},
            {"reason", job.reason ? Json(say.say(*job.reason)) : Json(nullptr)}};
}

}  // namespace

std::string job_name(const Tenant& tenant, const QueuedJob& job) {
    return tenant.id + ":" + std::string(to_string(job.key.kind)) + ":" + job.key.name;
}

int ask_for_reports(Session& session, const std::vector<Tenant>& tenants, const std::vector<ReportOrder>& orders) {
    constexpr std::size_t at_a_time = 256;
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    const std::string with = MadeWith(session.workspace().plugin_folders()).text();
    std::map<Answer, std::size_t> answers;
    for (std::size_t first = 0; first < tenants.size(); first += at_a_time) {
        const std::size_t end = std::min(tenants.size(), first + at_a_time);
        const auto some = retrying([&] {
            std::map<Answer, std::size_t> counts;
            Writing writing(session.database());
            for (std::size_t i = first; i < end; ++i)
                ++counts[queue.ask(render_job(tenants[i].number, orders[i]),
                                   current_basis(session.database(), tenants[i].number, with))];
            writing.commit();
            return counts;
        });
        for (const auto& [answer, count] : some) answers[answer] += count;
    }
    for (std::size_t i = 0; i < tenants.size(); ++i) {
        QueuedJob job;
        job.key = render_job(tenants[i].number, orders[i]);
        Session::print(job_name(tenants[i], job) + "\n");
    }
    session.tell("jobs.asked", {{"due", std::to_string(answers[Answer::due])},
                                {"waits", std::to_string(answers[Answer::waits])},
                                {"done", std::to_string(answers[Answer::done])}});
    if (answers[Answer::stands] == 0) return 0;
    session.tell("jobs.some_stand", {{"count", std::to_string(answers[Answer::stands])}});
    return 1;
}

int jobs_list(Session& session, const JobsOptions& options) {
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    std::optional<std::int64_t> tenant;
    if (!options.tenant.empty()) tenant = Tenants(session.database()).find(options.tenant).number;
    const auto states = chosen_states(options.state);
    const Owners owners(session.database());
    const Catalogue& say = session.say;
    TextTable table({say("jobs.column.job"), say("jobs.column.state"), say("jobs.column.due"), say("jobs.column.tries"),
                     say("jobs.column.worker"), say("jobs.column.reason")},
                    {false, false, false, true, false, false});
    Json list = Json::array();
    for (const QueuedJob& job : queue.list(tenant, states)) {
        const bool waits = job.state == JobState::due || job.state == JobState::failing;
        table.add({owners.name(job), say("jobs.state." + std::string(to_string(job.state))),
                   waits ? time_text(job.due_at) : "", std::to_string(job.attempts), short_worker_name(job.worker),
                   job.reason ? say.say(*job.reason) : ""});
        list.push_back(json_of(job, owners, say));
    }
    if (!options.json && list.empty())
        session.tell("jobs.none");
    else
        Session::print(options.json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    return 0;
}

int jobs_retry(Session& session, const JobsOptions& options) {
    if (options.jobs.empty() != options.all_failing) throw Error(Error::wrong_use, "jobs.which");
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    const Owners owners(session.database());
    std::vector<QueuedJob> jobs;
    if (options.all_failing) jobs = queue.list(std::nullopt, {JobState::failing, JobState::given_up});
    for (const std::string& name : options.jobs) jobs.push_back(find_job(queue, owners, name));
    int left = 0;
    for (const QueuedJob& job : jobs) {
        // A mail that came to its end is no matter of its job any more.
        if (const auto key = delivery_of(job.key)) {
            const auto delivery = Outbox(session.database()).find(*key);
            if (delivery && delivery->state != DeliveryState::queued && delivery->state != DeliveryState::handing) {
                session.tell("jobs.ended_mail", {{"delivery", name_of(owners.of(job).id, *key)}});
                ++left;
                continue;
            }
        }
        const bool due = retrying([&] { return queue.retry(job); });
        session.tell(due ? "jobs.due_again" : "jobs.under_way", {{"job", owners.name(job)}});
        left += due ? 0 : 1;
    }
    if (jobs.empty()) session.tell("jobs.none_failing");
    return left > 0 ? 1 : 0;
}

int jobs_cancel(Session& session, const JobsOptions& options) {
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    const Owners owners(session.database());
    std::vector<QueuedJob> jobs;
    for (const std::string& name : options.jobs) jobs.push_back(find_job(queue, owners, name));
    int left = 0;
    for (QueuedJob job : jobs) {
        bool cancelled = retrying([&] { return queue.cancel(job); });
        // It may have been taken or ended since it was looked at.
        for (int i = 0; i < 5 && !cancelled; ++i) {
            const auto now = queue.find(job.key);
            if (!now || now->state == JobState::done) break;
            cancelled = retrying([&] { return queue.cancel(*now); });
        }
        session.tell(cancelled ? "jobs.cancelled" : "jobs.done_already", {{"job", owners.name(job)}});
        left += cancelled ? 0 : 1;
    }
    return left > 0 ? 1 : 0;
}

int jobs_recompute(Session& session, const JobsOptions& options) {
    JobClock clock;
    Queue queue(session.database(), session.workspace().job_rules(), clock);
    std::size_t due = 0;
    for (const Tenant& tenant : session.tenants(options.jobs)) {
        QueuedJob job;
        job.key = {tenant.number, JobKind::recompute, "ledger"};
        // Asked for by a person, who has a reason that no revision knows of.
        const Basis basis{0, std::to_string(clock.seconds())};
        if (retrying([&] { return queue.ask(job.key, basis); }) == Answer::due) ++due;
        Session::print(job_name(tenant, job) + "\n");
    }
    session.tell("jobs.recompute_asked", {{"count", std::to_string(due)}});
    return 0;
}

}  // namespace siyu
