// SPDX-License-Identifier: Apache-2.0
// What profiles can say beyond columns (docs/profiles.md); the beginnings are in source_test.cpp.
#include <gmock/gmock.h>

#include "core/intake/date_format.hpp"
#include "tests/intake/custom_profile.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string head =
    "name = \"a\"\ntitle = { zh = \"\", en = \"\" }\ndescription = { zh = \"\", en = \"\" }\nheader = [\"x\"]\n";
const std::string year = "[[given]]\nname = \"year\"\ntitle = { zh = \"年份\", en = \"the year\" }\n";
const std::string guide = "[[given]]\nname = \"guide\"\ntitle = { zh = \"导购\", en = \"the guide\" }\n";

TEST(Profile, AColumnThatAFileMayLackIsEmptyThere) {
    const Custom custom(orders +
                        "when = [{ column = \"状态?\", not_equals = \"关闭\" }]\n"
                        "columns = { order_id = \"单号\", paid_at = \"时间\", amount = [\"实收\", \"+\", "
                        "\"运费?\"], refunded = \"退款?\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,实收\n1,2026-11-20,5\n"), ElementsAre("orders 2 1|2026-11-20|5.00||||||||"));
    EXPECT_THAT(custom.rows("单号,时间,实收,运费,退款,状态\n1,2026-11-20,5,1,2,\n2,2026-11-20,5,,,关闭\n"),
                ElementsAre("orders 2 1|2026-11-20|6.00||||||2.00||"));
    EXPECT_THAT(custom.rows("单号,时间,实收,运费\n1,2026-11-20,5,x\n"), ElementsAre("bad 2 运费 x intake.bad.money"));
}

TEST(Profile, OfColumnsOfOneMeaningTheFirstThatSaysSomethingCounts) {
    const Custom custom(orders +
                            "columns = { order_id = \"单号\", paid_at = \"到账时间|时间\", amount = \"实收\", "
                            "guide_id = \"导购|专属导购|店员?\" }\n",
                        "empty = [\"-\"]");
    EXPECT_THAT(
        custom.rows("单号,时间,到账时间,实收,专属导购,导购\n1,2026-11-20,2026-11-21,5,b,a\n2,2026-11-20,-,5,b,-\n"),
        ElementsAre("orders 2 1|2026-11-21|5.00||a||||||", "orders 3 2|2026-11-20|5.00||b||||||"));
    EXPECT_THAT(custom.rows("单号,时间,实收\n1,2026-11-20,5\n"), ElementsAre("orders 2 1|2026-11-20|5.00||||||||"));
    const Note none = refusal([&] { custom.rows("单号,实收\n1,5\n"); });
    EXPECT_EQ(with(none, "missing"), "到账时间|时间");
}

TEST(Profile, AColumnMayBeNamedByAPatternThatFitsOne) {
    const Custom custom(
        "[[fact]]\nfact = \"surveys\"\nwhen = [{ column = \"*满意*\", empty = false }]\n"
        "columns = { at = \"时间\", score = \"*满意*\", response_id = \"单号\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,3、您满意吗？\n1,2026-11-20,5\n2,2026-11-20,\n3,2026-11-20,x\n"),
                ElementsAre("surveys 2 2026-11-20|5|1||", "surveys 4 2026-11-20|x|3||"));
    const std::string two = "单号,时间,1、对货满意吗？,2、对人满意吗?\n1,2026-11-20,2,5\n";
    const Note several = refusal([&] { custom.rows(two); });
    EXPECT_EQ(several.id, "intake.several_columns");
    EXPECT_EQ(with(several, "columns"), "1、对货满意吗？, 2、对人满意吗?");
    EXPECT_EQ(with(several, "name"), "score");
    EXPECT_THAT(custom.rows(two, {{"score", "2、对人满意吗？"}}), ElementsAre("surveys 2 2026-11-20|5|1||"));
    EXPECT_THAT(custom.rows(two, {{"score", "*货*"}}), ElementsAre("surveys 2 2026-11-20|2|1||"));
    const Note none = refusal([&] { custom.rows("单号,时间\n1,2026-11-20\n"); });
    EXPECT_EQ(with(none, "missing"), "*满意*");
}

TEST(Profile, AColumnWhoseNameHasASignIsMeantAsItIs) {
    const Custom custom(
        orders + "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", guide_id = \"谁?\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,谁,谁？\n1,2026-11-20,5,a,b\n"),
                ElementsAre("orders 2 1|2026-11-20|5.00||b||||||"));
}

