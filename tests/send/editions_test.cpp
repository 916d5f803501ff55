// SPDX-License-Identifier: Apache-2.0
// A correction, and whoever has not got the edition before it yet.
#include <gmock/gmock.h>

#include <regex>

#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

// Edition 1 reached one of the two readers; edition 2 tells other figures.
class Editions : public Mailroom {
  protected:
    void send_first(const std::string& fault) {
        open_server({fault});
        const auto settings = folder_ / "w/siyu.toml";
        const std::string later =
            std::regex_replace(slurp(settings), std::regex("pause_seconds = 0"), "pause_seconds = 600");
        std::ofstream(settings) << later;
        make();
        in({"send", "run"});
        for (const auto& [address, number] : {std::pair{"wang@brand.example", "1"}, {"smith@brand.example", "2"}})
            if (arrived_for(address) == 0) waiting_ = {address, std::string("t:daily:2026-10-05:1:") + number};
        ASSERT_FALSE(waiting_.first.empty());
    }
    void correct(const char* amount) {
        done({"import", "--tenant", "t", "--as", "orders",
              file("again.csv",
                   std::string("order_id,paid_at,amount,customer_id\no1,2026-10-05 12:00,") + amount + ",c1\n")});
        EXPECT_EQ(done({"send", "correct", "t:daily:2026-10-05", "--why", "补录"}).status, 0);
        in({"send", "run"});
    }
    std::string state_of(const std::string& delivery) {
        const auto all = nlohmann::json::parse(in({"outbox", "list", "--state", "all", "--json"}).out);
        for (const auto& one : all)
            if (one["delivery"] == delivery) return one["state"];
        return "none";
    }
    std::string second() const {
        return std::regex_replace(waiting_.second, std::regex("2026-10-05:1"), "2026-10-05:2");
    }
    // What the waiting reader got, and nothing of it twice or of edition 1.
    void expect_the_correction_alone() {
        EXPECT_EQ(arrived_for(waiting_.first), 1);
        EXPECT_EQ(state_of(second()), "sent");
        EXPECT_THAT(in({"outbox", "show", second()}).out, HasSubstr("Message-ID: <daily.2026-10-05.2."));
        for (const Arrived& one : arrived()) {
            if (one.to != waiting_.first) continue;
            EXPECT_THAT(one.message, HasSubstr("Message-ID: <daily.2026-10-05.2."));
        }
    }
    void run_sql(const std::string& sql) { open_database(store_.url(), folder_ / "w", OpenFor::use)->execute(sql); }

    std::pair<std::string, std::string> waiting_;  // whose edition 1 did not go out, and its name
};

TEST_F(Editions, WhatStillWaitsToBeSentIsReplacedByTheCorrection) {
    send_first("rcpt@2=451");
    EXPECT_EQ(state_of(waiting_.second), "queued");
    correct("700");
    EXPECT_EQ(state_of(waiting_.second), "cancelled");
    expect_the_correction_alone();
    const Ended again = in({"outbox", "retry", waiting_.second});
    EXPECT_EQ(again.status, 3);
    EXPECT_THAT(again.err, HasSubstr(second()));
    in({"send", "run"});
    expect_the_correction_alone();
    EXPECT_EQ(arrived().size(), 3U);
    EXPECT_THAT(in({"send", "list", "--all", "--json"}).out, Not(HasSubstr("\"state\": \"released\"")));
}

TEST_F(Editions, WhoseMailWasRefusedGetsTheCorrectionAndTheFirstCannotBeRepeated) {
    send_first("rcpt@2=550");
    EXPECT_EQ(state_of(waiting_.second), "failed");
    correct("700");
    expect_the_correction_alone();
    EXPECT_EQ(in({"outbox", "retry", "--again", waiting_.second}).status, 3);
    in({"send", "run"});
    expect_the_correction_alone();
}

TEST_F(Editions, BeforeTheCorrectionIsOutTheFirstOneStillGoes) {
    send_first("rcpt@2=550");
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    correct("700");
    EXPECT_EQ(done({"outbox", "retry", waiting_.second}).status, 0);
    in({"send", "run"});
    EXPECT_EQ(arrived_for(waiting_.first), 1);
    done({"send", "approve", "t:daily:2026-10-05:2"});
    in({"send", "run"});
    EXPECT_EQ(arrived_for(waiting_.first), 2);
}

// Whoever had it in hand while the correction went out gives it back as one to be tried again.
TEST_F(Editions, WhatComesBackAfterTheCorrectionIsOutDoesNotGoOut) {
    send_first("rcpt@2=451");
    correct("700");
    // Nothing else was cancelled.
    run_sql("UPDATE delivery SET state = 1 WHERE state = 7");
    run_sql("UPDATE job SET state = 1, due_at = 0 WHERE state = 6");
    EXPECT_EQ(state_of(waiting_.second), "queued");
    in({"send", "run"});
    EXPECT_EQ(state_of(waiting_.second), "cancelled");
    expect_the_correction_alone();
}

TEST_F(Editions, ACorrectionOfTheCorrectionComesToEverybodyOnce) {
    send_first("rcpt@2=451");
    correct("700");
    correct("800");
    for (const char* address : {"wang@brand.example", "smith@brand.example"})
        EXPECT_EQ(arrived_for(address), address == waiting_.first ? 2 : 3);
    EXPECT_THAT(in({"send", "list", "--all", "--json"}).out, HasSubstr("\"report\": \"t:daily:2026-10-05:3\""));
}

TEST_F(Editions, WhoWasRemovedAndAddedAgainGetsTheCorrection) {
    make();
    in({"send", "run"});
    for (const char* address : {"wang@brand.example", "smith@brand.example"})
        done({"recipient", "remove", "--tenant", "t", address});
    const Ended back = done({"recipient", "add", "--tenant", "t", "WANG@brand.example"});
    EXPECT_EQ(back.status, 0);
    EXPECT_THAT(back.err, HasSubstr("恢复"));
    correct("700");
    EXPECT_EQ(arrived_for("WANG@brand.example"), 1);
    EXPECT_EQ(arrived_for("smith@brand.example"), 1);
}

}  // namespace
}  // namespace siyu
