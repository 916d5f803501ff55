// SPDX-License-Identifier: Apache-2.0
#include "core/intake/source.hpp"

#include <gmock/gmock.h>

#include "core/intake/date_format.hpp"
#include "core/intake/recognition.hpp"
#include "core/intake/utf8.hpp"
#include "tests/intake/custom_profile.hpp"
#include "tests/intake/scratch.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Source, ColumnsGoByNameInAnyOrder) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("leaves.csv", "customer_id,group_id,left_at\nc1,g1,2026-11-20\n")),
                ElementsAre("leaves 2 2026-11-20|c1||g1"));
}

TEST(Source, TheChineseNameOfAColumnIsAsGood) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("x.csv", "群ID,流失时间,客户ID\ng1,2026-11-20,c1\n")),
                ElementsAre("leaves 2 2026-11-20|c1||g1"));
    EXPECT_THAT(all(scratch.file("guides.csv", "导购ID, 姓名,类型 ,月成本,起始\n1,李娜,brand,6000,2026-01-01\n")),
                ElementsAre("guides 2 1|李娜|brand|6000|2026-01-01|"));
}

TEST(Source, HeaderNamesMayBeWideOrUpperCase) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("x.csv", "ＫＯＣ＿ＩＤ,\"状态\",SINCE\nk1,active,2026-11-20\n")),
                ElementsAre("kocs 2 k1|||active|2026-11-20"));
}

TEST(Source, UnknownColumnsAreIgnoredAndNamed) {
    const Scratch scratch;
    FactSource source(scratch.file("leaves.csv", "note,customer_id,,left_at,备注\nx,c1,y,2026-11-20,z\n"), {},
                      builtin());
    EXPECT_THAT(source.unknown_columns(), ElementsAre("note", "备注"));
    EXPECT_THAT(all(source), ElementsAre("leaves 2 2026-11-20|c1||"));
}

TEST(Source, TheFileNameTellsTheFact) {
    const auto fact = [](const char* name) { return fact_of_name(name); };
    EXPECT_EQ(fact("joins.csv"), Fact::joins);
    EXPECT_EQ(fact("/a/2-joins.csv"), Fact::joins);
    EXPECT_EQ(fact("加粉.csv"), Fact::joins);
    EXPECT_EQ(fact("12_加粉 2026-11.xlsx"), Fact::joins);
    EXPECT_EQ(fact("orders_2026-11.csv"), Fact::orders);
    EXPECT_EQ(fact("Guide_days.csv"), Fact::guide_days);
    EXPECT_EQ(fact("guides.csv"), Fact::guides);
    EXPECT_EQ(fact("group_days2026.csv"), Fact::group_days);
    EXPECT_EQ(fact("stores.csv"), Fact::stores);
    EXPECT_EQ(fact("store_guides_2026.csv"), Fact::store_guides);
    EXPECT_EQ(fact("门店.xlsx"), Fact::stores);
    EXPECT_EQ(fact("门店大盘 11月.csv"), Fact::store_sales);
    EXPECT_EQ(fact("3-代理进销.csv"), Fact::agent_stock);
    EXPECT_EQ(fact("会员.csv"), Fact::memberships);
    for (const char* name : {"export.csv", "joinsheet.csv", "my-joins.csv", "123.csv", ".csv", "加粉率.csv"})
        EXPECT_EQ(fact(name), std::nullopt) << name;
}

TEST(Source, TheHeaderTellsTheFactWhereTheNameDoesNot) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("export.csv", "refund_id,order_id,at,amount\nr,o,2026-11-20,1\n")),
                ElementsAre("refunds 2 r|o|2026-11-20|1"));
    EXPECT_THAT(all(scratch.file("export.csv", "month,kpi,forecast\n2026-11,gmv,5\n")),
                ElementsAre("forecast 2 2026-11|gmv|5|||"));
}

TEST(Source, AHeaderThatFitsSeveralFactsIsRefusedWithTheirNames) {
    const Scratch scratch;
    const auto path = scratch.file("export.csv", "at,customer_id,guide_id,kind\n2026-11-20,c,g,moment\n");
    const Note note = refusal([&] { all(path); });
    EXPECT_EQ(note.id, "intake.several_facts");
    EXPECT_EQ(with(note, "names"), "interactions, guide_actions");
    EXPECT_THAT(all(path, {Fact::guide_actions, ""}), ElementsAre("guide_actions 2 2026-11-20|g|moment||"));
}

