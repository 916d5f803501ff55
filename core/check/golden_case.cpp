// SPDX-License-Identifier: Apache-2.0
#include "core/check/golden_case.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/fraction.hpp"
#include "core/facts/fact.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string trimmed(std::string_view text, std::string_view what = " \t\r") {
    const std::size_t begin = text.find_first_not_of(what);
    return begin == std::string_view::npos ? std::string()
                                           : std::string(text.substr(begin, text.find_last_not_of(what) + 1 - begin));
}

// Of the file: lines that say something, with their numbers.
std::vector<std::pair<int, std::string>> lines_of(const fs::path& file) {
    std::vector<std::pair<int, std::string>> lines;
    std::ifstream in(file, std::ios::binary);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (std::string text = trimmed(line); !text.empty() && text[0] != '#')
            lines.emplace_back(number, std::move(text));
    }
    return lines;
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream in(line);
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

// In lowest terms; a whole number without what is below the line.
std::string plain(const Fraction& fraction) { return fraction.den() == "1" ? fraction.num() : fraction.exact_text(); }

[[noreturn]] void odd(const fs::path& file, int line, const std::string& text) {
    throw Error(Error::refused, "check.case_line",
                {{"file", file.string()}, {"line", std::to_string(line)}, {"text", text}});
}

void read_terms(GoldenCase& into, const fs::path& file) {
    std::optional<Day> since;
    for (const auto& [number, raw] : lines_of(file)) {
        const std::string line = trimmed(raw.substr(0, raw.find('#')));
        const std::size_t equals = line.find('=');
        if (line.starts_with('[') && line.ends_with(']')) {
            since = parse_day(line.substr(1, line.size() - 2));
            if (!since) odd(file, number, raw);
            continue;
        }
        if (equals == std::string::npos) odd(file, number, raw);
        const std::string key = trimmed(line.substr(0, equals), " \t\""),
                          value = trimmed(line.substr(equals + 1), " \t\"");
        if (key == "timezone" && !since)
            into.timezone = value;
        else if (key == "plugin" && !since)
            into.plugin = value;
        else
            into.terms.push_back({key, value, since});
    }
}

GoldenCase::Step step_of(const fs::path& file, int number, const std::string& line) {
    using Kind = GoldenCase::Step::Kind;
    const std::vector<std::string> words = words_of(line);
    if (words[0] == "import") {
        GoldenCase::Step step{Kind::take, number};
        if (words.size() == 4 && words[2] == "=" && (words[3] == "0" || words[3] == "1" || words[3] == "3"))
            step.status = words[3][0] - '0';
        else if (words.size() != 2)
            odd(file, number, line);
        step.file = words[1];
        return step;
    }
    if (words[0] == "period") {
        const auto rhythm = words.size() == 3 ? parse_rhythm(words[1]) : std::nullopt;
        const auto day = words.size() == 3 ? parse_day(words[2]) : std::nullopt;
        if (!rhythm || !day) odd(file, number, line);
        GoldenCase::Step step{Kind::period, number};
        step.period = period_of(*rhythm, *day);
        return step;
    }
    const std::size_t equals = line.find(" = ");
    if (equals == std::string::npos) odd(file, number, line);
    GoldenCase::Step step{Kind::expect, number};
    step.path = trimmed(line.substr(0, equals));
    step.wanted = trimmed(line.substr(equals + 3));
    if (const auto slash = step.wanted.find('/');
        step.wanted.find_first_not_of("-0123456789/") == std::string::npos && slash != std::string::npos)
        if (const auto fraction = Fraction::parse_exact(step.wanted)) step.wanted = plain(*fraction);
    return step;
}

// What was found as expected.txt writes it.
std::string plain(const Json& found) {
    if (found.is_string()) return found.get<std::string>();
    if (!found.is_object() || found.size() != 2 || !found.contains("num") || !found.contains("den"))
        return found.dump();
    const auto fraction = Fraction::parse_exact(found["num"].dump() + "/" + found["den"].dump());
    if (!fraction) return found.dump();
    return plain(*fraction);
}

const Json* inside(const Json* json, const std::string& step) {
    if (!json) return nullptr;
    if (json->is_array()) {
        if (step.empty() || step.size() > 6 || step.find_first_not_of("0123456789") != std::string::npos)
            return nullptr;
        const std::size_t row = std::stoul(step);
        return row < json->size() ? &(*json)[row] : nullptr;
    }
    if (!json->is_object()) return nullptr;
    const auto found = json->find(step);
    return found == json->end() ? nullptr : &*found;
}

// The first steps of a path; the last one takes what is left, dots and all.
std::vector<std::string> steps_of(const std::string& path, std::size_t most) {
    std::vector<std::string> steps;
    std::size_t begin = 0;
    while (steps.size() + 1 < most && path.find('.', begin) != std::string::npos) {
        const std::size_t dot = path.find('.', begin);
        steps.push_back(path.substr(begin, dot - begin));
        begin = dot + 1;
    }
    steps.push_back(path.substr(begin));
    return steps;
}

}  // namespace

GoldenCase GoldenCase::read(const fs::path& folder) {
    GoldenCase found;
    found.folder = folder;
    found.name = folder.filename().string();
    read_terms(found, folder / "tenant.toml");
    std::set<std::string> later;
    bool says = false;
    for (const auto& [number, line] : lines_of(folder / "expected.txt")) {
        found.steps.push_back(step_of(folder / "expected.txt", number, line));
        if (found.steps.back().kind == Step::Kind::take) later.insert(found.steps.back().file);
        says = says || found.steps.back().kind == Step::Kind::expect;
    }
    if (!says) throw Error(Error::refused, "check.case_says_nothing", {{"file", (folder / "expected.txt").string()}});
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() == ".csv" && !later.contains(name)) found.first.push_back(name);
    }
    std::sort(found.first.begin(), found.first.end());
    return found;
}

std::vector<fs::path> golden_cases(const fs::path& folder) {
    std::vector<fs::path> cases;
    for (const auto& entry : fs::directory_iterator(folder))
        if (fs::is_regular_file(entry.path() / "expected.txt")) cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    return cases;
}

Fact fact_of_case_file(const std::string& name) {
    std::string stem = fs::path(name).stem().string();
    if (const std::size_t digits = stem.find_first_not_of("0123456789");
        digits != std::string::npos && digits > 0 && stem[digits] == '-')
        stem.erase(0, digits + 1);
    if (const auto fact = parse_fact(stem)) return *fact;
    throw Error(Error::refused, "check.case_file", {{"file", name}});
}

std::optional<std::string> figure_at(const std::string& json, const std::string& path) {
    const Json all = Json::parse(json);
    const Json* at = &all;
    if (path.starts_with("breakdowns.")) {
        const auto steps = steps_of(path, 4);
        for (std::size_t i = 0; i < 3 && i < steps.size(); ++i) at = inside(at, steps[i]);
        if (!at || steps.size() < 4) return std::nullopt;
        const Json* value = inside(at, steps[3]);
        return value ? plain(*value) : "0";  // what a breakdown does not list is 0
    }
    const auto steps = steps_of(path, path.size() + 1);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        // A list without rows need not be there.
        if (steps[0] == "sections" && i == 3 && i + 1 == steps.size() && steps[i] == "length")
            return std::to_string(at && at->is_array() ? at->size() : 0);
        const Json* next = inside(at, steps[i]);
        if (!next && !(steps[0] == "sections" && i == 2)) return std::nullopt;
        at = next;
    }
    if (!at) return std::nullopt;
    return plain(at->is_object() && at->contains("value") ? (*at)["value"] : *at);
}

}  // namespace siyu