TEST(Profile, ConditionsLookIntoTheText) {
    const Custom custom(plain +
                        "when = [{ column = \"单号\", starts_with = [\"a\", \"b\"] }, { column = \"注\", contains = "
                        "\"成功\" }, { column = \"注\", not_contains = [\"部分\", \"试\"] }]\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,注\na1,2026-11-20,1,退款成功\nb1,2026-11-20,1,成功\nc1,2026-11-20,1,成功\n"
                            "a2,2026-11-20,1,关闭\na3,2026-11-20,1,部分成功\nab,2026-11-20,1,\n"),
                ElementsAre("orders 2 a1|2026-11-20|1.00||||||||", "orders 3 b1|2026-11-20|1.00||||||||"));
}

TEST(Profile, WhatTheFileDoesNotSayIsGiven) {
    const Custom custom(orders +
                            "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", guide_id = "
                            "\"导购?\" }\ngiven = { guide_id = \"guide\" }\n",
                        guide);
    const std::string csv = "单号,时间,实收\n1,2026-11-20,5\n";
    EXPECT_THAT(custom.rows(csv, {{"guide", "g1"}}), ElementsAre("orders 2 1|2026-11-20|5.00||g1||||||"));
    const Note missing = refusal([&] { custom.rows(csv); });
    EXPECT_EQ(missing, (Note{"intake.given_missing",
                             {{"profile", "custom"}, {"name", "guide"}, {"zh", "导购"}, {"en", "the guide"}}}));
    // What the file says goes before; an empty cell says that nobody knows.
    EXPECT_THAT(custom.rows("单号,时间,实收,导购\n1,2026-11-20,5,g2\n2,2026-11-20,5,\n", {{"guide", "g1"}}),
                ElementsAre("orders 2 1|2026-11-20|5.00||g2||||||", "orders 3 2|2026-11-20|5.00||||||||"));
}

TEST(Profile, AGivenTextMayStandInFront) {
    const Custom custom(
        "[[fact]]\nfact = \"surveys\"\ncolumns = { at = \"时间\", score = \"分\", response_id = "
        "\"单号\" }\nprefix = { response_id = \"guide\" }\n",
        guide);
    EXPECT_THAT(custom.rows("单号,时间,分\n7,2026-11-20,5\n,2026-11-20,4\n", {{"guide", "q"}}),
                ElementsAre("surveys 2 2026-11-20|5|q-7||", "surveys 3 2026-11-20|4|||"));
    EXPECT_EQ(refusal([&] { custom.rows("单号,时间,分\n7,2026-11-20,5\n"); }).id, "intake.given_missing");
}

TEST(Profile, AUnitBehindAValueIsLeftOutAndWordsHaveAnElse) {
    const Custom custom(
        "[[fact]]\nfact = \"surveys\"\ncolumns = { at = \"时间\", score = \"分\" }\n"
        "units = { score = \"分\" }\nwords.score = { \"好\" = \"5\", \"*\" = \"1\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,分\n1,2026-11-20,好\n2,2026-11-20,差 分\n"),
                ElementsAre("surveys 2 2026-11-20|5|||", "surveys 3 2026-11-20|1|||"));
    const Custom plain_unit(
        "[[fact]]\nfact = \"surveys\"\ncolumns = { at = \"时间\", score = \"分\" }\n"
        "units = { score = \"分\" }\n");
    EXPECT_THAT(plain_unit.rows("单号,时间,分\n1,2026-11-20,4 分\n2,2026-11-20,3\n"),
                ElementsAre("surveys 2 2026-11-20|4|||", "surveys 3 2026-11-20|3|||"));
}

TEST(Profile, SecondsAreOfADayWhereItIsSaidWhere) {
    EXPECT_EQ(reformed("1536508800", "%s+08:00"), "2018-09-10 00:00:00+08:00");
    EXPECT_EQ(reformed("1536508800", "%s-05:30"), "2018-09-09 10:30:00-05:30");
    EXPECT_EQ(reformed("1536508800", "%s"), "2018-09-09 16:00:00Z");
    for (const std::string format : {"%s+8", "%s+08:0x", "%s+08:60", "%s "})
        EXPECT_EQ(reformed("1536508800", format), std::nullopt) << format;
    const std::string rule =
        "[[fact]]\nfact = \"brand_sales\"\ncolumns = { date = \"单号\", gmv = \"实收\" }\n"
        "constants = { channel = \"\" }\n";
    const Custom there(rule, "dates = [\"%s+08:00\"]");
    EXPECT_THAT(there.rows("单号,实收\n1536508800,5\n"), ElementsAre("brand_sales 2 2018-09-10||5.00"));
}