// Every table about stores has what a roster of stores needs.
TEST(Source, AHeaderIsOfTheFactThatAsksForMore) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("export.csv", "门店ID,大区\ns1,华东\n")), ElementsAre("stores 2 s1||华东|"));
    EXPECT_THAT(all(scratch.file("export.csv", "store_id,guide_id\ns1,g1\n")), ElementsAre("store_guides 2 s1|g1|||"));
    EXPECT_THAT(all(scratch.file("export.csv", "日期,门店ID,成交额\n2026-11-20,s1,5\n")),
                ElementsAre("store_sales 2 2026-11-20|s1|5"));
    EXPECT_THAT(all(scratch.file("export.csv", "order_id,paid_at,amount,guide_id,store_id\n1,2026-11-20,5,g1,s1\n")),
                ElementsAre("orders 2 1|2026-11-20|5||g1||||||"));
    EXPECT_THAT(all(scratch.file("export.csv", "客户ID,会员档位,起始,截止\nc,gold,2026-11-20,\n")),
                ElementsAre("memberships 2 c|gold|2026-11-20||"));
}

TEST(Source, AHeaderThatFitsNothingIsRefusedWithWhatIsThere) {
    const Scratch scratch;
    const Note note = refusal([&] { all(scratch.file("export.csv", "a,乙\n1,2\n")); });
    EXPECT_EQ(note.id, "intake.unknown_table");
    EXPECT_EQ(with(note, "columns"), "a, 乙");
}

TEST(Source, AHeaderWithoutANeededColumnIsRefusedWithNearNames) {
    const Scratch scratch;
    const Note note = refusal([&] { all(scratch.file("orders.csv", "order_id,付款时间,实付金额\n1,2026-11-20,3\n")); });
    EXPECT_EQ(note.id, "intake.missing_columns_like");
    EXPECT_EQ(with(note, "missing"), "amount/金额");
    EXPECT_EQ(with(note, "columns"), "order_id, 付款时间, 实付金额");
    EXPECT_EQ(with(note, "like"), "实付金额 → amount/金额");
    const Note typo = refusal([&] { all(scratch.file("joins.csv", "joined_at,custmer_id\n2026-11-20,c\n")); });
    EXPECT_EQ(with(typo, "like"), "custmer_id → customer_id/客户ID");
    const Note none = refusal([&] { all(scratch.file("joins.csv", "joined_at,x\n2026-11-20,c\n")); });
    EXPECT_EQ(none.id, "intake.missing_columns");
}

TEST(Source, TheChannelOfTouchesMayBeEmptyButItsColumnIsNeeded) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("touches.csv", "date,channel,touches,cost\n2026-11-20,,5,1\n")),
                ElementsAre("touches 2 2026-11-20||5|1|"));
    const Note note = refusal([&] { all(scratch.file("touches.csv", "date,touches,cost\n2026-11-20,5,1\n")); });
    EXPECT_EQ(with(note, "missing"), "channel/渠道");
}

TEST(Source, TwoColumnsOfOneMeaningAreRefused) {
    const Scratch scratch;
    for (const std::string again : {"客户ID", "customer_id"}) {
        const Note note = refusal([&] { all(scratch.file("joins.csv", "joined_at,customer_id," + again + "\n")); });
        EXPECT_EQ(note.id, "intake.column_twice");
        EXPECT_EQ(with(note, "column"), "customer_id/客户ID");
    }
}

TEST(Source, ATitleMayStandAboveTheHeader) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("x.csv", "私域日报\n导出时间：2026-11-21\n\nleft_at,customer_id\n2026-11-20,c1\n")),
                ElementsAre("leaves 5 2026-11-20|c1||"));
}

TEST(Source, SummaryRowsAreLeftOutAndNamed) {
    const Scratch scratch;
    FactSource source(scratch.file("touches.csv",
                                   "date,channel,touches,cost\n2026-11-20,a,5,1\n合计,,5,1\n 总计：,,5,1\n"
                                   ",汇总,5,1\n2026-11-21,全部,6,2\n"),
                      {}, builtin());
    EXPECT_THAT(all(source), ElementsAre("touches 2 2026-11-20|a|5|1|", "touches 6 2026-11-21|全部|6|2|"));
    EXPECT_EQ(source.records(), 5);
    EXPECT_EQ(source.summary_rows(), 3);
    ASSERT_EQ(source.summaries().size(), 3U);
    EXPECT_EQ(source.summaries()[0].line, 3);
    EXPECT_EQ(source.summaries()[0].text, "合计,,5,1");
}

