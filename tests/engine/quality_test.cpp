// SPDX-License-Identifier: Apache-2.0
#include "core/engine/quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/engine/review.hpp"
#include "tests/engine/data_of_a_brand.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(DataOfABrand, UsualDaysGiveNoNote) {
    open_for_eight_weeks();
    take_orders(monday, 38);
    const Scorecard card = look(monday);
    EXPECT_THAT(ids(card), IsEmpty());
    EXPECT_THAT(card.looked, testing::IsSupersetOf({"missing", "usual", "partial", "future", "rejected"}));
}

TEST_F(DataOfABrand, HalfOfTheUsualRowsIsAHalfEmptyExport) {
    open_for_eight_weeks();
    take_orders(monday, 12);
    const Scorecard card = look(monday);
    ASSERT_THAT(ids(card), ElementsAre("low"));
    const Quality& low = card.quality[0];
    EXPECT_EQ(low.audience, Audience::agency);
    EXPECT_EQ(low.weight, Quality::Weight::warning);
    EXPECT_EQ(low.fact, "orders");
    EXPECT_EQ(low.day, monday);
    EXPECT_EQ(value(low, "value"), "12");
    EXPECT_EQ(value(low, "usual"), "40");
    ASSERT_EQ(low.places.size(), 1U);
    EXPECT_EQ(low.places[0].batch + " " + low.places[0].file, "t:2 facts.csv");
}

TEST_F(DataOfABrand, TheThirdLowDayIsHowItIsNow) {
    open_for_eight_weeks();
    for (int i = 0; i < 5; ++i) take_orders(monday + i, 12);
    EXPECT_THAT(ids(look(monday + 1)), ElementsAre("low"));
    EXPECT_THAT(ids(look(monday + 2)), IsEmpty());
    const Scorecard week = look(monday, monday + 4);
    ASSERT_THAT(ids(week), ElementsAre("low_days"));
    EXPECT_EQ(value(week.quality[0], "dates"), "2024-06-03, 2024-06-04");
}

TEST_F(DataOfABrand, AFestivalIsOneNoteOfAFactAndNoWarning) {
    open_for_eight_weeks();
    for (int i = 0; i < 3; ++i) take_orders(monday + i, 200 + i);
    const Scorecard card = look(monday, monday + 2);
    // More orders are more money: one note for both, and for all days; the third one is no news.
    ASSERT_THAT(ids(card), ElementsAre("high_days"));
    EXPECT_EQ(card.quality[0].weight, Quality::Weight::note);
    EXPECT_EQ(value(card.quality[0], "dates"), "2024-06-03, 2024-06-04");
    EXPECT_EQ(value(card.quality[0], "date"), "2024-06-04");
}

// Facts.md, rule 5, whatever was learnt: as soon as a fortnight tells.
TEST_F(DataOfABrand, TenTimesTheUsualGmvIsAlwaysNoted) {
    std::string rows;
    for (Day day = monday - 14; day < monday; ++day) rows += orders_of(day, 3);
    take(Fact::orders, order_header + rows);
    take_orders(monday, 3, 23, 100);
    take_orders(monday + 7, 3, 23, 99);
    const Scorecard card = look(monday);
    ASSERT_THAT(ids(card), ElementsAre("spike"));
    EXPECT_EQ(value(card.quality[0], "value"), "300.00");
    EXPECT_EQ(value(card.quality[0], "usual"), "30.00");
    EXPECT_THAT(ids(look(monday + 7)), IsEmpty());
}

TEST_F(DataOfABrand, AmountsAreWrittenInThousands) {
    open_for_eight_weeks();
    take_orders(monday, 40, 23, 1234);
    EXPECT_EQ(value(found(look(monday), "spike"), "value"), "49,360.00");
}

TEST_F(DataOfABrand, MissingDaysAreOneNoteWithTheFileBefore) {
    open_for_eight_weeks();
    const Scorecard card = look(monday, monday + 2);
    ASSERT_THAT(ids(card), ElementsAre("missing_day"));
    const Quality& missing = card.quality[0];
    EXPECT_EQ(value(missing, "date"), "2024-06-03..2024-06-05");
    EXPECT_EQ(missing.audience, Audience::brand);
    ASSERT_EQ(missing.places.size(), 1U);
    EXPECT_EQ(missing.places[0].batch, "t:1");
}

TEST_F(DataOfABrand, WhatIsMissingOnTheSameDaysIsOneNote) {
    open_for_eight_weeks();
    std::string rows = "date,channel,gmv\n";
    for (Day day = monday - 30; day < monday; ++day) rows += to_string(day) + ",天猫,100\n";
    take(Fact::brand_sales, rows);
    const Scorecard card = look(monday);
    ASSERT_THAT(ids(card), ElementsAre("missing_together"));
    EXPECT_EQ(value(card.quality[0], "facts"), "orders brand_sales");
}

