// SPDX-License-Identifier: Apache-2.0
#include "core/check/check.hpp"

#include "core/check/checking.hpp"
#include "core/check/sanitizer.hpp"

namespace siyu {

namespace {

struct Entry {
    Check check;
    Verdict (*run)(Trial&);
};

const std::vector<Entry>& entries() {
    using enum Check::Needs;
    using Facts = Check::Facts;
    static const std::vector<Entry> all{
        {{"file", nothing}, check_file},
        {{"exports-one-symbol", whole_file}, check_exports_one_symbol},
        {{"no-undefined", whole_file}, check_no_undefined},
        {{"constant-sane", whole_file}, check_constant_sane},
        {{"loads-fast", loaded_file}, check_loads_fast},
        {{"ids-resolve", loaded_file}, check_ids_resolve},
        {{"template-valid", loaded_file}, check_template_valid},
        {{"template-keys-known", loaded_file}, check_template_keys_known},
        {{"template-escaped", loaded_file, Facts::hostile}, check_template_escaped},
        {{"declares-same", loaded_file}, check_declares_same},
        {{"survives-no-settings", loaded_file}, check_survives_no_settings},
        {{"names-bad-setting", declarations}, check_names_bad_setting},
        {{"unknown-setting", declarations}, check_unknown_setting},
        {{"empty-period-has-no-value", declarations, Facts::empty}, check_empty_period},
        {{"week-equals-days", declarations, Facts::generated}, check_week_equals_days},
        {{"repeatable", declarations, Facts::generated}, check_repeatable},
        {{"host-fails-nth-call", declarations}, check_host_fails_nth_call},
        {{"cancelled", declarations}, check_cancelled},
        {{"two-instances", declarations}, check_two_instances},
        {{"no-leaks", declarations}, check_no_leaks},
        {{"time-and-memory", declarations, Facts::generated}, check_time_and_memory},
    };
    return all;
}

}  // namespace

const std::vector<Check>& checks() {
    static const std::vector<Check> all = [] {
        std::vector<Check> list;
        for (const Entry& entry : entries()) list.push_back(entry.check);
        return list;
    }();
    return all;
}

const Check* find_check(std::string_view id) {
    for (const Check& check : checks())
        if (check.id == id) return &check;
    return nullptr;
}

Verdict run_check(std::string_view id, Trial& trial) {
    Sanitizer::listen(trial.plugin.file, trial.stage);
    for (const Entry& entry : entries())
        if (entry.check.id == id) return entry.run(trial);
    throw Error(Error::wrong_use, "check.unknown_check", {{"check", std::string(id)}, {"checks", ""}});
}

void wrong(std::string id, std::vector<std::pair<std::string, std::string>> with) {
    throw Error(Error::refused, std::move(id), std::move(with));
}

void wrong(std::string id, std::vector<Note> parts) {
    const std::string count = std::to_string(parts.size());
    throw Error(Error::refused, Note{std::move(id), {{"count", count}}, std::move(parts)});
}

Plugins plugins_of(const Trial& trial, Plugins::Hooks hooks) {
    hooks.loading = trial.loading;
    return Plugins(trial.places, std::move(hooks));
}

Blueprint blueprint_of(const Trial& trial) { return plugins_of(trial).blueprint(trial.plugin, trial.settings); }

}  // namespace siyu
