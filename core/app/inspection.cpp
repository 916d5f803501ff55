// SPDX-License-Identifier: Apache-2.0
#include "core/app/inspection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/app/play_case.hpp"
#include "core/app/workspace.hpp"
#include "core/check/elf_symbols.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int load_attempts = 5;

// What others need, and is run in any case.
bool is_gate(std::string_view id) { return id == "file" || id == "constant-sane" || id == "declares-same"; }

const char* name_of(Inspection::Found::State state) {
    switch (state) {
        case Inspection::Found::ok: return "ok";
        case Inspection::Found::failed: return "failed";
        case Inspection::Found::skipped: break;
    }
    return "skipped";
}

}  // namespace

Inspection::Inspection(const Catalogue& say, const fs::path& file, Plugins::Settings settings,
                       std::vector<std::string> only)
    : say_(say), file_(fs::absolute(file).lexically_normal()), settings_(std::move(settings)), only_(std::move(only)) {
    places_ = Workspace::common_plugin_folders();
    places_.insert(places_.begin(), file_.parent_path());
    plugin_.id = file_.stem().string();
    plugin_.file = file_;
}

void Inspection::run(const fs::path& cases) {
    const std::string lacking = run_checks();
    if (cases.empty() || !wanted("cases")) return;
    if (lacking.empty()) return play(cases);
    cases_.emplace_back("cases");
    found_["cases"] = {Found::skipped, say_("check.needs", {{"check", lacking}})};
}

std::string Inspection::run_checks() {
    Crew alone(&bench_.database());
    crew_ = &alone;
    run(Check::Needs::nothing);
    if (!passed("file")) return skip_rest("file");
    std::optional<Crew> preloaded;
    if (sanitizer_ = sanitizer(); !sanitizer_.empty()) crew_ = &preloaded.emplace(&bench_.database(), sanitizer_);
    run(Check::Needs::whole_file);
    if (!passed("constant-sane")) return skip_rest("constant-sane");
    run(std::vector<std::string_view>{"declares-same"});
    // What crashes or hangs here would do so in everything else.
    if (broke_) {
        run(std::vector<std::string_view>{"loads-fast"});
        return skip_rest("declares-same");
    }
    run(Check::Needs::loaded_file);
    if (!declared_) return skip_rest("declares-same");
    run(Check::Needs::declarations);
    return {};
}

std::size_t Inspection::count(Found::State state) const {
    const auto all = ids();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const std::string& id) { return found_.at(id).state == state; }));
}

void Inspection::run(Check::Needs needs) {
    std::vector<std::string_view> ids;
    for (const Check& check : checks())
        if (check.needs == needs) ids.push_back(check.id);
    run(ids);
}

void Inspection::run(std::vector<std::string_view> ids) {
    std::erase_if(
        ids, [this](std::string_view id) { return found_.contains(std::string(id)) || !(wanted(id) || is_gate(id)); });
    if (ids.empty()) return;
    std::vector<Job> jobs;
    for (const std::string_view id : ids) jobs.push_back(job(*find_check(id)));
    crew_->run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
        const Check& check = *find_check(ids[number]);
        slow_ = slow_ || (outcome.fault && outcome.fault->note.id == "check.loads_slowly");
        take(check, outcome);
    });
    // A machine that had something else to do makes nobody slow.
    for (int attempt = 1; std::exchange(slow_, false) && attempt < load_attempts; ++attempt) run_again("loads-fast");
}

void Inspection::run_again(std::string_view id) {
    found_.erase(std::string(id));
    const Outcome outcome = crew_->run(job(*find_check(id)));
    slow_ = outcome.fault && outcome.fault->note.id == "check.loads_slowly";
    take(*find_check(id), outcome);
}

Job Inspection::job(const Check& check) {
    Job job;
    job.task = Job::Task::check;
    job.check = check.id;
    job.language = say_.language();
    job.places = places_;
    job.plugin = plugin_;
    job.settings = settings_;
    job.walls = sanitizer_.empty();
    job.limits.seconds = check.id == "cancelled" ? 10 : check.needs < Check::Needs::declarations ? 20 : 120;
    job.assignment = bench_.assignment(check.facts, plugin_.id);
    return job;
}

