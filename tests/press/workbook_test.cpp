// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/base/error.hpp"
#include "tests/press/outside.hpp"

namespace siyu {
namespace {

using nlohmann::json;
using Kind = Workbook::Kind;

std::string many(const std::string& what, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += what;
    return all;
}

Workbook workbook() {
    Workbook made{"曙光护肤 每周经营简报", "曙光私域运营", 1763946000, {}};
    Workbook::Sheet sheet{"员工",
                          {"曙光护肤 每周经营简报", "2026-11-10 至 2026-11-16"},
                          {"员工", "新增", "均值", "转化率", "GMV", "ROI"},
                          {}};
    sheet.rows.push_back({{"王小明"},
                          {"1,234", 1234.0, Kind::count},
                          {"1.5", 1.5, Kind::decimal},
                          {"12.30%", 0.123, Kind::ratio},
                          {"¥1,234.56", 1234.56, Kind::yuan},
                          {"2.50", 2.5, Kind::multiple, true}});
    sheet.rows.push_back({{"合计", {}, Kind::text, true}, {"无数据", {}, Kind::count}, {"", {}, Kind::decimal}});
    made.sheets.push_back(sheet);
    return made;
}

TEST(Xlsx, NumbersAreNumbersInTheirFormats) {
    const json seen = outside("workbook", press().xlsx(workbook()));
    const json& sheet = seen["sheets"][0];
    EXPECT_EQ(sheet["name"], "员工");
    const json& cells = sheet["cells"];
    EXPECT_EQ(cells["A1"][0], "曙光护肤 每周经营简报");
    EXPECT_EQ(cells["A2"][0], "2026-11-10 至 2026-11-16");
    EXPECT_EQ(cells["A4"][0], "员工");
    EXPECT_EQ(cells["A5"][0], "王小明");
    EXPECT_EQ(cells["B5"], json({1234.0, "#,##0"}));
    EXPECT_EQ(cells["C5"], json({1.5, "#,##0.00"}));
    EXPECT_EQ(cells["D5"], json({0.123, "0.00%"}));
    EXPECT_EQ(cells["E5"], json({1234.56, "¥#,##0.00"}));
    EXPECT_EQ(cells["F5"], json({2.5, "0.00"}));
    EXPECT_EQ(cells["B6"][0], "无数据");
    EXPECT_FALSE(cells.contains("C6"));
    EXPECT_EQ(sheet["filter"], "A4:F6");
    EXPECT_EQ(sheet["frozen"], "B5");
    EXPECT_EQ(seen["created"], json({"2025-11-24T01:00:00Z"}));
    EXPECT_EQ(seen["title"], json({"曙光护肤 每周经营简报"}));
    EXPECT_EQ(seen["author"], json({"曙光私域运营"}));
}

TEST(Xlsx, TextsAreNeverFormulas) {
    Workbook made = workbook();
    auto& sheet = made.sheets[0];
    const std::vector<std::string> bad = {"=1+1",
                                          "+1",
                                          "-1",
                                          "@SUM(A1)",
                                          "=cmd|' /C calc'!A0",
                                          "{=1}",
                                          "\t=1+1",
                                          "1234",
                                          "https://evil.example",
                                          "internal:员工!A1",
                                          "mailto:a@b.example",
                                          "<b>&amp;",
                                          "  padded ",
                                          "line\nbreak"};
    sheet.rows.clear();
    sheet.before = {"=1+1"};
    sheet.columns = {"=A1", "+b"};
    for (const auto& text : bad) sheet.rows.push_back({{text}, {text, {}, Kind::count}});
    const json seen = outside("workbook", press().xlsx(made));
    const json& cells = seen["sheets"][0]["cells"];
    EXPECT_EQ(seen["sheets"][0]["formulas"], 0);
    EXPECT_EQ(cells["A1"][0], "=1+1");
    EXPECT_EQ(cells["A3"][0], "=A1");
    for (std::size_t i = 0; i < bad.size(); ++i) {
        EXPECT_EQ(cells["A" + std::to_string(i + 4)][0], bad[i]);
        EXPECT_EQ(cells["B" + std::to_string(i + 4)][0], bad[i]);
    }
    for (const std::string file : seen["files"])
        EXPECT_EQ(file.find(".rels") != file.npos && file.find("sheet") != file.npos, false);
}

TEST(Xlsx, IsTheSameEachTimeAndLeavesNothingBehind) {
    const auto left = [] {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path()))
            count += entry.path().filename().string().starts_with("siyu-xlsx-");
        return count;
    };
    const int before = left();
    EXPECT_EQ(press().xlsx(workbook()), press().xlsx(workbook()));
    EXPECT_EQ(left(), before);
}

