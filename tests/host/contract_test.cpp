// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <siyu/plugin.hpp>
#include <string>
#include <vector>

extern "C" void layout_c11(std::uint64_t* out);
extern "C" void layout_c17(std::uint64_t* out);

namespace {

constexpr std::size_t fields = 24;
// Contract 1.0. A number here may grow when a struct grows at its end; none that stands for a last field may change.
constexpr std::array<std::uint64_t, fields> version_1_0{
    16, 16, 40,                          // text, fraction, filter
    96, 88, 32,  16,  72,  56,  40, 24,  // kpi, formula, lines, staffing
    80, 72, 120, 112, 48,  40,           // role, section, set_expression
    96, 92, 16,  12,  152, 144,          // measure_expression, period, host
    72,                                  // plugin
};

std::vector<std::string> lines_of(const std::string& command) {
    std::vector<std::string> lines;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 512> line{};
    while (pipe && std::fgets(line.data(), line.size(), pipe)) lines.emplace_back(line.data());
    if (pipe) pclose(pipe);
    return lines;
}

}  // namespace

TEST(Contract, CAndCxxLayItOutTheSameAsVersionOne) {
    std::array<std::uint64_t, 32> c11{}, c17{};
    layout_c11(c11.data());
    layout_c17(c17.data());
    EXPECT_EQ(c11, c17);
    EXPECT_EQ(std::vector(c11.begin(), c11.begin() + fields), std::vector(version_1_0.begin(), version_1_0.end()));
    EXPECT_EQ(c11[fields], offsetof(siyu_plugin, extension));
    EXPECT_EQ(c11[3], sizeof(siyu_kpi));
    EXPECT_EQ(c11[21], sizeof(siyu_host));
    EXPECT_EQ(c11[fields + 1], 8u);  // length of a literal
}

TEST(Contract, APluginExportsOneSymbol) {
    for (const char* plugin : {"standard.so", "pawpaw.so"}) {
        const auto symbols =
            lines_of(std::string(NM) + " -D --defined-only " + SIYU_BINARY_DIR "/lib/siyu/plugins/" + plugin);
        ASSERT_EQ(symbols.size(), 1u) << plugin;
        EXPECT_THAT(symbols[0], testing::EndsWith(" siyu_plugin_v1\n"));
    }
}

TEST(SdkFraction, IsExactAndRefusesWhatDoesNotFit) {
    using siyu::contract_v1::Fraction;
    EXPECT_EQ(Fraction(6, -4), Fraction(-3, 2));
    EXPECT_EQ(Fraction(1, 6) + Fraction(1, 10), Fraction(4, 15));
    EXPECT_EQ(Fraction(7, 3) / Fraction(14, 9), Fraction(3, 2));
    EXPECT_EQ(Fraction(INT64_MAX, 3) * Fraction(3), Fraction(INT64_MAX));
    EXPECT_TRUE(Fraction(1, 3) < Fraction(1, 2));
    EXPECT_THROW(Fraction(INT64_MAX) + Fraction(1), siyu::contract_v1::Failure);
    EXPECT_THROW(Fraction(1) / Fraction(0), siyu::contract_v1::Failure);
}