TEST(Source, BrokenRowsAreBadRowsWithTheirText) {
    const Scratch scratch;
    FactSource source(scratch.file("leaves.csv", "left_at,customer_id\n2026-11-20,1,234\n2026-11-21,c\n"), {},
                      builtin());
    ASSERT_EQ(source.next(), FactSource::Found::bad);
    EXPECT_EQ(source.bad().line, 2);
    EXPECT_EQ(source.bad().reason.id, "intake.too_many_cells");
    EXPECT_EQ(source.header_record() + "\n" + source.record(), "left_at,customer_id\n2026-11-20,1,234");
    EXPECT_EQ(source.next(), FactSource::Found::row);
    EXPECT_EQ(source.record(), "2026-11-21,c");
    EXPECT_EQ(source.column_title(1), "customer_id");
    EXPECT_EQ(source.next(), FactSource::Found::end);
}

TEST(Source, ACanonicalRowIsNotCopied) {
    const Scratch scratch;
    FactSource source(scratch.file("leaves.csv", "customer_id,left_at\nc1,2026-11-20\n"), {}, builtin());
    ASSERT_EQ(source.next(), FactSource::Found::row);
    EXPECT_EQ(source.row().cells[1].data() + 3, source.row().cells[0].data());  // neighbours in the buffer, `c1,`
}

TEST(Source, ASheetIsAsGoodAsCsv) {
    const Scratch scratch;
    const Workbook book{R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
                        R"(<row r="2"><c r="A2" s="2"><v>46346.385416666664</v></c><c r="B2"><v>10086</v></c></row>)",
                        "<si><t>流失时间</t></si><si><t>客户ID</t></si>", false, false, ""};
    EXPECT_THAT(all(scratch.file("export.xlsx", book.bytes())), ElementsAre("leaves 2 2026-11-20 09:15:00|10086||"));
}

TEST(Profile, ColumnsAndConstantsAreMapped) {
    const Custom custom(plain + "constants = { channel = \"天猫\" }\n");
    EXPECT_THAT(custom.rows("实收,单号,时间\n12,=\"007\",2026-11-20\n"),
                ElementsAre("orders 2 007|2026-11-20|12.00|||天猫|||||"));
}

TEST(Profile, DatesAreReadByTheirFormatAndElseAsCanonical) {
    const Custom custom(plain, "dates = [\"%d/%m/%Y\", \"%Y年%m月%d日 %H时%M分\", \"%s\"]");
    EXPECT_THAT(
        custom.rows("单号,时间,实收\n1,05/11/2026,0\n2,2026年1月2日 9时05分,0\n3,1795137300,0\n4,2026/11/20 09:15,0\n"),
        ElementsAre("orders 2 1|2026-11-05|0.00||||||||", "orders 3 2|2026-01-02 09:05:00|0.00||||||||",
                    "orders 4 3|2026-11-20 01:15:00Z|0.00||||||||", "orders 5 4|2026/11/20 09:15|0.00||||||||"));
}

TEST(Profile, ADateFormatIsFollowedToTheLetter) {
    EXPECT_EQ(reformed("1/15/2018", "%m/%d/%Y"), "2018-01-15");
    EXPECT_EQ(reformed(" 01/05/2018 ", "%m/%d/%Y"), "2018-01-05");
    EXPECT_EQ(reformed("1/15/2018  9:05", "%m/%d/%Y %H:%M"), "2018-01-15 09:05:00");
    for (const std::string text : {"15/1/2018", "1/15/18", "1/15/2018x", "2/30/2018", "1-15-2018", "", "1/15"})
        EXPECT_EQ(reformed(text, "%m/%d/%Y"), std::nullopt) << text;
    EXPECT_EQ(reformed("1/1/2018 24:00", "%m/%d/%Y %H:%M"), std::nullopt);
}

TEST(Profile, MoneyMayBeASumOfColumns) {
    const Custom custom(orders +
                        "columns = { order_id = \"单号\", paid_at = \"时间\", amount = [\"实收\", \"+\", \"退款\", "
                        "\"-\", \"运费\"] }\n");
    EXPECT_THAT(
        custom.rows("单号,时间,实收,退款,运费\n1,2026-11-20,10.5,¥2,0.25\n2,2026-11-20,1,,\n3,2026-11-20,1,,2\n4,2026-"
                    "11-20,1,x,2\n"),
        ElementsAre("orders 2 1|2026-11-20|12.25||||||||", "orders 3 2|2026-11-20|1.00||||||||",
                    "bad 4 实收 + 退款 - 运费 -1.00 intake.bad.money_negative", "bad 5 退款 x intake.bad.money"));
}

