// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Mailroom, TheDoctorMissesThePmOfABrandWhoseReportsGoByThemselves) {
    done({"tenant", "set", "t", "send_daily=off", "send_weekly=off", "send_monthly=off", "--from", "2026-01-01"});
    done({"recipient", "remove", "--tenant", "t", "pm@agency.example"});
    EXPECT_THAT(in({"doctor"}).out, Not(HasSubstr("没有负责人")));
    done({"tenant", "set", "t", "send_daily=09:00", "--from", "2026-01-02"});
    const Ended missed = in({"doctor"});
    EXPECT_EQ(missed.status, 1);
    EXPECT_THAT(missed.out, HasSubstr("t 定时发送报告，却没有负责人"));
    done({"recipient", "add", "--tenant", "t", "pm@agency.example", "--role", "pm"});
    EXPECT_THAT(in({"doctor"}).out, Not(HasSubstr("没有负责人")));
}

TEST_F(Mailroom, WhatIsWaitedForIsCalledAsPeopleCallIt) {
    done({"tenant", "set", "t", "required=joins,surveys", "--from", "2026-01-01"});
    in({"send", "make", "daily", "--tenant", "t", "--date", "2026-10-05"});
    in({"send", "run"});
    const std::string list = in({"send", "list"}).out;
    EXPECT_THAT(list, HasSubstr("加粉"));
    EXPECT_THAT(list, Not(HasSubstr("joins")));
    EXPECT_THAT(list, Not(HasSubstr("surveys")));
}

}  // namespace
}  // namespace siyu
