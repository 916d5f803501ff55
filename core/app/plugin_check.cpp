// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/app/commands.hpp"
#include "core/app/play_case.hpp"
#include "core/check/bench.hpp"
#include "core/check/elf_symbols.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int load_attempts = 5;

// What came of one check, in words.
struct Found {
    enum State { ok, failed, skipped };
    State state = skipped;
    std::string text;
};

const char* name_of(Found::State state) {
    switch (state) {
        case Found::ok: return "ok";
        case Found::failed: return "failed";
        case Found::skipped: break;
    }
    return "skipped";
}

// Everything that `siyu plugin check` does with one file, from the file itself to golden figures.
class Inspection {
  public:
    // `only`: ids of checks; none named: all of them.
    Inspection(const Catalogue& say, const fs::path& file, Plugins::Settings settings, std::vector<std::string> only)
        : say_(say),
          file_(fs::absolute(file).lexically_normal()),
          settings_(std::move(settings)),
          only_(std::move(only)) {
        places_ = Workspace::common_plugin_folders();
        places_.insert(places_.begin(), file_.parent_path());
        plugin_.id = file_.stem().string();
        plugin_.file = file_;
    }

    void run(const fs::path& cases) {
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
        if (!declared_ && broke_) {
            run(std::vector<std::string_view>{"loads-fast"});
            return skip_rest("declares-same");
        }
        run(Check::Needs::loaded_file);
        if (!declared_) return skip_rest("declares-same");
        run(Check::Needs::declarations);
        if (!cases.empty() && wanted("cases")) play(cases);
    }

    bool all_well() const {
        return std::none_of(found_.begin(), found_.end(),
                            [](const auto& entry) { return entry.second.state == Found::failed; });
    }
    std::string text() const;
    std::string json() const;
    std::size_t count(Found::State state) const {
        const auto all = ids();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [&](const std::string& id) { return found_.at(id).state == state; }));
    }

  private:
    void run(Check::Needs needs) {
        std::vector<std::string_view> ids;
        for (const Check& check : checks())
            if (check.needs == needs) ids.push_back(check.id);
        run(ids);
    }
    void run(std::vector<std::string_view> ids) {
        std::erase_if(ids, [this](std::string_view id) {
            return found_.contains(std::string(id)) || !(wanted(id) || is_gate(id));
        });
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
    void run_again(std::string_view id) {
        found_.erase(std::string(id));
        const Outcome outcome = crew_->run(job(*find_check(id)));
        slow_ = outcome.fault && outcome.fault->note.id == "check.loads_slowly";
        take(*find_check(id), outcome);
    }

    Job job(const Check& check) {
        Job job;
        job.task = Job::Task::check;
        job.check = check.id;
        job.language = say_.language();
        job.places = places_;
        job.plugin = plugin_;
        job.settings = settings_;
        job.walls = sanitizer_.empty();
        job.limits.seconds = check.needs < Check::Needs::declarations || check.id == "cancelled" ? 20 : 120;
        job.assignment = bench_.assignment(check.facts, plugin_.id);
        return job;
    }

    void take(const Check& check, const Outcome& outcome) {
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

    // What happened, and what the plugin was at when it did.
    std::string words(Note note, const std::optional<Note>& stage) const {
        const bool of_worker = note.id.starts_with("worker.");
        if (const std::string own = "check." + note.id; say_.has(own)) note.id = own;
        // What a sanitizer saw says more than that it then ended the process.
        if (of_worker && stage && stage->id == "check.memory_fault") return say_.say(*stage);
        std::string text = say_.say(note);
        if (stage && !note.id.starts_with("check.made_") && (of_worker || note.id.starts_with("plugin.")))
            text += "\n" + say_("check.at", {{"stage", say_.say(*stage)}});
        return text;
    }

    // What others need, and is run in any case.
    static bool is_gate(std::string_view id) { return id == "file" || id == "constant-sane" || id == "declares-same"; }
    bool wanted(std::string_view id) const {
        return only_.empty() || std::find(only_.begin(), only_.end(), id) != only_.end();
    }
    bool passed(const std::string& id) const {
        const auto found = found_.find(id);
        return found != found_.end() && found->second.state == Found::ok;
    }
    void skip_rest(const std::string& because) {
        for (const Check& check : checks())
            if (wanted(check.id)) found_.try_emplace(std::string(check.id), Found{Found::skipped, say_("check.needs", {{"check", because}})});
    }

    void play(const fs::path& folder) {
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
            }
        }
        if (cases_.empty()) {
            cases_.emplace_back("cases");
            found_["cases"] = {Found::skipped, say_("check.no_cases", {{"folder", folder.string()}})};
        }
    }

    std::string sanitizer() const {
        try {
            return elf_symbols(file_).sanitizer();
        } catch (const Error&) {  // exports-one-symbol says it
            return {};
        }
    }

    // In the order in which they are shown.
    std::vector<std::string> ids() const {
        std::vector<std::string> ids;
        for (const Check& check : checks()) {
            const auto found = found_.find(std::string(check.id));
            if (found != found_.end() && (wanted(check.id) || found->second.state == Found::failed))
                ids.emplace_back(check.id);
        }
        ids.insert(ids.end(), cases_.begin(), cases_.end());
        return ids;
    }

    const Catalogue& say_;
    fs::path file_;
    Plugins::Settings settings_;
    std::vector<std::string> only_;
    std::vector<fs::path> places_;
    PluginChoice plugin_;
    std::string version_, sanitizer_;
    Bench bench_;
    Crew* crew_ = nullptr;
    std::map<std::string, Found> found_;
    std::vector<std::string> cases_;
    bool slow_ = false, declared_ = false, broke_ = false;
};

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

