// SPDX-License-Identifier: Apache-2.0
// What a PM is told when something did not go out, and whether doing so helps.
#include <gmock/gmock.h>

#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

class Advice : public Mailroom {
  protected:
    std::string answer_to(const std::string& delivery) {
        const auto all = nlohmann::json::parse(in({"outbox", "list", "--state", "all", "--json"}).out);
        for (const auto& one : all)
            if (one["delivery"] == delivery) return one["answer"];
        return "none";
    }
    void only_wang() { done({"recipient", "remove", "--tenant", "t", "smith@brand.example"}); }
};

TEST_F(Advice, AReaderWhoMayNotBeSentToStandsInTheOutboxAndThePmIsToldOnce) {
    const Ended added = done({"recipient", "add", "--tenant", "t", "boss@elsewhere.example"});
    EXPECT_EQ(added.status, 1);
    EXPECT_THAT(added.err, HasSubstr("siyu tenant set t domains=brand.example,elsewhere.example"));
    make();
    const Ended first = in({"send", "run"});
    EXPECT_THAT(first.err, AllOf(HasSubstr("t:daily:2026-10-05:1"), HasSubstr("boss@elsewhere.example")));
    EXPECT_THAT(states(),
                UnorderedElementsAre(Pair("boss@elsewhere.example", "refused"), Pair("smith@brand.example", "sent"),
                                     Pair("wang@brand.example", "sent")));
    const std::string said = answer_to("t:daily:2026-10-05:1:4");
    EXPECT_THAT(said, HasSubstr("siyu tenant set t domains=brand.example,elsewhere.example"));
    in({"send", "run"});
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    const auto list = nlohmann::json::parse(in({"send", "list", "--all", "--json"}).out);
    EXPECT_EQ(list[0]["sent"], 2);
    EXPECT_EQ(list[0]["recipients"], 3);
    // As it was advised.
    done({"tenant", "set", "t", "domains=brand.example,elsewhere.example", "--from", "2026-10-01"});
    done({"outbox", "retry", "t:daily:2026-10-05:1:4"});
    EXPECT_EQ(in({"send", "run"}).status, 0);
    EXPECT_EQ(arrived_for("boss@elsewhere.example"), 1);
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Advice, AnotherBrandsNameIsAllowedBesideThoseThatWere) {
    only_wang();
    done({"tenant", "set", "t", "scan_ignore=别家", "--from", "2026-10-01"});
    done({"tenant", "add", "milou", "--name", "米鹿母婴"});
    done({"import", "--tenant", "t", "--as", "touches",
          file("touches.csv", "date,channel,touches,cost\n2026-10-05,米鹿母婴小程序,10,5\n")});
    make();
    in({"send", "run"});
    EXPECT_THAT(answer_to("t:daily:2026-10-05:1:1"), AllOf(HasSubstr("siyu tenant set t scan_ignore=别家,米鹿母婴"),
                                                           HasSubstr("siyu outbox retry t:daily:2026-10-05:1:1")));
}

TEST_F(Advice, ATrialForTheBrandIsNoReasonToCallItsDomainOurs) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    make();
    in({"send", "run"});
    const Ended ended = in({"send", "test", "t:daily:2026-10-05", "--to", "wang@brand.example"});
    EXPECT_EQ(ended.status, 3);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("试发只能发给自己人"), Not(HasSubstr("加上它"))));
}

TEST_F(Advice, WhatCouldNotBeHandedOverWasNotRefused) {
    only_wang();
    open_server({"rcpt=451"});
    make();
    std::string said;
    for (int i = 0; i < 12; ++i) said += in({"send", "run"}).err;
    EXPECT_THAT(states(), UnorderedElementsAre(Pair("wang@brand.example", "failed")));
    EXPECT_THAT(said, AllOf(HasSubstr("多次未能送出"), Not(HasSubstr("被拒收"))));
    EXPECT_THAT(in({"outbox", "list"}).out, Not(HasSubstr("被拒收")));
}

TEST_F(Advice, WithoutAnAccountNoTryIsCounted) {
    only_wang();
    std::ofstream(folder_ / "w/siyu.toml") << "store = '" << store_.url() << "'\n[jobs]\nattempts = 2\n"
                                           << "pause_seconds = 0\nlongest_pause_seconds = 0\n";
    make();
    for (int i = 0; i < 3; ++i) {
        EXPECT_THAT(in({"send", "run"}).err, i == 0 ? HasSubstr("[mail]") : HasSubstr(""));
        open_database(store_.url(), folder_ / "w", OpenFor::use)->execute("UPDATE job SET due_at = 0 WHERE state = 3");
    }
    EXPECT_THAT(states(), UnorderedElementsAre(Pair("wang@brand.example", "queued")));
    open_server({});
    in({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Advice, ARobotThatRefusesIsAMatterOfItsUrl) {
    StandIn robot("robot_server.py", {});
    const auto secrets = folder_ / "w/secrets.toml";
    std::ofstream(secrets) << "[robots]\nfans = 'http://127.0.0.1:" << robot.port()
                           << "/cgi-bin/webhook/send?key=another'\n";
    std::filesystem::permissions(secrets, std::filesystem::perms(0600));
    done({"recipient", "add", "--tenant", "t", "wecom:fans"});
    make();
    const Ended ended = in({"send", "run"});
    EXPECT_THAT(ended.err, AllOf(HasSubstr("[robots]"), Not(HasSubstr("邮箱管理员"))));
    EXPECT_EQ(states()["wecom:fans"], "failed");
}

TEST_F(Advice, AMailThatWasRefusedIsRepeatedByTheOutbox) {
    only_wang();
    open_server({"rcpt@1=550"});
    make();
    in({"send", "run"});
    const Ended ended = in({"jobs", "retry", "t:deliver:mail:daily:2026-10-05:1:1"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("siyu outbox retry t:daily:2026-10-05:1:1"));
    done({"outbox", "retry", "t:daily:2026-10-05:1:1"});
    in({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Advice, WhoApprovesTheNewestIsToldWhatElseWaits) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    for (const char* day : {"2026-10-05", "2026-10-06", "2026-10-07"})
        done({"send", "make", "daily", "--tenant", "t", "--date", day});
    in({"send", "run"});
    const Ended ended = in({"send", "approve", "t:daily"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("siyu send approve t:daily:2026-10-05:1 t:daily:2026-10-06:1"));
    EXPECT_THAT(in({"send", "show", "t:daily:2026-10-06", "--json"}).out, HasSubstr("\"approved\": false"));
    const Ended rest = in({"send", "approve", "t:daily:2026-10-05:1", "t:daily:2026-10-06:1"});
    EXPECT_EQ(rest.status, 0);
    EXPECT_THAT(rest.err, Not(HasSubstr("siyu send approve")));
    EXPECT_EQ(in({"send", "approve", "t:daily"}).status, 0);
}

}  // namespace
}  // namespace siyu
