// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/period.hpp"

// Golden figures that a plugin brings: a folder with facts as CSV files, the brand's terms, and what comes of them
// (docs/plugin-check.md, Golden cases).
namespace siyu {

enum class Fact : std::uint8_t;

struct GoldenCase {
    struct Term {
        std::string key, value;
        std::optional<Day> since;  // without one: from the beginning
    };
    struct Step {
        enum class Kind { take, period, expect };
        Kind kind;
        int line;                            // of expected.txt
        std::string file = {};               // take
        std::optional<int> status = {};      // take: 0, 1 with rows set aside, 3 refused; not said: 0 or 1
        Period period = {};                  // period
        std::string path = {}, wanted = {};  // expect
    };

    std::string name;
    std::filesystem::path folder;
    std::string timezone = "Asia/Shanghai", plugin;  // as tenant.toml says
    std::vector<Term> terms;
    std::vector<std::string> first;  // files that are taken in at the start, in order
    std::vector<Step> steps;

    // Throws Error (refused) naming file and line for what cannot be understood.
    static GoldenCase read(const std::filesystem::path& folder);
};

// The folders below that are cases, by name.
std::vector<std::filesystem::path> golden_cases(const std::filesystem::path& folder);

// The fact that a case's file holds: `joins.csv`, `2-joins.csv`. Throws Error (refused).
Fact fact_of_case_file(const std::string& name);

// Where in the JSON of `siyu kpi` the path leads, as expected.txt writes it: null, true, a word, a number or fraction.
// Nothing where it leads nowhere.
std::optional<std::string> figure_at(const std::string& json, const std::string& path);

}  // namespace siyu
