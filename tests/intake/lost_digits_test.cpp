// SPDX-License-Identifier: Apache-2.0
#include "core/intake/lost_digits.hpp"

#include <gmock/gmock.h>

#include "tests/intake/custom_profile.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;
using Verdict = LostDigits::Verdict;

TEST(LostDigits, AnIdOf18DigitsThatEndsInZerosIsLost) {
    LostDigits ids(true);
    EXPECT_EQ(ids.look("350000000001310000"), Verdict::lost);
    EXPECT_EQ(ids.look("6917926768823680000"), Verdict::lost);
    for (const char* fine :
         {"6917926768823682666", "350000000001310010", "3500000000013100", "123456789012345", "100000000000000",
          "E350000000001310000", "350000000001310000-1", "0000000000000000000", "000000000000000000012", ""})
        EXPECT_EQ(ids.look(fine), Verdict::fine) << fine;
}

// Of whole ids of 17 digits one in a hundred ends in two zeros: three in a row are no chance.
TEST(LostDigits, ShorterOnesAreLostWhereOneFollowsTheOther) {
    LostDigits ids(true);
    EXPECT_EQ(ids.look("35000000000131000"), Verdict::fine);
    EXPECT_EQ(ids.look("35000000000141000"), Verdict::fine);
    EXPECT_EQ(ids.look("35000000000151000"), Verdict::all_lost);
    LostDigits short_ones(true);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(short_ones.look("243210001234567" + std::string("0")), Verdict::fine);
    EXPECT_EQ(short_ones.look("2432100012345670"), Verdict::all_lost);
}

TEST(LostDigits, InALongFileMoreOfThemMayFollow) {
    LostDigits ids(true);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(ids.look(std::to_string(35'000'000'000'131'001 + i % 99)), Verdict::fine);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(ids.look("35000000000131000"), Verdict::fine);
    EXPECT_EQ(ids.look("35000000000131000"), Verdict::all_lost);
}

// The lines of one order, the days of one guide.
TEST(LostDigits, WhatMayStandInSeveralRowsCountsOnce) {
    LostDigits ids(false);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(ids.look("35000000000131000"), Verdict::fine);
    EXPECT_EQ(ids.look("35000000000141000"), Verdict::fine);
    EXPECT_EQ(ids.look("35000000000151000"), Verdict::all_lost);
}

TEST(LostDigits, SuchAnOrderOfAnExportIsSetAside) {
    const Custom custom(plain);
    EXPECT_THAT(custom.rows("单号,时间,实收\n6917926768823680000,2026-11-20,5\n6917926768823682666,2026-11-20,5\n"),
                ElementsAre("bad 2 单号 6917926768823680000 intake.bad.id_digits_lost",
                            "orders 3 6917926768823682666|2026-11-20|5.00||||||||"));
}

// Its lines are not added up to something else either.
TEST(LostDigits, SuchAnOrderOfSeveralLinesIsLeftOut) {
    const Custom custom(plain + "sum_of = [\"单号\"]\n");
    EXPECT_THAT(custom.rows("单号,时间,实收\n6917926768823680000,2026-11-20,5\n6917926768823680000,2026-11-20,7\n"),
                ElementsAre("bad 2 单号 6917926768823680000 intake.bad.id_digits_lost",
                            "bad 3 单号 6917926768823680000 intake.bad.id_digits_lost"));
}

TEST(LostDigits, AnExportOfThemIsRefused) {
    const Custom custom(plain);
    std::string rows = "单号,时间,实收\n";
    for (int i = 0; i < 20; ++i)
        rows += i < 15 ? "35000000000000000,2026-11-20,5\n" : "35000000000000100,2026-11-20,5\n";
    const Note note = refusal([&] { custom.rows(rows); });
    EXPECT_EQ(note.id, "intake.digits_lost");
    EXPECT_EQ(with(note, "column"), "单号");
    EXPECT_EQ(with(note, "value"), "35000000000000000");
    EXPECT_EQ(with(note, "line"), "4");
}

TEST(LostDigits, AFileInTheFormOfFactsMayHaveAnyId) {
    const Scratch scratch;
    EXPECT_THAT(all(scratch.file("orders.csv", "order_id,paid_at,amount\n6917926768823680000,2026-11-20,5\n")),
                ElementsAre("orders 2 6917926768823680000|2026-11-20|5||||||||"));
}

}  // namespace
}  // namespace siyu
