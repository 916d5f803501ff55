// SPDX-License-Identifier: Apache-2.0
#include "core/worker/work.hpp"

#include <chrono>
#include <cstdio>
#include <new>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/blueprint/blueprint_bytes.hpp"
#include "core/worker/clerk.hpp"
#include "core/worker/report.hpp"
#include "core/worker/served_tenant.hpp"
#include "reports/explain.hpp"

namespace siyu {

namespace {

void describe(const Blueprint& blueprint, const Catalogue& say, Outcome& outcome) {
    using Json = nlohmann::ordered_json;
    Json kpis = Json::array();
    outcome.text = blueprint.plugin + " " + blueprint.version + "\n";
    for (const Kpi& kpi : blueprint.kpis) {
        const std::string& title = say.language() == Language::zh ? kpi.title_zh : kpi.title_en;
        const std::string formula = explain(kpi, blueprint, say);
        outcome.kpis.push_back(kpi.id);
        outcome.text += title + "  " + kpi.id + "\n    " + formula + "\n";
        kpis.push_back({{"id", kpi.id}, {"title", title}, {"formula", formula}, {"declared_by", kpi.declared_by}});
    }
    outcome.json = Json{{"id", blueprint.plugin}, {"version", blueprint.version}, {"kpis", kpis}}.dump(1) + "\n";
}

void check(Job& job, Wire& wire, Outcome& outcome) {
    const auto facts = served_database(wire);
    Trial trial{job.places,
                job.plugin,
                job.settings,
                std::move(job.assignment),
                facts.get(),
                Sandbox::loading,
                [&wire](const Note& stage) { wire.send(Message::stage, write(stage)); }};
    outcome.verdict = run_check(job.check, trial);
    outcome.plugin = trial.plugin.id;
    outcome.version = trial.plugin.version;
}

void carry_out(Job& job, Wire& wire, const Catalogue& say, Outcome& outcome) {
    Plugins::Hooks hooks;
    hooks.log = [&outcome](int level, std::string_view plugin, std::string_view words) {
        if (level > 0 && outcome.log.size() < 1000)
            outcome.log.push_back("[" + std::string(plugin) + "] " + std::string(words));
    };
    hooks.loading = Sandbox::loading;
    const Plugins plugins(job.places, std::move(hooks));
    if (job.task == Job::Task::identify) {
        const auto found = plugins.identify(job.plugin.file);
        outcome.plugin = found.id;
        outcome.version = found.version;
        return;
    }
    if (job.task == Job::Task::check) return check(job, wire, outcome);
    Blueprint blueprint = plugins.blueprint(job.plugin, job.settings, &outcome.remarks);
    outcome.plugin = blueprint.plugin;
    outcome.version = blueprint.version;
    if (job.task == Job::Task::describe) return describe(blueprint, say, outcome);
    if (job.task == Job::Task::declare) {
        if (!blueprint.has_code()) outcome.blueprint = write_blueprint(blueprint);
        return;
    }
    const auto facts = served_database(wire);
    make_report(job, std::move(blueprint), *facts, outcome);
}

// What a plugin may not leave behind.
void check_what_is_left(const Job& job) {
    std::fflush(stdout);  // what was printed is stopped here at the latest
    // A thread that was joined is still listed for a moment.
    for (int i = 0; i < 50 && Sandbox::other_threads() > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (const int threads = Sandbox::other_threads(); threads > 0)
        throw Error(Error::refused, "worker.left_threads",
                    {{"plugin", job.plugin.id}, {"count", std::to_string(threads)}});
}

bool says_no_memory(const Note& note) {
    for (const auto& [name, value] : note.with)
        if (value.find("std::bad_alloc") != std::string::npos) return true;
    for (const Note& part : note.parts)
        if (says_no_memory(part)) return true;
    return false;
}

Outcome::Fault no_memory(const Job& job) {
    return {Error::refused,
            {"worker.no_memory", {{"plugin", job.plugin.id}, {"mib", std::to_string(job.limits.memory_mib)}}}};
}

}  // namespace

void tell_outcome(Wire& wire, const Job& job, const std::function<void(Outcome&)>& work) {
    Outcome outcome;
    try {
        work(outcome);
    } catch (const Error& error) {
        outcome.fault = {error.code(), error.note()};
        if (says_no_memory(error.note())) outcome.fault = no_memory(job);
    } catch (const std::bad_alloc&) {
        outcome.fault = no_memory(job);
    } catch (const std::exception& error) {
        outcome.fault = {Error::refused, {"worker.failed", {{"plugin", job.plugin.id}, {"words", error.what()}}}};
    }
    if (outcome.fault) outcome.pages.clear();
    for (Page& page : outcome.pages) wire.send(Message::page, std::exchange(page.bytes, {}));
    wire.send(Message::outcome, write(outcome));
}

void work(Wire& wire) {
    const Message first = wire.receive();
    if (first.kind == Message::store) return be_a_clerk(wire, read_store_place(first.body));
    Job job = read_job(first.body);
    tell_outcome(wire, job, [&](Outcome& outcome) {
        // What has to be read from files is read before there are walls.
        const Catalogue& say = catalogue(job.language);
        if (job.assignment) Zone(job.assignment->tenant.timezone).today();
        std::vector<std::filesystem::path> readable = job.places;
        if (!job.plugin.file.empty()) readable.push_back(job.plugin.file);
        Sandbox::seal(job.limits, wire.socket(), readable, job.walls);
        carry_out(job, wire, say, outcome);
        check_what_is_left(job);
    });
}

}  // namespace siyu