TEST(Profile, ChecksMayBound) {
    const Custom custom(plain + "check = [{ left = \"退款\", at_most = [\"实收\", \"+\", \"运费?\"] }]\n");
    FactSource source(
        custom.scratch.file("x.csv", "单号,时间,实收,退款\n1,2026-11-20,5,5\n2,2026-11-20,5,5.01\n3,2026-11-20,5,\n"),
        {}, custom.profiles);
    ASSERT_EQ(source.next(), FactSource::Found::row);
    ASSERT_EQ(source.next(), FactSource::Found::bad);
    EXPECT_EQ(source.bad().reason,
              (Note{"intake.bad.check_at_most", {{"left", "退款"}, {"right", "实收 + 运费"}, {"sum", "5.00"}}}));
    EXPECT_EQ(source.next(), FactSource::Found::row);
}

TEST(Profile, ACellThatListsSeveralGivesARowForEach) {
    const Custom custom(
        "[[fact]]\nfact = \"leaves\"\neach_of = { column = \"成员\", separator = \";\" }\n"
        "when = [{ column = \"成员\", not_equals = \"staff\" }]\n"
        "columns = { left_at = \"时间\", customer_id = \"成员\", group_id = \"单号\" }\n");
    FactSource source(
        custom.scratch.file("x.csv", "单号,时间,成员\ng1,2026-11-20,a; b;;staff ;c\ng2,2026-11-20,\ng3,2026-11-20,d\n"),
        {}, custom.profiles);
    EXPECT_THAT(all(source), ElementsAre("leaves 2 2026-11-20|a||g1", "leaves 2 2026-11-20|b||g1",
                                         "leaves 2 2026-11-20|c||g1", "leaves 4 2026-11-20|d||g3"));
    EXPECT_EQ(source.records(), 3);
    EXPECT_EQ(source.skipped(), 1);
}

const std::string sums = orders +
                         "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", refunded = "
                         "\"退款\", channel = \"渠道\" }\nsum_of = [\"单号\"]\n";

TEST(Profile, RowsOfOneOrderAreAddedUp) {
    const Custom custom(sums);
    EXPECT_THAT(custom.rows("单号,时间,实收,退款,渠道\n1,2026-11-20,\"1,000.50\",,\n2,2026-11-20,5,1,a\n"
                            "1,2026-11-21,¥2,0.30,b\n1,2026-11-21,0,0.20,c\n"),
                ElementsAre("orders 2 1|2026-11-20|1002.50|||b|||0.50||", "orders 3 2|2026-11-20|5.00|||a|||1.00||"));
}

TEST(Profile, AnOrderOfWhichARowIsBadIsNotTakenInPart) {
    const Custom custom(sums + "check = [{ left = \"退款\", at_most = \"实收\" }]\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,退款,渠道\n1,2026-11-20,5,,\n2,2026-11-20,5,,\n1,2026-11-20,x,,\n"
                            "3,2026-11-20,5,6,\n3,2026-11-20,5,,\n4,x,1,,\n"),
                ElementsAre("bad 4 实收 x intake.bad.money", "bad 5 退款 6.00 intake.bad.check_at_most",
                            "bad 7 时间 x intake.bad.instant", "bad 2 单号 1 intake.bad.row_of_it_bad",
                            "orders 3 2|2026-11-20|5.00||||||||", "bad 6 单号 3 intake.bad.row_of_it_bad"));
}

// Mended and imported alone it would take the place of the whole order.
TEST(Profile, ALineOfAnOrderIsNotHandedOutToBeImportedAgain) {
    const Custom custom(sums);
    FactSource source(custom.scratch.file("x.csv", "单号,时间,实收,退款,渠道\n1,2026-11-20,x,,\n1,2026-11-20,5,,\n"),
                      {}, custom.profiles);
    ASSERT_EQ(source.next(), FactSource::Found::bad);
    EXPECT_EQ(source.bad().reason.id, "intake.bad.money");
    EXPECT_EQ(source.record(), "");
}