Plugins::Settings settings_of(const std::vector<std::string>& words) {
    Plugins::Settings settings;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(Error::wrong_use, "check.bad_setting", {{"words", word}});
        // As `tenant set` writes it, or bare.
        const std::string key = word.substr(0, equals);
        settings[key.starts_with("plugin.") ? key.substr(7) : key] = word.substr(equals + 1);
    }
    return settings;
}

std::vector<std::string> all_ids() {
    std::vector<std::string> ids;
    for (const Check& check : checks()) ids.emplace_back(check.id);
    ids.emplace_back("cases");
    return ids;
}

void expect_check(const std::string& id) {
    const std::vector<std::string> ids = all_ids();
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
    std::string known;
    for (const std::string& one : ids) known += (known.empty() ? "" : ", ") + one;
    throw Error(Error::wrong_use, "check.unknown_check", {{"check", id}, {"checks", known}});
}

int explain(const Catalogue& say, const std::string& wanted) {
    if (!wanted.empty()) expect_check(wanted);
    for (const std::string& id : all_ids())
        if (wanted.empty() || wanted == id) Session::print(id + "\n    " + say("check.explain." + id) + "\n");
    return 0;
}

}  // namespace

int plugin_check(Session& session, const CheckOptions& options) {
    const Catalogue& say = session.say;
    if (options.explains) return explain(say, options.explain);
    std::error_code not_there;
    if (options.file.empty()) throw Error(Error::wrong_use, "app.missing", {{"words", "FILE"}});
    if (!fs::exists(options.file, not_there)) throw Error(Error::wrong_use, "check.no_file", {{"file", options.file}});
    fs::path cases = options.cases;
    if (!cases.empty() && !fs::is_directory(cases))
        throw Error(Error::wrong_use, "check.no_folder", {{"folder", cases.string()}});
    if (const fs::path beside = fs::path(options.file).parent_path() / "cases"; cases.empty() && fs::is_directory(beside))
        cases = beside;
    for (const std::string& id : options.only) expect_check(id);
    Inspection inspection(say, options.file, settings_of(options.settings), options.only);
    inspection.run(cases);
    Session::print(options.json ? inspection.json() : inspection.text());
    session.tell("check.summary", {{"ok", std::to_string(inspection.count(Found::ok))},
                                   {"failed", std::to_string(inspection.count(Found::failed))},
                                   {"skipped", std::to_string(inspection.count(Found::skipped))}});
    if (!inspection.all_well() && !options.json) session.tell("check.explain_hint");
    return inspection.all_well() ? 0 : 1;
}

}  // namespace siyu
