// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>

#include "core/check/checking.hpp"
#include "core/check/rehearsal.hpp"
#include "reports/page.hpp"

// What can be said about the declarations: whether they hold together, settings, templates.
namespace siyu {

namespace {

// Which sentences about declarations are the business of a check of its own.
const std::set<std::string> about_ids{
    "plugin.lines_of_unknown", "plugin.nothing_to_redefine", "plugin.bad_handle",
    "plugin.unknown_fact",     "plugin.unknown_column",      "plugin.no_such_column",
    "plugin.unknown_roster",   "plugin.no_lookup",           "plugin.unknown_quantity",
    "plugin.bad_name",         "plugin.said_twice",          "plugin.bad_extend"};
const std::set<std::string> about_templates{"plugin.bad_template", "plugin.template_partial",
                                            "plugin.template_delimiter"};
const std::set<std::string> about_keys{"plugin.unknown_key",      "plugin.agency_key", "plugin.list_as_text",
                                       "plugin.key_outside_list", "plugin.key_taken",  "plugin.keys_without_fill"};
const std::set<std::string> about_escaping{"plugin.unescaped_key"};
const std::set<std::string> about_values{
    "plugin.bad_config",    "plugin.setting_number",         "plugin.setting_positive",
    "plugin.setting_whole", "plugin.setting_positive_whole", "plugin.setting_yes_no"};

struct Refusal {
    Note note;
    bool of_declarations() const { return note.id == "plugin.bad_declarations" || note.id == "plugin.bad_settings"; }
    std::vector<Note> about(const std::set<std::string>& ids) const {
        std::vector<Note> found;
        for (const Note& part : note.parts)
            if (ids.contains(part.id)) found.push_back(part);
        return found;
    }
};

// Why the plugin is not taken; nothing where it is.
std::optional<Refusal> refusal(const Trial& trial, const Plugins::Settings& settings) {
    try {
        plugins_of(trial).blueprint(trial.plugin, settings);
        return std::nullopt;
    } catch (const Error& error) {
        return Refusal{error.note()};
    }
}

// Of what is wrong with the declarations the part that one check is about.
Verdict look_for(const Trial& trial, const std::set<std::string>& ids) {
    const auto refused = refusal(trial, trial.settings);
    if (!refused) return {};
    if (!refused->of_declarations()) return {false, {{"check.no_declarations", {}}}};
    if (std::vector<Note> found = refused->about(ids); !found.empty())
        wrong("check.declared_wrongly", std::move(found));
    return {};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the note
bool speaks_of(const Note& note, const std::string& word) {
    for (const auto& [name, value] : note.with)
        if (value.find(word) != std::string::npos) return true;
    return std::any_of(note.parts.begin(), note.parts.end(), [&](const Note& part) { return speaks_of(part, word); });
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the note
bool is_about_settings(const Note& note) {
    return about_values.contains(note.id) || std::any_of(note.parts.begin(), note.parts.end(), is_about_settings);
}

std::set<std::string> asked_settings(const Trial& trial) {
    std::set<std::string> keys;
    Plugins::Hooks hooks;
    hooks.asked = [&keys](const std::string& key) { keys.insert(key); };
    plugins_of(trial, std::move(hooks)).blueprint(trial.plugin, trial.settings);
    return keys;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace

Verdict check_ids_resolve(Trial& trial) { return look_for(trial, about_ids); }
Verdict check_template_valid(Trial& trial) { return look_for(trial, about_templates); }
Verdict check_template_keys_known(Trial& trial) { return look_for(trial, about_keys); }

Verdict check_template_escaped(Trial& trial) {
    if (const Verdict verdict = look_for(trial, about_escaping); !verdict.judged) return verdict;
    if (refusal(trial, trial.settings)) return {};
    trial.stage({"check.stage.hostile", {}});
    trial.assignment->blueprint = blueprint_of(trial);
    const Scorecard card = compute(*trial.facts, *trial.assignment);
    for (const Language language : {Language::zh, Language::en})
        for (const Audience audience : {Audience::brand, Audience::agency}) {
            const std::string page = html_page(card, audience, catalogue(language));
            if (page.find("<script") != std::string::npos) wrong("check.raw_text");
            // The host escapes once; twice means that the plugin did it too.
            if (page.find("&amp;lt;script") != std::string::npos) wrong("check.escaped_twice");
        }
    return {};
}

Verdict check_declares_same(Trial& trial) {
    if (const auto refused = refusal(trial, trial.settings)) {
        if (!refused->of_declarations()) throw Error(Error::refused, refused->note);
        std::vector<Note> rest;
        for (const Note& part : refused->note.parts)
            if (!about_ids.contains(part.id) && !about_templates.contains(part.id) && !about_keys.contains(part.id) &&
                !about_escaping.contains(part.id))
                rest.push_back(part);
        if (rest.empty()) wrong("check.declared_wrongly_above");
        wrong("check.not_declared", std::move(rest));
    }
    const std::vector<std::string> first = lines_of(blueprint_of(trial));
    for (int i = 2; i <= 3; ++i)
        if (const std::string other = first_difference(first, lines_of(blueprint_of(trial))); !other.empty())
            wrong("check.declares_otherwise", {{"number", std::to_string(i)}, {"difference", other}});
    return {};
}

Verdict check_survives_no_settings(Trial& trial) {
    const auto refused = refusal(trial, {});
    if (!refused) return {};
    // What is refused with the settings of the trial as well may have nothing to do with settings.
    if (!refusal(trial, trial.settings) || is_about_settings(refused->note))
        wrong("check.needs_settings", std::vector<Note>{refused->note});
    return {false, {{"check.no_declarations", {}}}};
}

Verdict check_names_bad_setting(Trial& trial) {
    constexpr const char* garbage = "?!";
    const std::set<std::string> keys = asked_settings(trial);
    std::vector<Note> bad;
    std::vector<std::string> taken;
    for (const std::string& key : keys) {
        trial.stage({"check.stage.setting", {{"setting", key}, {"value", garbage}}});
        Plugins::Settings settings = trial.settings;
        settings[key] = garbage;
        const auto refused = refusal(trial, settings);
        if (!refused)
            taken.push_back(key);
        else if (!speaks_of(refused->note, key))
            bad.push_back({"check.setting_not_named", {{"setting", key}, {"value", garbage}}, {refused->note}});
    }
    if (!bad.empty()) wrong("check.settings_not_named", std::move(bad));
    if (keys.empty()) return {true, {{"check.no_settings", {}}}};
    Verdict verdict{true, {{"check.settings", {{"settings", joined({keys.begin(), keys.end()})}}}}};
    if (!taken.empty())
        verdict.notes.push_back({"check.settings_taken", {{"settings", joined(taken)}, {"value", garbage}}});
    return verdict;
}

Verdict check_unknown_setting(Trial& trial) {
    // A slip of the pen in each key that is known: two letters that changed places; and one that is near none.
    std::set<std::string> unknown{"no_such_setting"};
    for (std::string key : asked_settings(trial)) {
        if (key.size() < 4 || key[1] == key[2]) continue;
        std::swap(key[1], key[2]);
        unknown.insert(key);
    }
    std::vector<std::string> silent;
    for (const std::string& key : unknown) {
        Plugins::Settings settings = trial.settings;
        settings[key] = "1";
        std::vector<Note> remarks;
        plugins_of(trial).blueprint(trial.plugin, settings, &remarks);
        if (std::none_of(remarks.begin(), remarks.end(), [&](const Note& note) { return speaks_of(note, key); }))
            silent.push_back(key);
    }
    if (!silent.empty()) wrong("check.slip_taken", {{"settings", joined(silent)}});
    return {};
}

}  // namespace siyu