TEST(Profile, ABadCellIsNamedByTheRuleThatReadIt) {
    const Custom custom(
        "[[fact]]\nfact = \"leaves\"\nwhen = [{ column = \"甲\", empty = false }]\n"
        "columns = { left_at = \"时间\", customer_id = \"甲\" }\n"
        "[[fact]]\nfact = \"leaves\"\nwhen = [{ column = \"乙\", empty = false }]\n"
        "columns = { left_at = \"时间\", customer_id = \"乙\" }\n");
    FactSource source(custom.scratch.file("x.csv", "单号,时间,甲,乙\n1,2026-11-20,a,b\n"), {}, custom.profiles);
    ASSERT_EQ(source.next(), FactSource::Found::row);
    EXPECT_EQ(source.column_title(1), "甲");
    ASSERT_EQ(source.next(), FactSource::Found::row);
    EXPECT_EQ(source.column_title(1), "乙");
}

TEST(Profile, WhatEachRowRepeatsCountsOnceAndHasToBeEqual) {
    const Custom custom(sums + "once = [\"amount\"]\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,退款,渠道\n1,2026-11-20,500,1,\n1,2026-11-20,500.00,2,\n2,2026-11-20,5,,"
                            "\n2,2026-11-20,6,,\n"),
                ElementsAre("bad 5 实收 6.00 intake.bad.not_repeated", "orders 2 1|2026-11-20|500.00||||||3.00||",
                            "bad 4 单号 2 intake.bad.row_of_it_bad"));
}

TEST(Profile, ARowOfAnOrderThatComesTwiceIsFound) {
    const Custom custom(sums + "told_apart = [\"行\"]\n");
    EXPECT_THAT(custom.rows("单号,行,时间,实收,退款,渠道\n1,a,2026-11-20,5,,\n1,b,2026-11-20,5,,\n2,a,2026-11-20,5,,\n"
                            "2,a,2026-11-20,5,,\n"),
                ElementsAre("bad 5 行 a intake.bad.row_twice", "orders 2 1|2026-11-20|10.00||||||||",
                            "bad 4 单号 2 intake.bad.row_of_it_bad"));
}

TEST(Profile, ASumThatGrowsTooLargeIsBad) {
    const Custom custom(sums);
    EXPECT_THAT(
        custom.rows("单号,时间,实收,退款,渠道\n1,2026-11-20,90000000000000000,,\n1,2026-11-20,90000000000000000,,\n"),
        ElementsAre("bad 3 实收 90000000000000000.00 intake.bad.too_large", "bad 2 单号 1 intake.bad.row_of_it_bad"));
}

const std::string days =
    "[[fact]]\nfact = \"group_days\"\ndifference = [\"messages\"]\n"
    "columns = { date = \"日\", group_id = \"单号\", members = \"人\", messages = \"累计\" }\n";

TEST(Profile, TotalsUpToADayBecomeTheDaysOwn) {
    const Custom custom(days);
    EXPECT_THAT(custom.rows("单号,日,人,累计\na,2026-11-20,1,\"1,250\"\nb,2026-11-20,1,7\na,2026-11-19,1,1000\n"
                            "a,2026-11-22,1,1300\na,2026-11-23,1,1290\na,2026-11-24,1,1300\na,2026-11-25,1,\n"
                            "a,2026-11-26,1,1400\nb,2026/11/21,1,7\n"),
                ElementsAre("group_days 2 2026-11-20|a|1|||250", "bad 6 累计 1290 intake.bad.total_falls",
                            "group_days 8 2026-11-25|a|1|||", "group_days 9 2026-11-26|a|1|||",
                            "group_days 10 2026-11-21|b|1|||0"));
}

TEST(Profile, BehindATotalThatFallsTheBaseIsNotKnown) {
    EXPECT_THAT(Custom(days).rows("单号,日,人,累计\na,2026-11-20,1,100\na,2026-11-21,1,120\na,2026-11-22,1,90\n"
                                  "a,2026-11-23,1,140\na,2026-11-24,1,150\n"),
                ElementsAre("group_days 3 2026-11-21|a|1|||20", "bad 4 累计 90 intake.bad.total_falls",
                            "group_days 6 2026-11-24|a|1|||10"));
}

