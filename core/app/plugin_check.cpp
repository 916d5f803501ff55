// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/app/commands.hpp"
#include "core/app/inspection.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

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
    if (const fs::path beside = fs::path(options.file).parent_path() / "cases";
        cases.empty() && fs::is_directory(beside))
        cases = beside;
    for (const std::string& id : options.only) expect_check(id);
    Inspection inspection(say, options.file, settings_of(options.settings), options.only);
    inspection.run(cases);
    Session::print(options.json ? inspection.json() : inspection.text());
    session.tell("check.summary", {{"ok", std::to_string(inspection.count(Inspection::Found::ok))},
                                   {"failed", std::to_string(inspection.count(Inspection::Found::failed))},
                                   {"skipped", std::to_string(inspection.count(Inspection::Found::skipped))}});
    if (!inspection.all_well() && !options.json) session.tell("check.explain_hint");
    return inspection.all_well() ? 0 : 1;
}

}  // namespace siyu
