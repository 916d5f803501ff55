// SPDX-License-Identifier: Apache-2.0
// `siyu plugin check` as an author meets it: started as a process, one plugin for each fault.
#include "core/check/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>

#include "core/base/catalogue.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

struct Ended {
    int status = 0;
    std::string out;  // with what it said on stderr
};

Ended run(const std::string& words, const char* messages = "2>&1") {
    const std::string command = std::string(SIYU_PROGRAM) + " --lang en " + words + " " + messages;
    Ended ended;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> piece{};
    for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        ended.out.append(piece.data(), got);
    const int status = ::pclose(pipe);
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
    return ended;
}

fs::path plugin(const std::string& name) {
    for (const fs::path folder : {FAULTY, BAD_PLUGINS, SHIPPED})
        if (fs::exists(folder / (name + ".so"))) return folder / (name + ".so");
    ADD_FAILURE() << "no plugin " << name;
    return {};
}

struct Fault {
    const char* plugin;
    const char* check;
    const char* words;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.plugin; }

// The check that finds it, and some words of what it says.
const Fault faults[] = {
    {"many_symbols", "exports-one-symbol", "many_symbols_helper"},
    {"no_symbol", "exports-one-symbol", "does not export siyu_plugin_v1"},
    {"borrows", "no-undefined", "sqlite3_libversion_number"},
    {"undefined", "no-undefined", "undefined symbol"},
    {"minor_99", "constant-sane", "needs siyu contract 1.99"},
    {"size_zero", "constant-sane", "says its size is 0"},
    {"bad_id", "constant-sane", "the id inside"},
    {"loads_slowly", "loads-fast", "100 ms are allowed"},
    {"unknown_ids", "ids-resolve", "Lines are given for KPI orders_payed"},
    {"bad_template", "template-valid", "no valid Mustache template"},
    {"unknown_key", "template-keys-known", "the key gvm"},
    {"unescaped", "template-escaped", "is not escaped"},
    {"escapes_itself", "template-escaped", "escaped twice"},
    {"declares_otherwise", "declares-same", "Orders 2"},
    {"reads_nowhere", "declares-same", "It crashed (SIGSEGV)"},
    {"throws_raw", "declares-same", "exception crossed the contract"},
    {"many_faults", "declares-same", "The declarations are refused"},
    {"needs_a_setting", "survives-no-settings", "cycle must be given"},
    {"parses_by_itself", "names-bad-setting", "does not name cycle_days"},
    {"takes_slips", "unknown-setting", "ccyle_days"},
    {"value_of_nothing", "empty-period-has-no-value", "refund_share is 0/1 for an empty weekly period"},
    {"fails_when_empty", "empty-period-has-no-value", "there are no orders"},
    {"mean_that_adds", "week-equals-days", "daily_sales: the week is"},
    {"counts_its_calls", "repeatable", "luck comes out differently"},
    {"tells_its_number", "repeatable", "who comes out differently in a second instance"},
    {"believes_the_host", "host-fails-nth-call", "host call 2, period, failed"},
    {"leaks_on_the_way_out", "host-fails-nth-call", "stay behind when calls to the host fail"},
    {"does_not_stop", "cancelled", "after it was cancelled"},
    {"hangs_when_cancelled", "cancelled", "was not done after 10 s"},
    {"remembers_the_last", "two-instances", "Two instances disturb each other: alone: 1/1 | alone: 0/1"},
    {"leaks", "no-leaks", "stay behind after destroy"},
    {"prints_figures", "repeatable", "printed to the standard output"},
    {"wants_300_mib", "time-and-memory", "256 MiB are allowed"},
};

class EachFault : public testing::TestWithParam<Fault> {};

TEST_P(EachFault, IsFoundByItsCheckAndToldInWords) {
    const Fault& fault = GetParam();
#ifdef SIYU_SANITIZED
    // A sanitizer counts its own memory, catches signals itself and has no walls around it; leaks it tells in its
    // words.
    for (const std::string_view name :
         {"wants_300_mib", "reads_nowhere", "leaks_on_the_way_out", "leaks", "prints_figures"})
        if (name == fault.plugin) GTEST_SKIP() << "told otherwise with a sanitizer";
#endif
    const Ended ended = run("plugin check " + plugin(fault.plugin).string() + " --only " + fault.check);
    EXPECT_EQ(ended.status, 1) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr(std::string("failed   ") + fault.check));
    EXPECT_THAT(ended.out, HasSubstr(fault.words));
}

std::string name_of(const testing::TestParamInfo<Fault>& fault) {
    return std::string(fault.param.plugin) + "_" + std::to_string(fault.index);
}

INSTANTIATE_TEST_SUITE_P(Check, EachFault, testing::ValuesIn(faults), name_of);