TEST(Profile, RowsOfOneKeyEachSayAPart) {
    const Custom custom(orders +
                        "merge = true\ncolumns = { order_id = \"单号\", paid_at = \"时间\", amount = \"实收\", "
                        "channel = \"渠道?\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,实收,渠道\n1,2026-11-20,5,\n1,2026-11-20,,店\n2,2026-11-21,,\n2,,7,\n"
                            "1,2026-11-20,6,\n,2026-11-20,6,\n"),
                ElementsAre("bad 6 实收 6.00 intake.bad.said_twice", "bad 7 单号  intake.bad.empty",
                            "orders 2 1|2026-11-20|5.00|||店|||||", "orders 4 2|2026-11-21|7.00||||||||"));
    EXPECT_EQ(complaint("name = \"p\"\ntitle = { zh = \"a\", en = \"a\" }\ndescription = { zh = \"a\", en = \"a\" }\n"
                        "header = \"a\"\n" +
                        plain + "merge = true\nlast_of = \"单号\"\n")
                  .id,
              "intake.profile.kept_twice");
}

TEST(Profile, ANameThatIsWrappedInItsCellIsOneName) {
    const Custom custom(plain);
    EXPECT_THAT(custom.rows("\"单\n号\",\"时 \r\n 间\",\"实\n收\"\n1,2026-11-20,5\n"),
                ElementsAre("orders 5 1|2026-11-20|5.00||||||||"));
    EXPECT_THAT(Custom(orders + "columns = { order_id = \"单\\n号\", paid_at = \"时间\", amount = \"实收\" }\n")
                    .rows("单号,时间,实收\n1,2026-11-20,5\n"),
                ElementsAre("orders 2 1|2026-11-20|5.00||||||||"));
}

TEST(Profile, AUnitBehindWhatIsNoNumberIsPartOfTheCell) {
    const Custom custom(
        "[[fact]]\nfact = \"surveys\"\ncolumns = { at = \"时间\", score = \"单号\" }\n"
        "units = { score = \"分钟\" }\n");
    EXPECT_THAT(custom.rows("单号,时间\n1小时5分钟,2026-11-20\n5 分钟,2026-11-20\n"),
                ElementsAre("surveys 2 2026-11-20|1小时5分钟|||", "surveys 3 2026-11-20|5|||"));
}

TEST(Profile, OfADayThatStandsTwiceTheLastRowCounts) {
    const Custom custom(days);
    EXPECT_THAT(custom.rows("单号,日,人,累计\na,2026-11-19,1,100\na,2026-11-20,1,150\na,2026-11-20,2,180\n"),
                ElementsAre("group_days 4 2026-11-20|a|2|||80"));
}

// Its row would say that the day has no messages, in place of an earlier import that knows them.
TEST(Profile, ADayThatOnlyTheNextIsTakenFromReplacesNothing) {
    const Custom custom(days);
    EXPECT_THAT(custom.rows("单号,日,人,累计\na,2026-11-19,1,100\n"), ElementsAre());
}

const std::string touches =
    "[[fact]]\nfact = \"touches\"\ncolumns = { date = \"单号\", touches = \"数\", cost = \"花费\", campaign = \"活动\" "
    "}\n"
    "constants = { channel = \"a\" }\n";

TEST(Profile, RowsOfOneDayAreOneHoweverTheDayIsWritten) {
    const Custom custom(touches + "sum_of = [\"单号\", \"活动\"]\n", "dates = [\"%d.%m.%Y\"]");
    EXPECT_THAT(custom.rows("单号,活动,数,花费\n2026-11-20 10:00,A,100,10\n2026-11-20 11:00,A,200,20\n"
                            "2026/11/20,A,1,1\n20.11.2026,A,2,2\n2026-11-21,A,5,5\n"),
                ElementsAre("touches 2 2026-11-20|a|303|33.00|A", "touches 6 2026-11-21|a|5|5.00|A"));
}

TEST(Profile, ABadRowSpoilsTheSumOfItsDayHoweverTheDayIsWritten) {
    const Custom custom(touches + "sum_of = [\"单号\", \"活动\"]\n");
    EXPECT_THAT(custom.rows("单号,活动,数,花费\n2026-11-20,A,100,10\n2026/11/20,A,x,20\n"),
                ElementsAre("bad 3 数 x intake.bad.count", "bad 2 单号 2026-11-20 intake.bad.row_of_it_bad"));
}

TEST(Profile, TheLastRowOfADayIsTheLastHoweverTheDayIsWritten) {
    const Custom custom(touches + "last_of = [\"单号\", \"活动\"]\nlast_when = [{ column = \"数\", empty = false }]\n");
    EXPECT_THAT(custom.rows("单号,活动,数,花费\n2026-11-20,A,100,10\n2026/11/20,A,,\n"), ElementsAre());
}