TEST(Xlsx, SheetNamesAreMadeFit) {
    Workbook made = workbook();
    const std::vector<std::pair<std::string, std::string>> names = {
        {"a[b]c:d*e?f/g\\h", "a b c d e f g h"},
        {"'quoted'", "quoted"},
        {"Sales", "Sales"},
        {"SALES", "SALES (2)"},
        {"sales", "sales (3)"},
        {"History", "History (2)"},
        {many("字", 40), many("字", 31)},
        {many("字", 40), many("字", 27) + " (2)"},
        {many("👍", 40), many("👍", 15)},
        {"", "1"},
        {"''", "2"},
        {"a\r\nb\x01", "a b"},
        {"it's", "it's"},
        {many("x", 30) + "'y", many("x", 30)},
    };
    made.sheets.clear();
    for (const auto& [name, fit] : names) made.sheets.push_back({name, {}, {"a"}, {}});
    const json seen = outside("workbook", press().xlsx(made));
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(seen["sheets"][i]["name"], names[i].second);
}

TEST(Xlsx, OddValuesDoNotBreakTheFile) {
    Workbook made = workbook();
    auto& sheet = made.sheets[0];
    sheet.rows = {{{"a\x01\x0b"
                    "b\xff"
                    "c\xef\xbf\xbf"},
                   {"无穷", std::numeric_limits<double>::infinity(), Kind::ratio}},
                  {{many("长", 40000)}, {"非数", std::nan(""), Kind::yuan}, {"", -0.5, Kind::ratio}},
                  {},
                  {{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"more than columns"}}};
    made.title = "a\x01<&>";
    made.made_at = 0;
    const std::string bytes = press().xlsx(made);
    EXPECT_EQ(bytes, press().xlsx(made));
    made.made_at = std::int64_t{1} << 60;
    EXPECT_EQ(outside("workbook", press().xlsx(made))["created"], json({"9999-12-31T23:59:59Z"}));
    const json seen = outside("workbook", bytes);
    const json& cells = seen["sheets"][0]["cells"];
    EXPECT_EQ(cells["A5"][0], "abc");
    EXPECT_EQ(cells["B5"][0], "无穷");
    EXPECT_EQ(cells["B6"][0], "非数");
    EXPECT_EQ(cells["C6"][0], -0.5);
    const std::string text = cells["A6"][0];
    EXPECT_TRUE(many("长", 40000).starts_with(text));
    EXPECT_GT(text.size(), 30000u);
    EXPECT_EQ(cells["G8"][0], "more than columns");
    made.sheets.clear();
    EXPECT_EQ(outside("workbook", press().xlsx(made))["sheets"].size(), 1u);
    made.sheets.push_back({"leer", {"only a line"}, {}, {}});
    EXPECT_EQ(outside("workbook", press().xlsx(made))["sheets"][0]["cells"]["A1"][0], "only a line");
}

TEST(Xlsx, ColumnsAreAsWideAsTheirTexts) {
    Workbook made = workbook();
    auto& sheet = made.sheets[0];
    sheet.columns = {"a", "b", "c"};
    sheet.rows = {{{"二十个汉字二十个汉字二十个汉字二十个汉字"}, {many("x", 40)}, {many("x", 400)}}};
    const json widths = outside("workbook", press().xlsx(made))["sheets"][0]["widths"];
    ASSERT_EQ(widths.size(), 3u);
    EXPECT_NEAR(widths[0], 42, 1);
    EXPECT_NEAR(widths[1], 42, 1);
    EXPECT_NEAR(widths[2], 48, 1);  // no wider
}

}  // namespace
}  // namespace siyu
