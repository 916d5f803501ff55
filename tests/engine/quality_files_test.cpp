// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/engine/data_of_a_brand.hpp"

// What files and batches say about themselves: rows that are missing, set aside or changed.
namespace siyu {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(DataOfABrand, AnExportWithFewerRowsThanBeforeIsNotedUntilItIsWhole) {
    const std::string whole = order_header + orders_of(monday, 40), half = order_header + orders_of(monday, 15, 13);
    take(Fact::orders, whole);
    const ImportResult second = take(Fact::orders, half + "new,2024-06-04,10\n");
    const auto told = look_at(second);
    ASSERT_THAT(ids(told), ElementsAre("fewer_rows"));
    EXPECT_EQ(value(told[0], "lacking") + " " + value(told[0], "rows_before"), "25 40");
    EXPECT_EQ(value(told[0], "dates"), "2024-06-03");
    EXPECT_EQ(value(told[0], "batch_before"), "t:1");
    EXPECT_EQ(told[0].weight, Quality::Weight::warning);
    EXPECT_THAT(ids(look(monday)), ElementsAre("fewer_rows"));
    EXPECT_THAT(ids(look(monday + 1)), IsEmpty());
    EXPECT_THAT(look_at(take(Fact::orders, whole)), IsEmpty());
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, AnotherShopsFileIsNotTheSameFileWithFewerRows) {
    take(Fact::orders, order_header + orders_of(monday, 40));
    EXPECT_THAT(look_at(take(Fact::orders, std::string(order_header) + "x1,2024-06-03,10\nx2,2024-06-03,10\n")),
                IsEmpty());
}

TEST_F(DataOfABrand, AnOrderThatMovedToAnotherDayIsNotMissing) {
    take(Fact::orders, std::string(order_header) + "a,2024-06-03,10\nb,2024-06-03,10\nc,2024-06-03,10\n");
    EXPECT_THAT(
        look_at(take(Fact::orders, std::string(order_header) + "a,2024-06-03,10\nb,2024-06-03,10\nc,2024-06-05,10\n")),
        IsEmpty());
}

TEST_F(DataOfABrand, AFileUndoneSaysNothing) {
    take(Fact::orders, order_header + orders_of(monday, 40));
    take(Fact::orders, order_header + orders_of(monday, 15));
    shop_.undo(2);
    EXPECT_THAT(ids(look(monday)), IsEmpty());
}

TEST_F(DataOfABrand, DaysToComeWhenAFileCameAreASlip) {
    const ImportResult result = take(Fact::orders, std::string(order_header) + "a,2024-06-03,10\nb,2190-06-03,10\n");
    const auto told = look_at(result);
    ASSERT_THAT(ids(told), ElementsAre("future_day"));
    EXPECT_EQ(value(told[0], "date"), "2190-06-03");
    EXPECT_THAT(ids(look(monday)), ElementsAre("future_day"));
}

TEST_F(DataOfABrand, RejectedRowsAreNamedByLineAndColumn) {
    take(Fact::orders, std::string(order_header) + "a,2024-06-03,10\nb,2024-06-03,many\n");
    const Scorecard card = look(monday);
    ASSERT_EQ(card.rejected.size(), 1U);
    ASSERT_EQ(card.rejected[0].first.size(), 1U);
    EXPECT_EQ(card.rejected[0].first[0].line, 3);
    EXPECT_EQ(card.rejected[0].first[0].column, "amount");
}

// W7.
TEST_F(DataOfABrand, ARowThatWasMendedIsNoMoreSetAside) {
    take(Fact::orders, std::string(order_header) + "a,2024-06-03,10\n=\"b\",2024-06-03,many\nc,2024-06-03,none\n");
    take(Fact::orders, std::string(order_header) + "b,2024-06-03,12\n");
    const Scorecard card = look(monday);
    ASSERT_EQ(card.rejected.size(), 1U);
    EXPECT_EQ(card.rejected[0].rows, 1);
    EXPECT_EQ(card.rejected[0].first.at(0).line, 4);
    take(Fact::orders, std::string(order_header) + "c,2024-06-04,12\n");
    EXPECT_THAT(look(monday).rejected, IsEmpty());
    shop_.undo(3);
    EXPECT_EQ(look(monday).rejected.size(), 1U);
}

// Orders numbered from 1 on, so many a day from the first.
std::string numbered(Day first, int count, int a_day, int fen_more = 0) {
    std::string rows = "order_id,paid_at,amount\n";
    for (int i = 0; i < count; ++i)
        rows += std::to_string(i + 1) + "," + to_string(first + i / a_day) + " 10:00," + std::to_string(100 + i) + "." +
                two(fen_more) + "\n";
    return rows;
}

TEST_F(DataOfABrand, AnotherShopsFileWithTheSameNumbersMovesOrders) {
    take(Fact::orders, numbered(monday, 60, 10));
    const auto told = look_at(take(Fact::orders, numbered(monday + 28, 60, 10)));
    ASSERT_THAT(ids(told), ElementsAre("orders_moved"));
    EXPECT_EQ(told[0].weight, Quality::Weight::warning);
    EXPECT_EQ(told[0].audience, Audience::agency);
    EXPECT_EQ(value(told[0], "orders") + " " + value(told[0], "order"), "60 1");
    EXPECT_EQ(value(told[0], "from") + " " + value(told[0], "to"), "2024-06-03 2024-07-01");
    ASSERT_EQ(told[0].places.size(), 1U);
    EXPECT_EQ(told[0].places[0].batch, "t:2");
    // It is said of the days that lost them and of the days that got them, and of no others.
    for (const Day day : {monday, monday + 33}) EXPECT_THAT(ids(look(day)), ElementsAre("orders_moved"));
    EXPECT_THAT(ids(look(monday + 10)), IsEmpty());
    shop_.undo(2);
    EXPECT_THAT(ids(look(monday, monday + 40)), IsEmpty());
}

TEST_F(DataOfABrand, WhereTheFileBeforeWasUndoneNothingWasMoved) {
    take(Fact::orders, numbered(monday, 60, 10));
    take(Fact::orders, numbered(monday + 28, 60, 10));
    shop_.undo(1);
    EXPECT_THAT(ids(look(monday, monday + 40)), IsEmpty());
}

// The same wrong file twice: the second changed nothing until the first was taken back.
TEST_F(DataOfABrand, AFileThatRepeatsAnotherMovesOrdersOnceThatIsUndone) {
    take(Fact::orders, numbered(monday, 60, 10));
    take(Fact::orders, numbered(monday + 28, 60, 10));
    const ImportResult again = take(Fact::orders, numbered(monday + 28, 60, 10));
    EXPECT_FALSE(again.changed());
    ASSERT_THAT(ids(look(monday)), ElementsAre("orders_moved"));
    EXPECT_EQ(look(monday).quality[0].places.at(0).batch, "t:2");
    shop_.undo(2);
    ASSERT_THAT(ids(look(monday)), ElementsAre("orders_moved"));
    EXPECT_EQ(look(monday).quality[0].places.at(0).batch, "t:3");
}

TEST_F(DataOfABrand, AnotherKindOfExportOfTheSameOrdersChangesTheirAmounts) {
    take(Fact::orders, numbered(monday, 20, 10, 50));
    const auto told = look_at(take(Fact::orders, numbered(monday, 20, 10)));
    ASSERT_THAT(ids(told), ElementsAre("orders_repriced"));
    EXPECT_EQ(value(told[0], "before") + " " + value(told[0], "after"), "2,200.00 2,190.00");
    EXPECT_THAT(ids(look(monday + 1)), ElementsAre("orders_repriced"));
    shop_.undo(2);
    EXPECT_THAT(ids(look(monday + 1)), IsEmpty());
}

TEST_F(DataOfABrand, OrdersThatGetTheirPriceLaterAreTheSame) {
    const std::string unpriced = std::regex_replace(numbered(monday, 20, 10), std::regex(",[0-9.]+\n"), ",0\n");
    take(Fact::orders, unpriced);
    EXPECT_THAT(ids(look_at(take(Fact::orders, numbered(monday, 20, 10)))), IsEmpty());
    EXPECT_THAT(ids(look(monday + 1)), IsEmpty());
}

TEST_F(DataOfABrand, LaterRefundsCancelledOrdersAndACorrectionAreNoOtherOrders) {
    const std::string header = "order_id,paid_at,amount,refunded,refunded_at\n";
    std::string before, after, corrected;
    for (int i = 0; i < 40; ++i) {
        const std::string id = "o" + std::to_string(i), at = "," + to_string(monday + i % 4) + ",";
        const std::string later = id + at +
                                  (i < 10   ? "0,0,\n"
                                   : i < 30 ? "10,2," + to_string(monday + 5) + "\n"
                                            : "10,0,\n");
        before += id + at + "10,0,\n";
        after += later;
        corrected += i == 30 ? "o30,2024-06-20,10,0,\n" : i == 31 ? "o31,2024-06-06,11,0,\n" : later;
    }
    take(Fact::orders, header + before);
    EXPECT_THAT(look_at(take(Fact::orders, header + after)), IsEmpty());
    EXPECT_THAT(look_at(take(Fact::orders, header + corrected)), IsEmpty());
    EXPECT_THAT(ids(look(monday, monday + 20)), IsEmpty());
}

// Three are said where they are a tenth of the orders that the file changed.
TEST_F(DataOfABrand, AFewAmongManyThatChangedAreCorrections) {
    const std::string header = "order_id,paid_at,amount,refunded,refunded_at\n";
    for (const int refunded : {27, 28}) {
        std::string before, after;
        for (int i = 0; i < refunded + 3; ++i) {
            const std::string id = std::to_string(refunded) + "-" + std::to_string(i);
            before += id + ",2024-06-03,10,0,\n";
            after += id + (i < refunded ? ",2024-06-03,10,2,2024-06-04\n" : ",2024-06-03,11,0,\n");
        }
        take(Fact::orders, header + before);
        EXPECT_EQ(look_at(take(Fact::orders, header + after)).size(), refunded == 27 ? 1U : 0U);
    }
}

TEST_F(DataOfABrand, AFileOfWhichNothingWasGoodIsSaidOfTheDaysUpToItsImport) {
    const std::string header = "order_id,paid_at,amount,refunded,refunded_at\n";
    take(Fact::orders, header + "a,2024-06-03,10,-5,2024-06-04\nb,2024-06-03,10,-5,2024-06-04\n");
    take(Fact::orders, header + "c,2024-06-03,10,0,\n");
    ASSERT_EQ(look(monday).rejected.size(), 1U);
    EXPECT_EQ(look(monday).rejected[0].rows, 2);
    EXPECT_FALSE(look(monday).rejected[0].days);
    EXPECT_EQ(look(monday + 300).rejected.size(), 1U);
    EXPECT_THAT(look(date(2190, 1, 1)).rejected, IsEmpty());
    EXPECT_FALSE(look(monday).rejected[0].maybe_mended) << "orders are known by their numbers";
    take(Fact::orders, header + "a,2024-06-03,10,5,2024-06-04\n");
    EXPECT_EQ(look(monday).rejected.at(0).rows, 1);
    take(Fact::orders, header + "b,2024-06-03,10,5,2024-06-04\n");
    EXPECT_THAT(look(monday).rejected, IsEmpty());
    shop_.undo(4);
    EXPECT_EQ(look(monday).rejected.size(), 1U);
    shop_.undo(1);
    EXPECT_THAT(look(monday).rejected, IsEmpty());
}

TEST_F(DataOfABrand, ARosterOfWhichNothingWasGoodIsSaidUntilItComesWhole) {
    const std::string header = "koc_id,customer_id,name,status,since\n";
    take(Fact::kocs, header + "k1,c1,甲,active,soon\nk2,c2,乙,active,soon\n");
    EXPECT_EQ(look(date(2190, 1, 1)).rejected.size(), 1U);
    take(Fact::kocs, header + "k1,c1,甲,active,2024-06-01\n");
    ASSERT_EQ(look(monday).rejected.size(), 1U);
    EXPECT_TRUE(look(monday).rejected[0].maybe_mended);
    take(Fact::kocs, header + "k1,c1,甲,active,2024-06-01\nk2,c2,乙,active,2024-06-01\n");
    EXPECT_THAT(look(monday).rejected, IsEmpty());
}

TEST_F(DataOfABrand, ARowThatWasSetAsideIsNotMissing) {
    take(Fact::orders, order_header + orders_of(monday, 19));
    std::string rows = orders_of(monday, 19);
    rows.replace(rows.size() - 3, 2, "1x");
    const ImportResult broken = take(Fact::orders, order_header + rows);
    ASSERT_EQ(broken.batch.rejected, 1);
    EXPECT_THAT(look_at(broken), IsEmpty());
    EXPECT_THAT(ids(look(monday)), IsEmpty());
    // One that is not in the file at all is.
    const auto told = look_at(take(Fact::orders, order_header + rows.substr(rows.find('\n') + 1)));
    ASSERT_THAT(ids(told), ElementsAre("fewer_rows"));
    EXPECT_EQ(value(told[0], "lacking"), "1");
}

// Joins have no number of their own.
TEST_F(DataOfABrand, AsManyRowsAsWereSetAsideAreNotMissing) {
    const std::string header = "joined_at,customer_id\n";
    take(Fact::joins, header + "2024-06-03,a\n2024-06-03,b\n2024-06-03,c\n");
    EXPECT_THAT(look_at(take(Fact::joins, header + "2024-06-03,a\n2024-06-03,b\n3 June,c\n")), IsEmpty());
    take(Fact::joins, header + "2024-06-03,a\n2024-06-03,b\n2024-06-03,c\n");
    EXPECT_THAT(ids(look_at(take(Fact::joins, header + "2024-06-03,a\n3 June,c\n"))), ElementsAre("fewer_rows"));
}

// To undo one of two files that have the rows changes nothing.
TEST_F(DataOfABrand, MissingRowsAreNamedWithEachFileThatHasThem) {
    take(Fact::orders, order_header + orders_of(monday, 40));
    take(Fact::orders, order_header + orders_of(monday, 40));
    take(Fact::orders, order_header + orders_of(monday, 15, 13));
    EXPECT_EQ(value(found(look(monday), "fewer_rows"), "holders"), "t:2, t:1");
}

}  // namespace
}  // namespace siyu