// The store has one row for a key: of two only the last would be left.
TEST(Profile, RowsThatMakeOneRecordAndAreNotPutTogetherAreBad) {
    const Custom finer(touches + "sum_of = [\"单号\", \"活动\", \"图\"]\n");
    EXPECT_THAT(finer.rows("单号,活动,图,数,花费\n2026-11-20,A,x,1,10\n2026/11/20,A,y,2,20\n2026-11-20,B,x,4,40\n"),
                ElementsAre("bad 2 单号 2026-11-20 intake.bad.same_key", "bad 3 单号 2026-11-20 intake.bad.same_key",
                            "touches 4 2026-11-20|a|4|40.00|B"));
    const Custom counted(
        "[[fact]]\nfact = \"touches\"\ncount = \"touches\"\n"
        "columns = { date = \"单号\", cost = \"花费\" }\nconstants = { channel = \"a\" }\n");
    EXPECT_THAT(counted.rows("单号,花费\n2026-11-20,1\n2026-11-20,1\n2026/11/20,2\n2026-11-21,2\n"),
                ElementsAre("bad 2 单号 2026-11-20 intake.bad.same_key", "bad 4 单号 2026-11-20 intake.bad.same_key",
                            "touches 5 2026-11-21|a|1|2.00|"));
}

TEST(Profile, AConditionLooksAtHowLongACellIs) {
    const Custom custom(
        "[[fact]]\nfact = \"leaves\"\nwhen = [{ column = \"单号\", min_length = 3 }]\n"
        "columns = { left_at = \"时间\", customer_id = \"单号\" }\n");
    EXPECT_THAT(custom.rows("单号,时间\nab,2026-11-20\nabc,2026-11-20\n甲乙,2026-11-20\n甲乙丙,2026-11-20\n"),
                ElementsAre("leaves 3 2026-11-20|abc||", "leaves 5 2026-11-20|甲乙丙||"));
}

// What is an id in one column is none in another: no file mixes them.
TEST(Profile, OfTwoColumnsOnlyTheFirstOfTheFileIsMeant) {
    const Custom custom(
        "[[fact]]\nfact = \"leaves\"\n"
        "columns = { left_at = \"时间\", customer_id = \"单号\", guide_id = \"账号|工号||成员?\" }\n");
    EXPECT_THAT(custom.rows("单号,时间,成员,工号\na,2026-11-20,甲,g1\nb,2026-11-20,乙,\n"),
                ElementsAre("leaves 2 2026-11-20|a|g1|", "leaves 3 2026-11-20|b||"));
    EXPECT_THAT(custom.rows("单号,时间,成员\na,2026-11-20,甲\n"), ElementsAre("leaves 2 2026-11-20|a|甲|"));
    EXPECT_THAT(custom.rows("单号,时间\na,2026-11-20\n"), ElementsAre("leaves 2 2026-11-20|a||"));
}

const std::string months =
    "[[fact]]\nfact = \"forecast\"\ncolumns = { kpi = \"单号\" }\n"
    "spread = { columns = [\"%Y年%m月\", \"%m月\"], year = \"year\", name = \"month\", value = "
    "\"forecast\" }\n";

TEST(Profile, MonthsAsColumnsBecomeRows) {
    const Custom custom(months, year);
    EXPECT_THAT(custom.rows("单号,2026年11月,备注,2026年12月\ngmv,100,x,200\nbuyers,-,,\narpu,,,3\n"),
                ElementsAre("forecast 2 2026-11-01|gmv|100|||", "forecast 2 2026-12-01|gmv|200|||",
                            "forecast 3 2026-11-01|buyers|-|||", "forecast 4 2026-12-01|arpu|3|||"));
    EXPECT_THAT(custom.rows("单号,11月\ngmv,100\n", {{"year", "2027"}}),
                ElementsAre("forecast 2 2027-11-01|gmv|100|||"));
    EXPECT_EQ(refusal([&] { custom.rows("单号,11月\ngmv,100\n"); }).id, "intake.given_missing");
    const Note none = refusal([&] { custom.rows("单号,11\ngmv,100\n"); });
    EXPECT_EQ(with(none, "missing"), "%Y年%m月");
}

TEST(Profile, ABadCellUnderAMonthIsNamedByTheMonth) {
    const Custom custom(months, year);
    FactSource source(custom.scratch.file("x.csv", "单号,2026年11月,2026年12月\ngmv,1,x\n"), {}, custom.profiles);
    ASSERT_EQ(source.next(), FactSource::Found::row);
    ASSERT_EQ(source.next(), FactSource::Found::row);
    EXPECT_EQ(source.column_title(2), "2026年12月");
    EXPECT_EQ(source.record(), "gmv,1,x");
}

