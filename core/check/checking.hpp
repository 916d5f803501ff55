// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/check/check.hpp"

// The checks by what they look at, and what they share.
namespace siyu {

Verdict check_file(Trial& trial);
Verdict check_exports_one_symbol(Trial& trial);
Verdict check_no_undefined(Trial& trial);
Verdict check_constant_sane(Trial& trial);
Verdict check_loads_fast(Trial& trial);

Verdict check_declares_same(Trial& trial);
Verdict check_survives_no_settings(Trial& trial);
Verdict check_names_bad_setting(Trial& trial);
Verdict check_unknown_setting(Trial& trial);
Verdict check_ids_resolve(Trial& trial);
Verdict check_template_valid(Trial& trial);
Verdict check_template_keys_known(Trial& trial);
Verdict check_template_escaped(Trial& trial);

Verdict check_empty_period(Trial& trial);
Verdict check_week_equals_days(Trial& trial);
Verdict check_repeatable(Trial& trial);
Verdict check_time_and_memory(Trial& trial);

Verdict check_host_fails_nth_call(Trial& trial);
Verdict check_cancelled(Trial& trial);
Verdict check_two_instances(Trial& trial);
Verdict check_no_leaks(Trial& trial);

// What is wrong with the plugin.
[[noreturn]] void wrong(std::string id, std::vector<std::pair<std::string, std::string>> with = {});
// Several things; {count} says how many.
[[noreturn]] void wrong(std::string id, std::vector<Note> parts);

// The plugins of the trial, watched as the hooks say besides.
Plugins plugins_of(const Trial& trial, Plugins::Hooks hooks = {});
// What the plugin declares with the settings of the trial.
Blueprint blueprint_of(const Trial& trial);

// A limit of time-and-memory, as check.toml explains them.
inline constexpr int most_load_ms = 100;
inline constexpr int most_report_seconds = 10;
inline constexpr int most_report_mib = 256;

}  // namespace siyu