TEST(Check, EveryCheckHasAFaultThatShowsIt) {
    for (const Check& check : checks())
        EXPECT_TRUE(check.id == "file" || std::any_of(std::begin(faults), std::end(faults),
                                                      [&](const Fault& fault) { return check.id == fault.check; }))
            << check.id;
}

TEST(Check, AFileThatIsNoPluginFailsAndNothingElseIsTried) {
    const fs::path file = fs::temp_directory_path() / "siyu-check-test.so";
    std::ofstream(file) << "a text";
    const Ended ended = run("plugin check " + file.string());
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.out, HasSubstr("failed   file"));
    EXPECT_THAT(ended.out, HasSubstr("skipped  declares-same  not judged: file has to pass first"));
    fs::remove(file);
}

TEST(Check, ACutOffFileKillsNobody) {
    const fs::path file = fs::temp_directory_path() / "siyu-check-cut.so";
    fs::copy_file(plugin("standard"), file, fs::copy_options::overwrite_existing);
    fs::resize_file(file, 5000);
    const Ended ended = run("plugin check " + file.string());
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.out, HasSubstr("failed   file"));
    EXPECT_THAT(ended.out, HasSubstr("cut off"));
    fs::remove(file);
}

TEST(Check, OneFaultLeavesTheOtherChecksAsTheyAre) {
#ifdef SIYU_SANITIZED
    GTEST_SKIP() << "time and memory are not judged with a sanitizer";
#endif
    const Ended ended = run("plugin check " + plugin("value_of_nothing").string());
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.out, HasSubstr("19 ok, 1 failed, 1 not judged"));
}

TEST(Check, GoldenFiguresAreLinesOfTheirOwnAndEachWrongOneIsTold) {
    const Ended ended = run("plugin check " + plugin("wrong_figures").string() + " --only cases --cases " +
                            SIYU_SOURCE_DIR "/tests/check/wrong_figures");
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.out, HasSubstr("failed   cases/one"));
    EXPECT_THAT(ended.out, HasSubstr("expected.txt, line 3: kpis.orders_paid.prev: wanted 1, found 0"));
    EXPECT_THAT(ended.out, HasSubstr("expected.txt, line 4: kpis.nobody: wanted 1, there is nothing there"));
    EXPECT_THAT(ended.out, Not(HasSubstr("line 2")));
}

TEST(Check, WhatNeedsASettingIsCheckedWithTheOneGiven) {
    const std::string file = plugin("needs_a_setting").string();
    EXPECT_EQ(run("plugin check " + file + " --only declares-same").status, 1);
    EXPECT_EQ(run("plugin check " + file + " --only declares-same --only repeatable --set plugin.cycle=7").status, 0);
}

TEST(Check, WrongUseIsStatus2) {
    EXPECT_EQ(run("plugin check").status, 2);
    EXPECT_EQ(run("plugin check nowhere.so").status, 2);
    EXPECT_EQ(run("plugin check " + plugin("standard").string() + " --only luck").status, 2);
    EXPECT_EQ(run("plugin check " + plugin("standard").string() + " --cases nowhere").status, 2);
    EXPECT_EQ(run("plugin check " + plugin("standard").string() + " --set key").status, 2);
    EXPECT_EQ(run("plugin check --explain luck").status, 2);
}

TEST(Check, EveryCheckIsExplainedInBothLanguages) {
    for (const Language language : {Language::zh, Language::en})
        for (const Check& check : checks())
            EXPECT_TRUE(catalogue(language).has("check.explain." + std::string(check.id))) << check.id;
    const Ended all = run("plugin check --explain"), one = run("plugin check --explain no-leaks");
    EXPECT_EQ(all.status, 0);
    EXPECT_THAT(all.out, HasSubstr("\ncases\n"));
    EXPECT_THAT(one.out, testing::StartsWith("no-leaks\n    Creates, declares"));
}

// Figures of this run and this machine taken out.
TEST(Check, JsonIsAsItWas) {
#ifdef SIYU_SANITIZED
    GTEST_SKIP() << "what is measured is another thing with a sanitizer";
#endif
    const fs::path file = plugin("plain_c");
    Ended ended = run("plugin check " + file.string() + " --json", "2>/dev/null");
    EXPECT_EQ(ended.status, 0) << ended.out;
    ended.out = std::regex_replace(ended.out, std::regex(R"([0-9]+(\.[0-9]+)? (ms|s|MiB))"), "N $2");
    ended.out.replace(ended.out.find(file.string()), file.string().size(), "FILE");
    std::ifstream in(SIYU_SOURCE_DIR "/tests/check/plain_c.json");
    const std::string golden{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(ended.out, golden);
}

}  // namespace
}  // namespace siyu