TEST(Profile, LinesInRowsOfTheirOwnArePutTogether) {
    const Custom custom(
        "[[fact]]\nfact = \"forecast\"\ncolumns = { kpi = \"单号\" }\nspread = { columns = \"%Y年%m月\", "
        "name = \"month\", value = \"forecast\", by = \"档?\", into = { \"预测\" = \"forecast\", "
        "\"正常\" = \"normal\" } }\n");
    EXPECT_THAT(custom.rows("单号,档,2026年11月,2026年12月\ngmv,正常,80,90\narpu,,7,\ngmv,预测,100,\ngmv,怪,1,\n"),
                ElementsAre("bad 5 档 怪 intake.bad.word", "forecast 2 2026-11|gmv|100|80||",
                            "forecast 2 2026-12|gmv||90||", "forecast 3 2026-11|arpu|7|||"));
    EXPECT_THAT(custom.rows("单号,2026年11月\ngmv,100\n"), ElementsAre("forecast 2 2026-11|gmv|100|||"));
}

TEST(Profile, WhatIsBookedWhereIsToldInSentences) {
    const Profile& tmall = builtin().get("tmall_order_report");
    ASSERT_TRUE(tmall.booking);
    EXPECT_THAT(tmall.booking->notes(),
                ElementsAre(Note{"intake.booking.gross", {{"column", "总金额"}, {"at", "订单付款时间"}}},
                            Note{"intake.booking.refund", {{"column", "退款金额"}, {"at", "订单付款时间"}}},
                            Note{"intake.booking.net", {{"column", "买家实际支付金额"}}}));
    EXPECT_THAT(builtin().get("jd_orders").booking->notes(),
                ElementsAre(Note{"intake.booking.gross", {{"column", "订单金额"}, {"at", "付款确认时间"}}},
                            Note{"intake.booking.no_refund", {}}));
    EXPECT_THAT(builtin().get("douyin_after_sales").booking->notes(),
                ElementsAre(Note{"intake.booking.refund",
                                 {{"column", "退商品金额（元） + 退运费金额（元）"},
                                  {"at", "商家退款时间 / 用户到账时间 / 售后完结时间"}}}));
    EXPECT_FALSE(builtin().get("campaign_table").booking);
}

TEST(Profile, WhatItSaysOfMoneyIsHeldAgainstItsRules) {
    const std::string rule = orders +
                             "columns = { order_id = \"单号\", paid_at = \"时间\", amount = \"总额\", refunded = "
                             "\"退款\" }\ncheck = [{ left = \"总额\", right = [\"净额\", \"+\", \"退款\"] }]\n";
    const auto said = [&](const std::string& booking) { return complaint(head + rule + "[booking]\n" + booking).id; };
    const std::string gross = "gross = \"总额\"\ngross_at = \"时间\"\n";
    const std::string refund = "refund = \"退款\"\nrefund_at = \"时间\"\n";
    EXPECT_EQ(said(gross + refund + "net = \"净额\"\n"), "");
    EXPECT_EQ(said(gross + refund), "");
    EXPECT_EQ(said(gross), "intake.profile.booking");
    EXPECT_EQ(said("gross = \"净额\"\ngross_at = \"时间\"\n" + refund), "intake.profile.booking");
    EXPECT_EQ(said("gross = \"总额\"\ngross_at = \"下单时间\"\n" + refund), "intake.profile.booking");
    EXPECT_EQ(said(gross + "refund = \"退款\"\nrefund_at = \"退款时间\"\n"), "intake.profile.booking");
    EXPECT_EQ(said("gross = \"总额\"\n" + refund), "intake.profile.missing");
    EXPECT_EQ(said(gross + refund + "net = \"总额\"\n"), "intake.profile.booking_net");
    EXPECT_EQ(said(gross + refund + "nett = \"净额\"\n"), "intake.profile.unknown_key");
    EXPECT_EQ(complaint("booking = 1\n" + head + rule).id, "intake.profile.not_table");
    // Gross that is added up of net and refund needs no check; one that is only bounded is none.
    const auto other = [&](const std::string& amount, const std::string& checks) {
        return complaint(head + orders + "columns = { order_id = \"单号\", paid_at = \"时间\", amount = " + amount +
                         ", refunded = \"退款\" }\n" + checks + "[booking]\ngross = " + amount +
                         "\ngross_at = \"时间\"\n" + refund + "net = \"净额\"\n")
            .id;
    };
    EXPECT_EQ(other("[\"净额\", \"+\", \"退款\"]", ""), "");
    EXPECT_EQ(other("\"总额\"", "check = [{ left = [\"净额\", \"+\", \"退款\"], at_most = \"总额\" }]\n"),
              "intake.profile.booking_net");
}