void Inspection::take(const Check& check, const Outcome& outcome) {
    Found& found = found_[std::string(check.id)];
    if (outcome.fault) {
        const Note& note = outcome.fault->note;
        found = {Found::failed, words(note, outcome.stage)};
        if (check.id == "declares-same") {
            broke_ = note.id.starts_with("worker.");
            declared_ = note.id == "check.declares_otherwise";
        }
        return;
    }
    found.state = outcome.verdict && outcome.verdict->judged ? Found::ok : Found::skipped;
    found.text.clear();
    for (const Note& note : outcome.verdict ? outcome.verdict->notes : std::vector<Note>())
        found.text += (found.text.empty() ? "" : "\n") + say_.say(note);
    if (check.id == "constant-sane") plugin_.id = outcome.plugin, version_ = outcome.version;
    if (check.id == "declares-same") declared_ = true;
}

std::string Inspection::words(Note note, const std::optional<Note>& stage) const {
    const bool of_worker = note.id.starts_with("worker.");
    if (const std::string own = "check." + note.id; say_.has(own)) note.id = own;
    // What a sanitizer saw says more than that it then ended the process.
    if (of_worker && stage && stage->id == "check.memory_fault") return say_.say(*stage);
    std::string text = say_.say(note);
    if (stage && (of_worker || note.id.starts_with("plugin.")))
        text += "\n" + say_("check.at", {{"stage", say_.say(*stage)}});
    return text;
}

bool Inspection::wanted(std::string_view id) const {
    return only_.empty() || std::find(only_.begin(), only_.end(), id) != only_.end();
}

bool Inspection::passed(const std::string& id) const {
    const auto found = found_.find(id);
    return found != found_.end() && found->second.state == Found::ok;
}
std::string Inspection::skip_rest(const std::string& because) {
    for (const Check& check : checks())
        if (wanted(check.id))
            found_.try_emplace(std::string(check.id), Found{Found::skipped, say_("check.needs", {{"check", because}})});
    return because;
}

void Inspection::play(const fs::path& folder) {
    for (const fs::path& one : golden_cases(folder)) {
        const std::string id = "cases/" + one.filename().string();
        cases_.push_back(id);
        try {
            const std::vector<Note> complaints = play_case(one, places_, plugin_, say_.language(), sanitizer_);
            Found& found = found_[id] = {complaints.empty() ? Found::ok : Found::failed, {}};
            for (const Note& complaint : complaints)
                found.text += (found.text.empty() ? "" : "\n") + say_.say(complaint);
        } catch (const Error& error) {
            found_[id] = {Found::failed, words(error.note(), std::nullopt)};
        } catch (const std::exception&) {  // figures that are no JSON
            found_[id] = {Found::failed, say_("check.worker.bad_message")};
        }
    }
    if (cases_.empty()) {
        cases_.emplace_back("cases");
        found_["cases"] = {Found::skipped, say_("check.no_cases", {{"folder", folder.string()}})};
    }
}

std::string Inspection::sanitizer() const {
    try {
        return elf_symbols(file_).sanitizer();
    } catch (const Error&) {  // exports-one-symbol says it
        return {};
    }
}

std::vector<std::string> Inspection::ids() const {
    std::vector<std::string> ids;
    for (const Check& check : checks()) {
        const auto found = found_.find(std::string(check.id));
        if (found != found_.end() && (wanted(check.id) || found->second.state == Found::failed))
            ids.emplace_back(check.id);
    }
    ids.insert(ids.end(), cases_.begin(), cases_.end());
    return ids;
}

std::string Inspection::text() const {
    std::string text;
    for (const std::string& id : ids()) {
        const Found& found = found_.at(id);
        const std::string state = say_(std::string("check.state.") + name_of(found.state));
        text += state + std::string(static_cast<std::size_t>(std::max(1, 9 - columns_of(state))), ' ') + id;
        std::string words = found.text;
        for (std::size_t at = 0; (at = words.find('\n', at)) != std::string::npos; at += 10)
            words.replace(at, 1, "\n         ");
        text += (words.empty() ? "" : "  " + words) + "\n";
    }
    return text;
}

std::string Inspection::json() const {
    Json list = Json::array();
    for (const std::string& id : ids()) {
        const Found& found = found_.at(id);
        list.push_back({{"id", id}, {"state", name_of(found.state)}, {"text", found.text}});
    }
    const Json all{{"file", file_.string()},
                   {"plugin", version_.empty() ? Json(nullptr) : Json{{"id", plugin_.id}, {"version", version_}}},
                   {"passed", all_well()},
                   {"checks", list}};
    return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace siyu