TEST(Profile, MoneyMayBeInFen) {
    const Custom custom(plain + "fen = [\"amount\"]\n");
    EXPECT_THAT(custom.rows("单号,时间,实收\n1,2026-11-20,1234\n2,2026-11-20,12.5\n"),
                ElementsAre("orders 2 1|2026-11-20|12.34||||||||", "bad 3 实收 12.50 intake.bad.money_too_fine"));
}

TEST(Profile, ACheckThatFailsMakesABadRow) {
    const Custom custom(plain + "check = [{ left = \"总额\", right = [\"实收\", \"+\", \"退款\"] }]\n");
    FactSource source(
        custom.scratch.file("x.csv", "单号,时间,实收,总额,退款\n1,2026-11-20,1,3,2\n2,2026-11-20,1,3,1.99\n"), {},
        custom.profiles);
    ASSERT_EQ(source.next(), FactSource::Found::row);
    ASSERT_EQ(source.next(), FactSource::Found::bad);
    EXPECT_EQ(source.bad().line, 3);
    EXPECT_EQ(source.bad().column, "总额");
    EXPECT_EQ(source.bad().value, "3.00");
    EXPECT_EQ(source.bad().reason,
              (Note{"intake.bad.check", {{"left", "总额"}, {"right", "实收 + 退款"}, {"sum", "2.99"}}}));
    EXPECT_EQ(source.record(), "2,2026-11-20,1,3,1.99");
}

TEST(Profile, ConditionsPickRowsAndTheOthersAreCounted) {
    const Custom custom(
        plain +
            "when = [{ column = \"时间\", empty = false }, { column = \"状态\", equals = [\"成功\", \"完成\"] }, "
            "{ column = \"类\", not_equals = \"测试\" }, { column = \"注\", empty = true }]\n",
        "empty = [\"-\"]");
    FactSource source(
        custom.scratch.file("x.csv",
                            "单号,时间,实收,状态,类,注\n1,2026-11-20,1,成功,a,-\n2,-,1,成功,a,\n"
                            "3,2026-11-20,1,关闭,a,\n4,2026-11-20,1, 完成 ,测试,\n5,2026-11-20,1,完成,,x\n"
                            "6,2026-11-20,1,完成,,\n"),
        {}, custom.profiles);
    EXPECT_THAT(all(source), ElementsAre("orders 2 1|2026-11-20|1.00||||||||", "orders 7 6|2026-11-20|1.00||||||||"));
    EXPECT_EQ(source.records(), 6);
    EXPECT_EQ(source.skipped(), 4);
    EXPECT_THAT(source.unknown_columns(), IsEmpty());
}

TEST(Profile, WordsOfTheSourceBecomeWordsOfTheFact) {
    const Custom custom(orders +
                        "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", path = \"场\" }\n"
                        "words.path = { \"直播间\" = \"live\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,场\n1,2026-11-20,1,直播间\n2,2026-11-20,1,flash\n"),
                ElementsAre("orders 2 1|2026-11-20|1.00||||live||||", "orders 3 2|2026-11-20|1.00||||flash||||"));
}

TEST(Profile, AColumnThatOccursTwiceIsNamedByItsPlace) {
    const Custom custom(
        orders + "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", guide_id = \"分销员#2\" }\n");
    EXPECT_THAT(custom.rows("分销员,单号,时间,实收,分销员\na,1,2026-11-20,1,b\n"),
                ElementsAre("orders 2 1|2026-11-20|1.00||b||||||"));
}

TEST(Profile, OneFileGivesSeveralFactsInOnePass) {
    const Custom custom(plain +
                        "[[fact]]\nfact = \"refunds\"\nwhen = [{ column = \"退款\", empty = false }]\n"
                        "columns = { refund_id = \"单号\", order_id = \"单号\", at = \"时间\", amount = \"退款\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,退款\n1,2026-11-20,1,\n2,2026-11-20,3,2\n"),
                ElementsAre("orders 2 1|2026-11-20|1.00||||||||", "orders 3 2|2026-11-20|3.00||||||||",
                            "refunds 3 2|2|2026-11-20|2.00"));
}