TEST_F(DataOfABrand, AGuideLessIsNoHalfEmptyExport) {
    std::string rows = "at,guide_id,kind,target\n";
    for (Day day = monday - 56; day <= monday; ++day)
        for (int action = 0; action < (day == monday ? 9 : 27); ++action)
            rows += to_string(day) + ",g" + std::to_string(action / 9) + ",moment," + std::to_string(action) + "\n";
    take(Fact::guide_actions, rows);
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, AShopClosedOnSundaysMissesNoSunday) {
    open_for_eight_weeks(40, true);
    for (int i = 0; i < 6; ++i) take_orders(monday + i, 40);
    EXPECT_THAT(ids(look(monday, monday + 6)), IsEmpty());
    EXPECT_THAT(ids(look(monday + 7)), ElementsAre("missing_day"));
}

TEST_F(DataOfABrand, RowsThatSayNothingButZeroAreNotThereYet) {
    std::string rows = "date,guide_id,chats,messages,new_contacts\n";
    for (Day day = monday - 30; day < monday; ++day) rows += to_string(day) + ",g1,5,50,0\n";
    take(Fact::guide_days, rows + "2024-06-03,g1,0,0,0\n");
    EXPECT_THAT(ids(look(monday)), ElementsAre("zero_day"));
    EXPECT_THAT(ids(look(monday - 1)), IsEmpty());
}

TEST_F(DataOfABrand, ADayThatEndsAtElevenWasExportedThen) {
    open_for_eight_weeks();
    take_orders(monday, 30, 11);
    const Scorecard card = look(monday);
    ASSERT_THAT(ids(card), ElementsAre("partial_day"));
    EXPECT_EQ(value(card.quality[0], "time"), "10:54");
    EXPECT_EQ(card.quality[0].fact, "orders");
}

TEST_F(DataOfABrand, WhoseDaysAlwaysEndAtElevenIsDoneThen) {
    std::string rows;
    for (Day day = monday - 56; day <= monday; ++day) rows += orders_of(day, 40, 11);
    take(Fact::orders, order_header + rows);
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, FewOrdersADaySayNothingOfTheTime) {
    open_for_eight_weeks(6);
    take_orders(monday, 3, 10);
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, JoinsWithoutTouchesAreNotedOnce) {
    take(Fact::touches, "date,channel,touches,cost\n2024-05-01,天猫,10,1\n");
    take(Fact::joins, "joined_at,customer_id\n2024-06-03,a\n2024-06-04,b\n");
    const Scorecard card = look(monday, monday + 1);
    EXPECT_EQ(value(found(card, "joins_without_touches"), "date"), "2024-06-03, 2024-06-04");
}

TEST_F(DataOfABrand, ContactsThatDifferNameTheGuideAndDayToBeginWith) {
    take(Fact::guide_days,
         "date,guide_id,chats,messages,new_contacts\n2024-06-03,g1,1,1,2\n2024-06-03,g2,1,1,9\n2024-06-04,g2,1,1,1\n");
    take(Fact::joins,
         "joined_at,customer_id,guide_id\n2024-06-03,a,g1\n2024-06-03,b,g1\n2024-06-03 09:00,c,g2\n2024-06-03 "
         "10:00,c,g2\n2024-06-04,d,g2\n");
    const Quality& differ = found(look(monday, monday + 1), "contacts_differ");
    EXPECT_EQ(value(differ, "guide") + value(differ, "date"), "g22024-06-03");
    EXPECT_EQ(value(differ, "rows") + " " + value(differ, "counted"), "1 9");
    EXPECT_EQ(value(differ, "joins") + " " + value(differ, "contacts"), "4 12");
    EXPECT_EQ(differ.places.size(), 2U);
    EXPECT_FALSE(look(monday, monday + 1).held);
    // Kpis.md: the tolerance beyond which the report is held.
    agreement_.set("hold_difference", earliest_day, "0.5");
    EXPECT_TRUE(look(monday, monday + 1).held);
    agreement_.set("contacts_tolerance", earliest_day, "0.7");
    EXPECT_THAT(ids(look(monday, monday + 1)), IsEmpty());
}

