// SPDX-License-Identifier: Apache-2.0
// What PMs are told when something did not go as it should.
#include <gmock/gmock.h>

#include <ctime>

#include "core/store/database.hpp"
#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Mailroom, ASecondFinalRefusalIsToldLikeTheFirst) {
    done({"recipient", "remove", "--tenant", "t", "smith@brand.example"});
    open_server({"dot@1=550", "dot@3=550"});  // the second is the notice of the first
    make();
    in({"send", "run"});
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    done({"outbox", "retry", "t:daily:2026-10-05:1:1"});
    in({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 0);
    EXPECT_EQ(arrived_for("pm@agency.example"), 2);
}

TEST_F(Mailroom, ANoticeSaysUntilWhenAndWhatThenHappens) {
    done({"tenant", "set", "t", "approval=review", "unapproved=send", "--from", "2026-10-01"});
    make();
    EXPECT_THAT(done({"send", "run"}).err, HasSubstr("前没有批准，将按约定在 20"));
    done({"send", "approve", "t:daily:2026-10-05"});
    done({"tenant", "set", "t", "unapproved=hold", "--from", "2026-10-01"});
    done({"send", "note", "t:daily:2026-10-05", "说明"});
    const std::string told = done({"send", "run"}).err;
    EXPECT_THAT(told, HasSubstr("之前的批准已失效"));
    EXPECT_THAT(told, HasSubstr("前没有批准，就扣留不发"));
    EXPECT_THAT(told, Not(HasSubstr("{")));
}

TEST_F(Mailroom, WhoLetsAnUnapprovedReportGoOnHearsThatItStillHasToBeApproved) {
    done({"send", "make", "daily", "--tenant", "t", "--date", "2026-10-05"});
    done({"send", "cancel", "t:daily:2026-10-05"});
    EXPECT_THAT(done({"send", "go", "t:daily:2026-10-05"}).err, Not(HasSubstr("siyu send approve")));
    done({"send", "cancel", "t:daily:2026-10-05"});
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    EXPECT_THAT(done({"send", "go", "t:daily:2026-10-05"}).err, HasSubstr("siyu send approve t:daily:2026-10-05:1"));
}

TEST_F(Mailroom, WhatWasSentIncompleteIsToBeCorrectedOnceTheFactsAreThere) {
    done({"tenant", "set", "t", "required=touches", "at_deadline=send", "--from", "2026-10-01"});
    make();
    done({"send", "run"});
    ASSERT_EQ(arrived_for("wang@brand.example"), 1);
    EXPECT_THAT(done({"send", "list"}).out, Not(HasSubstr("t:daily")));
    done({"import", "--tenant", "t", "--as", "touches",
          file("touches.csv", "date,channel,touches,cost\n2026-10-05,天猫,10,5\n")});
    EXPECT_THAT(done({"send", "run"}).err, HasSubstr("siyu send correct t:daily:2026-10-05:1"));
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    EXPECT_THAT(done({"send", "list"}).out, HasSubstr("siyu send correct t:daily:2026-10-05:1"));
    done({"send", "run"});
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    done({"send", "correct", "t:daily:2026-10-05:1", "--why", "数据补齐"});
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 2);
    EXPECT_THAT(done({"send", "list"}).out, Not(HasSubstr("t:daily")));
}

class Queued : public Mailroom {
  protected:
    // A report on its way that has waited for so many seconds, since there was no account.
    void waiting(const std::string& seconds) {
        done({"recipient", "remove", "--tenant", "t", "smith@brand.example"});
        const std::string account = slurp(folder_ / "w/siyu.toml");
        std::ofstream(folder_ / "w/siyu.toml") << account.substr(0, account.find("[mail]"));
        make();
        in({"send", "run"});
        EXPECT_EQ(states()["wang@brand.example"], "queued");
        std::ofstream(folder_ / "w/siyu.toml") << account;
        const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
        database->execute("UPDATE job SET due_at = 0 WHERE state = 3");
        database->execute("UPDATE delivery SET asked_at = asked_at - " + seconds);
    }
    // Where it is two in the night.
    static std::string dark_zone() {
        const int hour = static_cast<int>(std::time(nullptr) / 3600 % 24);
        const int east = (26 - hour) % 24;  // ahead of UTC
        return east <= 14 ? "Etc/GMT-" + std::to_string(east) : "Etc/GMT+" + std::to_string(24 - east);
    }
};

TEST_F(Queued, WhatWaitedForHalfADayIsNotSentUnlessSomebodyAsksForIt) {
    waiting("90000");  // whatever hour it is now, that is half a day and a night
    in({"send", "run"});
    EXPECT_EQ(states()["wang@brand.example"], "refused");
    EXPECT_EQ(arrived_for("wang@brand.example"), 0);
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    done({"outbox", "retry", "t:daily:2026-10-05:1:1"});
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Queued, WhatWaitedIsSentWhereAllAre) {
    done({"tenant", "set", "t", "catch_up=all", "--from", "2026-10-01"});
    waiting("43300");
    in({"send", "run"});
    EXPECT_NE(states()["wang@brand.example"], "refused");
}

TEST_F(Queued, WhatIsLateWaitsForTheMorning) {
    waiting("3700");
    const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
    database->execute("UPDATE tenant SET timezone = '" + dark_zone() + "' WHERE id = 't'");
    const Ended ended = in({"send", "run"});
    EXPECT_THAT(ended.err, HasSubstr("夜里不发"));
    EXPECT_EQ(states()["wang@brand.example"], "queued");
    EXPECT_EQ(arrived().size(), 0U);
    done({"outbox", "retry", "t:daily:2026-10-05:1:1"});
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1) << "somebody asked for it";
}

}  // namespace
}  // namespace siyu