TEST(Profile, RowsAreCountedByTheirColumns) {
    const Custom custom(
        "[[fact]]\nfact = \"touches\"\ncount = \"touches\"\ncolumns = { date = \"时间\", channel = \"渠道\" }\n"
        "constants = { cost = \"0\" }\n",
        "dates = [\"%m/%d/%Y\"]");
    EXPECT_THAT(custom.rows("单号,时间,渠道\n1,1/15/2018,b\n2,01/15/2018, b\n3,2018-01-15 "
                            "23:59:59,a\n4,1/16/2018,b\n5,x,b\n6,2018/1/15,b\n"),
                ElementsAre("bad 6 时间 x intake.bad.date", "touches 2 2018-01-15|b|3|0|",
                            "touches 4 2018-01-15|a|1|0|", "touches 5 2018-01-16|b|1|0|"));
}

TEST(Profile, OfRowsAlikeTheLastOneCounts) {
    const Custom custom(
        "[[fact]]\nfact = \"leaves\"\nlast_of = [\"单号\"]\nlast_when = [{ column = \"退订\", empty = false }]\n"
        "columns = { left_at = \"退订\", customer_id = \"单号\" }\n");
    EXPECT_THAT(custom.rows("单号,退订\nc1,2026-11-01\nc2,2026-11-02\nc3,\nc1,\nc3,2026-11-05\nc2,2026-11-04\nc4,x\n"),
                ElementsAre("bad 8 退订 x intake.bad.instant", "leaves 6 2026-11-05 00:00:00|c3||",
                            "leaves 7 2026-11-04 00:00:00|c2||"));
}

TEST(Profile, NotesAreInBothLanguages) {
    const Profile& tmall = builtin().get("tmall_order_report");
    ASSERT_EQ(tmall.notes.size(), 2U);
    EXPECT_THAT(tmall.notes[0].in(Language::zh), HasSubstr("付款当天"));
    EXPECT_THAT(tmall.notes[0].in(Language::en), HasSubstr("day of payment"));
}

TEST(Profile, AnExplicitProfileNamesTheColumnsItMisses) {
    const Scratch scratch;
    const auto path = scratch.file("orders.csv", "订单编号,总金额,退款金额\n1,2,3\n");
    const Note note = refusal([&] { all(path, {std::nullopt, "tmall_order_report"}); });
    EXPECT_EQ(with(note, "what"), "tmall_order_report");
    EXPECT_EQ(with(note, "missing"), "订单付款时间, 买家实际支付金额");
    const Note unknown = refusal([&] { all(path, {std::nullopt, "none"}); }, Error::wrong_use);
    EXPECT_EQ(unknown.id, "intake.unknown_profile");
    std::string names;
    for (const auto& [name, profile] : builtin().all()) names += (names.empty() ? "" : ", ") + name;
    EXPECT_EQ(with(unknown, "profiles"), names);
    EXPECT_THAT(names, HasSubstr("campaign_table, "));
}

TEST(Profile, ItsEncodingIsUsedWhereTheFileDoesNotTell) {
    // 0xC2 0xB7 is a letter of Latin in UTF-8 and 路 in GBK.
    const std::string csv = "id,when,paid,who\n1,2026-11-20,3,\xC2\xB7\n";
    const std::string rule =
        orders + "columns = { order_id = \"id\", paid_at = \"when\", amount = \"paid\", customer_id = \"who\" }\n";
    const Scratch scratch;
    scratch.file("p.toml",
                 "name = \"p\"\ntitle = { zh = \"\", en = \"\" }\ndescription = { zh = \"\", en = \"\" }\n"
                 "header = [\"id\", \"who\"]\nencoding = \"gbk\"\n" +
                     rule);
    const std::vector<std::filesystem::path> folders{scratch.folder()};
    const Profiles profiles(folders);
    for (const std::string name : {"", "p"}) {
        FactSource source(scratch.file("x.csv", csv), {std::nullopt, name}, profiles);
        EXPECT_THAT(all(source), ElementsAre("orders 2 1|2026-11-20|3.00|路|||||||"));
    }
}