TEST(Profile, WhatIsWrongInItsRulesIsSaid) {
    const std::string sum = plain + "sum_of = [\"单号\"]\n";
    const std::string by = "[[fact]]\nfact = \"forecast\"\ncolumns = { kpi = \"a\" }\nspread = ";
    const std::vector<std::pair<std::string, std::string>> cases{
        {plain + "when = [{ column = \"a\", contains = \"b\", equals = \"b\" }]\n", "intake.profile.condition"},
        {plain + "when = [{ column = \"a\", min_length = 0 }]\n", "intake.profile.condition"},
        {plain + "when = [{ column = \"a\", min_length = \"b\" }]\n", "intake.profile.condition"},
        {plain + "check = [{ left = \"a\", right = \"b\", at_most = \"c\" }]\n", "intake.profile.check"},
        {plain + "check = [{ left = \"a\" }]\n", "intake.profile.check"},
        {plain + "check = [{ right = \"a\", at_most = \"b\" }]\n", "intake.profile.missing"},
        {plain + "given = { guide_id = \"guide\" }\n", "intake.profile.not_asked"},
        {guide + plain + "given = { amount = \"guide\" }\n", "intake.profile.column_twice"},
        {guide + plain + "prefix = { order_id = \"who\" }\n", "intake.profile.not_asked"},
        {guide + plain + "prefix = { guide_id = \"guide\" }\n", "intake.profile.missing"},
        {"[[given]]\nname = \"x\"\n" + plain, "intake.profile.missing"},
        {plain + "units = { channel = \"a\" }\n", "intake.profile.missing"},
        {plain + "each_of = \"a\"\n", "intake.profile.not_table"},
        {plain + "each_of = { column = \"a\" }\n", "intake.profile.missing"},
        {plain + "each_of = { column = \"a\", separator = \"\" }\n", "intake.profile.missing"},
        {plain + "once = [\"amount\"]\n", "intake.profile.missing"},
        {plain + "told_apart = [\"a\"]\n", "intake.profile.missing"},
        {sum + "once = [\"refunded\"]\n", "intake.profile.missing"},
        {sum + "last_of = [\"单号\"]\n", "intake.profile.kept_twice"},
        {sum + "last_when = [{ column = \"a\", empty = true }]\n", "intake.profile.missing"},
        {plain + "difference = [\"amount\"]\n", "intake.profile.difference"},
        {days + "count = \"new_members\"\n", "intake.profile.kept_twice"},
        {by + "{ columns = \"%Y\", name = \"month\", value = \"nothing\" }\n", "intake.profile.unknown_column"},
        {by + "{ columns = \"%m\", name = \"month\", value = \"forecast\" }\n", "intake.profile.missing"},
        {by + "{ columns = \"%Y\", name = \"normal\", value = \"forecast\" }\n", "intake.profile.spread_name"},
        {by + "{ columns = \"%Y\", name = \"month\", value = \"kpi\" }\n", "intake.profile.column_twice"},
        {by + "{ columns = \"%Y\", name = \"month\", value = \"forecast\", by = \"a\" }\n", "intake.profile.missing"},
        {by + "{ columns = [], name = \"month\", value = \"forecast\" }\n", "intake.profile.missing"},
    };
    for (const auto& [text, id] : cases) {
        const Note note = complaint(head + text);
        EXPECT_EQ(note.id, id) << text;
        EXPECT_NE(with(note, "line"), "0") << text;
        for (const Language language : {Language::zh, Language::en}) EXPECT_TRUE(catalogue(language).has(note.id));
    }
}

TEST(Profile, TheSentencesOfItsBadRowsAreThere) {
    for (const Language language : {Language::zh, Language::en})
        for (const char* id :
             {"intake.bad.check_at_most", "intake.bad.not_repeated", "intake.bad.row_twice", "intake.bad.row_of_it_bad",
              "intake.bad.total_falls", "intake.several_columns", "intake.given_missing"})
            EXPECT_TRUE(catalogue(language).has(id)) << id;
}

}  // namespace
}  // namespace siyu