TEST_F(DataOfABrand, FewerLeavesThanPeopleWhoBlockedAreNotWhole) {
    take(Fact::guide_days, "date,guide_id,chats,messages,negative_feedback\n2024-06-03,g1,1,1,30\n");
    std::string rows = "left_at,customer_id,guide_id\n";
    for (int i = 0; i < 12; ++i) rows += "2024-06-03," + std::to_string(i) + ",g1\n";
    take(Fact::leaves, rows);
    EXPECT_EQ(value(found(look(monday), "leaves_differ"), "rows"), "12");
    // Guides remove people too: more is no contradiction.
    for (int i = 12; i < 60; ++i) rows += "2024-06-03," + std::to_string(i) + ",g1\n";
    take(Fact::leaves, rows);
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, OrdersAboveWhatTheBrandSoldInAllAreNotAllOurs) {
    take(Fact::brand_sales, "date,channel,gmv\n2024-06-03,天猫,100\n2024-06-03,京东,100\n2024-06-04,,100\n");
    take(Fact::orders,
         "order_id,paid_at,amount,channel\no1,2024-06-03,109,天猫\no2,2024-06-03,250,京东\no3,2024-06-04,60,天猫\n"
         "o4,2024-06-04,60,京东\no5,2024-06-04,1,抖音\n");
    const Quality& differ = found(look(monday, monday + 1), "sales_differ");
    EXPECT_EQ(value(differ, "channel"), "京东");
    EXPECT_EQ(value(differ, "orders") + " " + value(differ, "sales") + " " + value(differ, "count"), "250.00 100.00 2");
    agreement_.set("sales_tolerance", earliest_day, "100%");
    EXPECT_EQ(value(found(look(monday, monday + 1), "sales_differ"), "count"), "1");
}

TEST_F(DataOfABrand, RefundsAreHeldAgainstTheirOrders) {
    take(Fact::orders,
         "order_id,paid_at,amount,refunded,refunded_at\nfits,2024-06-03,10,4,2024-06-03 12:00\n"
         "other,2024-06-03,10,5,2024-06-03 12:00\nover,2024-06-03,10,11,2024-06-03 12:00\n"
         "timeless,2024-06-03,10,1,\n");
    take(Fact::refunds,
         "refund_id,order_id,at,amount\nr1,fits,2024-06-03,4\nr2,other,2024-06-03,2\nr3,other,2024-06-03,2\n");
    const Scorecard card = look(monday);
    EXPECT_THAT(ids(card), ElementsAre("refund_over_amount", "refunds_differ", "refund_without_time"));
    EXPECT_EQ(card.quality[0].places.at(0).row, "over");
    EXPECT_EQ(card.quality[1].places.at(0).row, "other");
    EXPECT_EQ(value(card.quality[1], "says") + " " + value(card.quality[1], "other"), "5.00 4.00");
    EXPECT_EQ(card.quality[2].places.at(0).row, "timeless");
}

TEST_F(DataOfABrand, WhatAnImportMakesImplausibleIsSaidOfItAtOnce) {
    open_for_eight_weeks();
    const ImportResult result = take(Fact::orders, order_header + orders_of(monday, 30, 11));
    const auto told = look_at(result);
    EXPECT_THAT(ids(told), ElementsAre("partial_day"));
    EXPECT_THAT(ids(look_at(take(Fact::orders, order_header + orders_of(monday + 1, 40, 23, 100)))),
                ElementsAre("spike"));
}

// W6: joins go back further than the statistics, and not of every guide are there any.
TEST_F(DataOfABrand, WhereOneSourceDoesNotReachTheTwoDoNotDiffer) {
    std::string joins = "joined_at,customer_id,guide_id\n";
    for (int i = 0; i < 40; ++i)
        joins += to_string(monday + i / 10) + ",c" + std::to_string(i) + (i % 2 == 0 ? ",g1\n" : ",g2\n");
    take(Fact::joins, joins);
    const std::string header = "date,guide_id,chats,messages,new_contacts\n";
    take(Fact::guide_days, header + "2024-06-06,g1,1,1,5\n2024-06-07,g1,1,1,50\n");
    EXPECT_THAT(ids(look(monday, monday + 4)), IsEmpty());
    EXPECT_THAT(ids(look(monday, monday + 1)), IsEmpty());
    take(Fact::guide_days, header + "2024-06-05,g2,1,1,9\n");
    const Quality& differ = found(look(monday, monday + 4), "contacts_differ");
    EXPECT_EQ(value(differ, "joins") + " " + value(differ, "contacts"), "10 14");
    EXPECT_EQ(value(differ, "guide") + value(differ, "date"), "g22024-06-05");
}