TEST(Profile, OfTwoThatFitTheOneThatAsksForMoreIsTaken) {
    const Scratch scratch;
    const std::string head = "title = { zh = \"\", en = \"\" }\ndescription = { zh = \"\", en = \"\" }\n";
    scratch.file("a.toml", "name = \"a\"\nheader = [\"单号\"]\n" + head + plain);
    scratch.file("b.toml", "name = \"b\"\nheader = [\"单号\", \"实收\"]\n" + head + plain);
    const std::vector<std::filesystem::path> folders{scratch.folder()};
    const auto csv = scratch.file("x.csv", "单号,时间,实收\n");
    const Profiles two(folders);
    EXPECT_EQ(FactSource(csv, {}, two).profile(), two.find("b"));
    scratch.file("c.toml", "name = \"c\"\nheader = [\"单号\", \"时间\"]\n" + head + plain);
    const Profiles three(folders);
    const Note note = refusal([&] { const FactSource source(csv, {}, three); });
    EXPECT_EQ(note.id, "intake.several_profiles");
    EXPECT_EQ(with(note, "names"), "b, c");
}

TEST(Profile, WhatIsWrongInItIsSaidWithTheLine) {
    const auto complaint = [](const std::string& text) { return refusal([&] { Profile::parse(text, "p.toml"); }); };
    const std::string head =
        "name = \"a\"\ntitle = { zh = \"\", en = \"\" }\ndescription = { zh = \"\", en = \"\" }\nheader = [\"x\"]\n";
    const Note broken = complaint("name = \"a\n");
    EXPECT_EQ(broken.id, "intake.profile.no_toml");
    EXPECT_EQ(with(broken, "file"), "p.toml");
    EXPECT_EQ(with(broken, "line"), "1");
    const std::vector<std::pair<std::string, std::string>> cases{
        {"[[fact]]\nfact = \"order\"\n", "intake.profile.unknown_fact"},
        {"[[fact]]\nfact = \"orders\"\ncolumns = { x = \"y\" }\n", "intake.profile.unknown_column"},
        {"[[fact]]\nfact = \"orders\"\ncolumns = { order_id = \"y\" }\n", "intake.profile.missing"},
        {plain + "constants = { amount = \"1\" }\n", "intake.profile.column_twice"},
        {plain + "constants = { channel = 5 }\n", "intake.profile.not_text"},
        {plain + "when = [{ column = \"a\" }]\n", "intake.profile.condition"},
        {plain + "when = { column = \"a\" }\n", "intake.profile.not_list"},
        {plain + "check = [{ left = \"a\", right = [\"b\", \"c\"] }]\n", "intake.profile.sum"},
        {plain + "check = [{ left = \"a\", right = [\"b\", \"+\"] }]\n", "intake.profile.sum"},
        {plain + "count = \"amount\"\n", "intake.profile.count"},
        {plain + "fen = [\"order_id\"]\n", "intake.profile.sum_not_money"},
        {plain + "typo = 1\n", "intake.profile.unknown_key"},
        {"encoding = \"latin\"\n" + plain, "intake.profile.encoding"},
        {"", "intake.profile.missing"},
    };
    for (const auto& [text, id] : cases) EXPECT_EQ(complaint(head + text).id, id) << text;
    EXPECT_EQ(complaint(head + plain).id, "");
}

TEST(Docs, TheFactsPageNamesEveryColumnWithItsForm) {
    std::ifstream in(std::filesystem::path(SIYU_SOURCE_DIR) / "docs" / "facts.md");
    const std::string page(std::istreambuf_iterator<char>(in), {});
    constexpr const char* types[] = {"date",  "month", "instant", "money", "number",
                                     "count", "id",    "text",    "word",  "kind"};
    for (const FactKind& kind : fact_kinds()) {
        const std::size_t begin = page.find("### " + std::string(kind.name) + " " + std::string(kind.title));
        ASSERT_NE(begin, std::string::npos) << kind.name;
        const std::string section = page.substr(begin, page.find("\n### ", begin) - begin);
        for (const Column& column : kind.columns) {
            const bool in_header =
                column.needed || (column.name == "channel" && section.find("may be empty") != section.npos);
            const std::string name = in_header ? "**" + std::string(column.name) + "**" : std::string(column.name);
            EXPECT_THAT(section, HasSubstr("\n| " + name + " | " + std::string(column.alias) + " | " +
                                           types[static_cast<int>(column.type)] + " |"));
            for (const auto word : column.words) EXPECT_THAT(section, HasSubstr("`" + std::string(word) + "`"));
        }
    }
}

}  // namespace
}  // namespace siyu
