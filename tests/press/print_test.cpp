// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "tests/press/outside.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using Kind = Print::Block::Kind;

std::string many(const std::string& what, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += what;
    return all;
}

std::string text_of(const std::string& pdf, const std::string& options = "-layout") {
    const ToLookAt file(pdf, ".pdf");
    const Said said = run("pdftotext " + options + " " + file.path() + " -");
    EXPECT_EQ(said.status, 0) << said.words;
    return said.words;
}

// Poppler does not see every narrow blank.
std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
    return text;
}

std::string about(const std::string& pdf) {
    const ToLookAt file(pdf, ".pdf");
    return run("TZ=UTC pdfinfo -isodates " + file.path()).words;
}

int pages(const std::string& pdf) {
    const std::string said = about(pdf);
    return std::stoi(said.substr(said.find("Pages:") + 6));
}

int times(const std::string& what, const std::string& in) {
    int count = 0;
    for (std::size_t at = in.find(what); at != in.npos; at = in.find(what, at + 1)) ++count;
    return count;
}

Print print_of(std::vector<Print::Block> blocks) {
    Print made;
    made.title = "曙光护肤 每周经营简报";
    made.subtitle = "2026-11-10 至 2026-11-16";
    made.author = "曙光私域运营";
    made.footer = "仅供品牌内部使用";
    made.language = "zh-CN";
    made.made_at = 1763946000;
    made.blocks = std::move(blocks);
    return made;
}

Print::Block table(int rows) {
    Print::Block block;
    block.kind = Kind::table;
    block.columns = {"员工姓名", "新增好友"};
    block.numbers = {false, true};
    for (int i = 1; i <= rows; ++i)
        block.rows.push_back({{"员工" + std::to_string(i) + "号"}, {std::to_string(i * 1000), "#c00000", true}});
    return block;
}

constexpr const char* drawing =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 150'><rect width='200' height='150' fill='#1f4e79'/>"
    "<text x='210' y='80' font-family='WenQuanYi Micro Hei' font-size='20'>图里的字</text></svg>";

TEST(Pdf, SaysWhatWasMeant) {
    const std::string pdf = press().pdf(print_of({{.text = "本周销售额上升，退款下降。"},
                                                  {.kind = Kind::heading, .text = "走势"},
                                                  {.kind = Kind::picture, .svg = drawing},
                                                  {.kind = Kind::note, .text = "退款按付款时间计。"},
                                                  table(3)}));
    const std::string text = text_of(pdf);
    for (const char* words : {"曙光护肤 每周经营简报", "2026-11-10 至 2026-11-16", "本周销售额上升，退款下降。", "走势",
                              "图里的字", "退款按付款时间计。", "员工姓名", "员工2号", "2000", "仅供品牌内部使用"})
        EXPECT_THAT(text, HasSubstr(words));
    EXPECT_THAT(without_blanks(text), HasSubstr("仅供品牌内部使用1/1"));
    const std::string said = about(pdf);
    EXPECT_THAT(said, HasSubstr("曙光护肤 每周经营简报"));
    EXPECT_THAT(said, HasSubstr("曙光私域运营"));
    EXPECT_THAT(said, HasSubstr("2025-11-24T01:00:00"));
    EXPECT_THAT(said, HasSubstr("A4"));
    EXPECT_EQ(pages(pdf), 1);
}

TEST(Pdf, IsTheSameEachTime) {
    const Print made = print_of({{.text = "字"}, {.kind = Kind::picture, .svg = drawing}, table(80)});
    EXPECT_EQ(press().pdf(made), press().pdf(made));
}

TEST(Pdf, TablesGoOnWithTheirHeads) {
    const std::string pdf = press().pdf(print_of({table(150)}));
    const int count = pages(pdf);
    EXPECT_GE(count, 3);
    EXPECT_LE(count, 6);
    const std::string text = text_of(pdf);
    EXPECT_EQ(times("员工姓名", text), count);
    for (int i = 1; i <= 150; ++i) EXPECT_EQ(times("员工" + std::to_string(i) + "号", text), 1) << i;
    for (int page = 1; page <= count; ++page)
        EXPECT_THAT(without_blanks(text),
                    HasSubstr("仅供品牌内部使用" + std::to_string(page) + "/" + std::to_string(count)));
}

