// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "core/host/wire.hpp"
#include "reports/explain.hpp"
#include "tests/host/figures.hpp"

// The contract over time and over compilers: plugins of 1.0, plugins of another standard library, the files as shipped.
namespace siyu {

using testing::HasSubstr;

namespace {

const std::filesystem::path here = SIYU_SOURCE_DIR "/tests/contract";

std::vector<std::string> lines_of(const std::string& command) {
    std::vector<std::string> lines;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 512> line{};
    while (pipe && std::fgets(line.data(), line.size(), pipe)) lines.emplace_back(line.data());
    if (pipe) pclose(pipe);
    return lines;
}

// Everything that a blueprint says, a line each.
std::string declared(const Blueprint& blueprint) {
    std::ostringstream out;
    const Catalogue english(Language::en);
    for (const Kpi& kpi : blueprint.kpis) {
        out << kpi.id << " | " << kpi.title_zh << " | " << kpi.title_en << " | " << static_cast<int>(kpi.group) << " "
            << static_cast<int>(kpi.unit) << " " << static_cast<int>(kpi.better) << " "
            << static_cast<int>(kpi.audience) << (kpi.adding ? " adding" : "")
            << (kpi.scales_with_traffic ? " scales" : "") << (kpi.projected ? " projected" : "")
            << (kpi.headline ? " headline" : "") << " | " << explain(kpi, blueprint, english) << "\n";
    }
    const auto line = [](const std::optional<Fraction>& value) { return value ? value->exact_text() : "-"; };
    for (const auto& [id, lines] : blueprint.lines)
        out << "lines " << id << " " << line(lines.normal) << " " << line(lines.good) << " " << line(lines.excess)
            << "\n";
    out << "staffing " << blueprint.staffing.members_per_guide.exact_text() << " "
        << blueprint.staffing.guides_per_operator.exact_text() << "\n";
    for (const Staffing::Role& role : blueprint.staffing.roles)
        out << "role " << role.id << " | " << role.title_zh << " | " << role.title_en << " | "
            << role.per_person.exact_text() << " " << role.at_least << "\n";
    for (const Section& section : blueprint.sections)
        out << "section " << section.id << " | " << section.title_zh << " | " << section.title_en << " | "
            << section.daily << section.weekly << section.monthly << " | " << section.template_zh << " | "
            << section.template_en << " | " << section.keys.size() << "\n";
    return out.str();
}

std::string golden(const std::string& plugin) { return bytes_of(here / "frozen" / (plugin + ".txt")); }

std::string fault_of(const Kpi& kpi, Evaluation& evaluation) {
    return fault([&] { kpi.compute(evaluation); });
}

}  // namespace

TEST(Frozen, PluginsOfVersionOneDeclareTheSameAsEver) {
    const Plugins plugins({FROZEN_PLUGINS});
    EXPECT_EQ(declared(plugins.blueprint("frozen_cpp")), golden("frozen_cpp"));
    EXPECT_EQ(declared(plugins.blueprint("frozen_c")), golden("frozen_c"));
}

TEST(Frozen, WhatMeantNothingInVersionOneMeansNothingNow) {
    const Blueprint blueprint = Plugins({FROZEN_PLUGINS}).blueprint("frozen_c");
    ASSERT_EQ(blueprint.measures.size(), 1u);
    EXPECT_EQ(blueprint.measures[0].set, none);
}

TEST(Frozen, PluginsOfVersionOneComputeAndFill) {
    const Plugins plugins({FROZEN_PLUGINS});
    const Blueprint cpp = plugins.blueprint("frozen_cpp"), c = plugins.blueprint("frozen_c");
    Figures figures(std::vector<Value>(60, Value(6)));
    EXPECT_EQ(cpp.kpi("basket")->compute(figures), Value(1));
    EXPECT_EQ(c.kpi("half_the_orders")->compute(figures), Value(3));
    Figures late(std::vector<Value>(60, Value(Gap::not_ready)));
    EXPECT_EQ(cpp.kpi("basket")->compute(late), Value(Gap::not_ready));
    EXPECT_EQ(c.kpi("half_the_orders")->compute(late), Value(Gap::not_ready));
    EXPECT_THAT(fault_of(*cpp.kpi("broken"), figures), HasSubstr("- broken: said in 1.0"));
    EXPECT_EQ(cpp.sections.at(0).fill(figures).keys, (SectionContent::Row{{"hello", {"to day 20006", {}}}}));
    EXPECT_EQ(c.sections.at(0).fill(figures).keys, (SectionContent::Row{{"rhythm", {"weekly", {}}}}));
}

TEST(OtherLibrary, WhatIsThrownInsideIsCaughtByItsTypeAndTheWordsGetThrough) {
#ifdef SIYU_SANITIZED
    GTEST_SKIP() << "a sanitizer's runtime does not go with another standard library";
#endif
    std::istringstream folders(OTHER_LIBRARIES);
    int tried = 0;
    for (std::string folder; folders >> folder; ++tried) {
        SCOPED_TRACE(folder);
        const Blueprint blueprint = Plugins({folder}).blueprint("other_library");
        Figures figures({Value(1)});
        EXPECT_EQ(blueprint.kpi("caught")->compute(figures), Value(111));
        EXPECT_THAT(fault_of(*blueprint.kpi("failing"), figures), HasSubstr("- failing: the moon is wrong"));
        EXPECT_THAT(fault_of(*blueprint.kpi("refusing"), figures), HasSubstr("- refusing: division by zero"));
    }
    EXPECT_GT(tried, 0) << "clang++ and libc++ are not installed: packaging/install.sh test";
}

TEST(Shipped, PluginsExportOneSymbol) {
    const auto files = Plugins::files({shipped});
    EXPECT_GE(files.size(), 2u);
    for (const auto& file : files) {
        const auto symbols = lines_of(std::string(NM) + " -D --defined-only " + file.string());
        ASSERT_EQ(symbols.size(), 1u) << file;
        EXPECT_THAT(symbols[0], testing::EndsWith(" siyu_plugin_v1\n")) << file;
    }
}

TEST(Shipped, AStrippedPluginLoads) {
    const Folder folder;
    const auto file = folder.write("standard.so", bytes_of(shipped / "standard.so"));
    ASSERT_EQ(std::system((std::string(STRIP) + " --strip-all " + file.string()).c_str()), 0);
    ASSERT_LT(std::filesystem::file_size(file), std::filesystem::file_size(shipped / "standard.so"));
    EXPECT_EQ(refusal(Plugins({folder.path()}), "standard"), "");
}

TEST(Wire, StructsOfVersionOneAreTakenAndSmallerOnesAreNot) {
    siyu_set_expression set{};
    set.below = 7, set.within_days = 7;
    set.size = 47;
    EXPECT_FALSE(taken(&set));
    set.size = 48;
    ASSERT_TRUE(taken(&set));
    EXPECT_EQ(taken(&set)->below, 0) << "what lies behind a struct of 1.0 is not its own";
    set.size = sizeof set;
    EXPECT_EQ(taken(&set)->below, 7);
    set.size = sizeof set + 8;  // of a later version: what is not known here is left
    EXPECT_EQ(taken(&set)->within_days, 7u);
    siyu_measure_expression measure{};
    measure.size = 95;
    EXPECT_FALSE(taken(&measure));
    measure.size = 96;
    EXPECT_TRUE(taken(&measure));
}

}  // namespace siyu