// W2: the other shops fill the days.
TEST_F(DataOfABrand, AChannelThatIsMissingBesideOthersIsNoted) {
    const std::string header = "order_id,paid_at,amount,channel\n";
    const auto orders = [](Day day, const std::string& channel, int count) {
        std::string rows;
        for (int i = 0; i < count; ++i)
            rows += channel + to_string(day) + std::to_string(i) + "," + to_string(day) + " 22:00,10," + channel + "\n";
        return rows;
    };
    std::string before;
    for (Day day = monday - 30; day < monday; ++day)
        before += orders(day, "a", 20) + orders(day, "b", 12) + orders(day, "few", day.number % 2);
    take(Fact::orders, header + before);
    std::string rest;
    for (Day day = monday; day <= monday + 8; ++day) rest += orders(day, "a", 20);
    take(Fact::orders, header + rest);
    const Scorecard week = look(monday, monday + 6);
    ASSERT_THAT(ids(week), ElementsAre("missing_channel"));
    const Quality& missing = week.quality[0];
    EXPECT_EQ(value(missing, "names") + " " + value(missing, "date"), "b 2024-06-03..2024-06-09");
    EXPECT_EQ(missing.audience, Audience::brand);
    ASSERT_EQ(missing.places.size(), 1U);
    EXPECT_EQ(missing.places[0].batch, "t:1");
    EXPECT_TRUE(missing.places[0].before);
    EXPECT_THAT(ids(look(monday + 8)), ElementsAre("missing_channel"));
    take(Fact::orders, header + orders(monday, "b", 12));
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

// W5: who repeats what is there changed nothing, and a row is the file's that brought it.
TEST_F(DataOfABrand, ARowIsNamedWithTheFileThatBroughtIt) {
    const std::string header = "order_id,paid_at,amount,refunded,refunded_at\n";
    take(Fact::orders, header + "a,2024-06-03,10,11,2024-06-03\n");
    take(Fact::orders, header + "b,2024-06-03,10,0,\n");
    take(Fact::orders, header + "a,2024-06-03,10,11,2024-06-03\nb,2024-06-03,10,0,\n");
    const Quality over = found(look(monday), "refund_over_amount");
    ASSERT_EQ(over.places.size(), 1U);
    EXPECT_EQ(over.places[0].row + " " + over.places[0].batch, "a t:1");
}

TEST_F(DataOfABrand, AFileThatRepeatsADayDidNotBringIt) {
    open_for_eight_weeks();
    take_orders(monday, 200);
    take_orders(monday, 200);
    const Quality high = found(look(monday), "high");
    ASSERT_EQ(high.places.size(), 1U);
    EXPECT_EQ(high.places[0].batch, "t:2");
}

// C3, C4.
TEST_F(DataOfABrand, OneRunTellsADayOnceAndOnlyOfFilesThatChangedIt) {
    open_for_eight_weeks();
    const ImportResult first = take(Fact::orders, order_header + orders_of(monday, 200));
    const ImportResult again = take(Fact::orders, order_header + orders_of(monday, 201));
    const ImportResult other = take(Fact::orders, order_header + orders_of(monday, 201) + orders_of(monday + 1, 40));
    DaysTold told;
    const auto look_in_run = [&](const ImportResult& result) {
        return ids(look_at_import(shop_.database(), "t", 1, shop_.zone(), result.batch, &told));
    };
    EXPECT_THAT(look_in_run(first), ElementsAre("high"));
    EXPECT_THAT(look_in_run(again), IsEmpty());
    EXPECT_THAT(ids(look_at(again)), ElementsAre("high"));
    EXPECT_THAT(ids(look_at(other)), IsEmpty());
}

TEST_F(DataOfABrand, StatisticsOfTheFirstOfFourGuidesAreNotTooFew) {
    const std::string header = "date,guide_id,chats,messages,new_contacts\n";
    std::string rows;
    for (Day day = monday - 56; day < monday; ++day)
        for (int guide = 0; guide < 4; ++guide) rows += to_string(day) + ",g" + std::to_string(guide) + ",5,50,0\n";
    take(Fact::guide_days, header + rows);
    EXPECT_THAT(ids(look_at(take(Fact::guide_days, header + "2024-06-03,g1,1,10,0\n"))), IsEmpty());
    EXPECT_THAT(ids(look(monday)), ElementsAre("low"));
}

TEST(QualityChecks, EachNoteBelongsToACheckAndSaysWhatToDo) {
    std::set<std::string_view> notes;
    for (const Language language : {Language::zh, Language::en}) {
        const Catalogue& say = catalogue(language);
        for (const QualityCheck& check : quality_checks()) {
            EXPECT_TRUE(say.has("quality.check." + std::string(check.name))) << check.name;
            for (const std::string_view note : check.notes) {
                notes.insert(note);
                EXPECT_TRUE(say.has("quality." + std::string(note))) << note;
                EXPECT_TRUE(say.has("quality.do." + std::string(note))) << note;
            }
        }
    }
    EXPECT_EQ(notes.size(), 27U);
}

TEST(Days, RunsOfDaysAreWrittenAsSuch) {
    EXPECT_EQ(days_text({monday}), "2024-06-03");
    EXPECT_EQ(days_text({monday, monday + 1, monday + 4, monday + 5, monday + 6}),
              "2024-06-03, 2024-06-04, 2024-06-07..2024-06-09");
}

}  // namespace
}  // namespace siyu