TEST(Pdf, WhatIsLongerThanAPageIsBroken) {
    Print::Block block = table(1);
    block.rows[0][0].text = "开头" + many("很长的一段话，", 3000) + "结尾";
    std::string pdf = press().pdf(print_of({block, {.text = "后面"}}));
    std::string text = text_of(pdf, "-raw");
    EXPECT_GT(pages(pdf), 3);
    EXPECT_THAT(text, HasSubstr("开头"));
    EXPECT_THAT(text, HasSubstr("结尾"));
    EXPECT_THAT(text, HasSubstr("后面"));
    EXPECT_GE(times("很长", without_blanks(text)),
              2900);  // those that a page break or a line's end tears apart are not found

    pdf = press().pdf(
        print_of({{.text = many("一段没有空格的话", 2000)}, {.text = many("x", 5000)}, {.text = many("\n", 200)}}));
    EXPECT_GT(pages(pdf), 5);

    block = table(2);  // a head longer than a page comes once
    block.columns[0] = many("很长的表头", 2000);
    pdf = press().pdf(print_of({block}));
    EXPECT_LT(pages(pdf), 20);
    EXPECT_THAT(text_of(pdf), HasSubstr("员工2号"));

    block = table(3);
    for (int i = 0; i < 60; ++i) block.columns.push_back("很多列的表" + std::to_string(i));
    for (auto& row : block.rows)
        for (int i = 0; i < 60; ++i) row.push_back({"1,234,567.89"});
    EXPECT_LT(pages(press().pdf(print_of({block}))), 60);
}

TEST(Pdf, PicturesFitOnThePage) {
    EXPECT_EQ(pages(press().pdf(print_of(
                  {{.kind = Kind::picture,
                    .svg = "<svg xmlns='http://www.w3.org/2000/svg' width='5000' height='50000'><rect width='5000' "
                           "height='50000'/></svg>"}}))),
              2);
    // A heading goes to the next page with its picture.
    const std::string pdf = press().pdf(print_of(
        {{.text = many("\n", 40)}, {.kind = Kind::heading, .text = "走势"}, {.kind = Kind::picture, .svg = drawing}}));
    const std::string text = text_of(pdf);
    EXPECT_EQ(pages(pdf), 2);
    EXPECT_GT(text.find("走势"), text.find('\f'));
    try {
        press().pdf(print_of({{.kind = Kind::picture, .svg = "<svg"}}));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "press.bad_picture");
    }
}

TEST(Pdf, OddTextsDoNotBreakTheFile) {
    Print made = print_of({{.text = std::string("a\0b\xff\x01", 5) + "c\r\nd\x0c"
                                                                     "e"},
                           {.kind = Kind::heading},
                           {.kind = Kind::table},
                           {.kind = Kind::table, .columns = {"a", "b"}, .rows = {{}, {{"x"}, {"y"}, {"z"}}}},
                           {.text = "👍 𠮷 العربية"}});
    made.title = "\xff\x01(\\)<&>标题";
    made.author = made.footer = std::string("x\0y", 3);
    made.colour = "no colour";
    const std::string pdf = press().pdf(made);
    EXPECT_EQ(pages(pdf), 1);
    EXPECT_THAT(about(pdf), HasSubstr("(\\)<&>标题"));
    EXPECT_THAT(text_of(pdf), HasSubstr("abc"));
    EXPECT_EQ(pages(press().pdf(Print{})), 1);
    made.made_at = std::int64_t{1} << 60;
    EXPECT_EQ(pages(press().pdf(made)), 1);
}

}  // namespace
}  // namespace siyu
