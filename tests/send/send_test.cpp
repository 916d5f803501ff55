// SPDX-License-Identifier: Apache-2.0
// Delivery as a PM meets it: the real program, a real mail server.
#include <gmock/gmock.h>

#include <csignal>
#include <ctime>
#include <thread>

#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST_F(Mailroom, EachReaderGetsOneMailAndWhatWasSentIsKept) {
    make();
    EXPECT_EQ(done({"send", "run"}).status, 0);
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
    EXPECT_EQ(arrived_for("smith@brand.example"), 1);
    EXPECT_EQ(arrived().size(), 2U);
    EXPECT_EQ(arrived()[0].from, "reports@agency.example");
    EXPECT_THAT(states(), ElementsAre(Pair("smith@brand.example", "sent"), Pair("wang@brand.example", "sent")));
    // The PM has no part in it: recipients are numbered from 1.
    const std::string kept = in({"outbox", "show", "t:daily:2026-10-05:1:1"}).out;
    EXPECT_EQ(kept, arrived()[arrived()[0].to == "wang@brand.example" ? 0 : 1].message);
    done({"send", "run"});
    EXPECT_EQ(arrived().size(), 2U);
    EXPECT_THAT(in({"send", "list", "--all", "--json"}).out, HasSubstr("\"state\": \"done\""));
}

TEST_F(Mailroom, AReviewedReportWaitsForItsApprovalAndThePmIsTold) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    make();
    done({"send", "run"});
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    EXPECT_EQ(arrived().size(), 1U);
    EXPECT_EQ(in({"send", "approve", "t:daily:2026-10-05", "--hash", "0000000"}).status, 3);
    done({"send", "note", "t:daily:2026-10-05", "国庆后回落属正常", "--by", "李雷"});
    EXPECT_EQ(done({"send", "run"}).status, 0);
    EXPECT_EQ(done({"send", "approve", "t:daily:2026-10-05", "--by", "李雷"}).status, 0);
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
    EXPECT_EQ(in({"send", "note", "t:daily:2026-10-05", "太晚了"}).status, 3) << "what is out does not change";
}

TEST_F(Mailroom, OneNameThatIsWrongKeepsNoOtherFromItsApproval) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    make();
    done({"send", "run"});
    EXPECT_EQ(done({"send", "approve", "t:weekly", "t:daily"}).status, 1);
    EXPECT_THAT(in({"send", "show", "t:daily", "--json"}).out, HasSubstr("\"approved\": true"));
}

TEST_F(Mailroom, ATemporaryRefusalIsTriedAgainAndArrivesOnce) {
    open_server({"rcpt@1=451", "dot@1=450"});
    make();
    done({"send", "run"});
    for (int i = 0; i < 5; ++i) in({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
    EXPECT_EQ(arrived_for("smith@brand.example"), 1);
}

TEST_F(Mailroom, AFinalRefusalIsNotTriedAgainAndThePmIsTold) {
    open_server({"rcpt@1=550"});
    make();
    in({"send", "run"});
    in({"send", "run"});
    EXPECT_EQ(server_->passed("rcpt"), 3) << "two readers, and the notice to the PM";
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    int failed = 0;
    for (const auto& [address, state] : states()) failed += state == "failed";
    EXPECT_EQ(failed, 1);
}

TEST_F(Mailroom, WhatMayHaveArrivedIsNotSentAgainUnlessAPersonSaysSo) {
    done({"recipient", "remove", "--tenant", "t", "smith@brand.example"});
    open_server({"dot@1=close"});
    make();
    in({"send", "run"});
    in({"send", "run"});
    EXPECT_THAT(states(), ElementsAre(Pair("wang@brand.example", "unsure")));
    EXPECT_EQ(arrived_for("wang@brand.example"), 0);
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    EXPECT_EQ(in({"outbox", "retry", "t:daily:2026-10-05:1:1"}).status, 3);
    EXPECT_EQ(done({"outbox", "retry", "--again", "t:daily:2026-10-05:1:1"}).status, 0);
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Mailroom, AMailThatWasHandedOverByWhoDiedIsUnsureAndNotSentAgain) {
    done({"recipient", "remove", "--tenant", "t", "smith@brand.example"});
    open_server({"kept@1=silent"});
    set_account(server_->port(), "[worker]\n");
    make();
    const pid_t process = start(inside({"send", "run"}));
    while (arrived_for("wang@brand.example") == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
    for (int i = 0; i < 3; ++i) in({"send", "run"});
    EXPECT_THAT(states(), ElementsAre(Pair("wang@brand.example", "unsure")));
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Mailroom, KilledAtAnyInstantAndWithOthersAtWorkNobodyGetsTwo) {
    for (int round = 0; round < 8; ++round) {
        const std::string day = "2026-10-" + std::string(round < 3 ? "0" : "") + std::to_string(7 + round);
        done({"send", "make", "daily", "--tenant", "t", "--date", day});
        unsigned seed = 7919U * static_cast<unsigned>(round + 1);
        for (int kills = 0; kills < 4; ++kills) {
            const pid_t one = start(inside({"send", "run"})), other = start(inside({"send", "run"}));
            seed = seed * 1103515245U + 12345U;
            std::this_thread::sleep_for(std::chrono::milliseconds(30 + seed / 65536 % 400));
            kill(one, SIGKILL);
            waitpid(one, nullptr, 0);
            if (kills % 2 == 0) kill(other, SIGKILL);
            waitpid(other, nullptr, 0);
        }
        in({"send", "run"});
    }
    std::map<std::pair<std::string, std::string>, int> times;
    for (const Arrived& one : arrived()) {
        const std::size_t at = one.message.find("Message-ID:");
        ++times[{one.to, one.message.substr(at, one.message.find('\r', at) - at)}];
    }
    for (const auto& [mail, count] : times) EXPECT_EQ(count, 1) << mail.first << " " << mail.second;
    // Nothing is left behind: each mail was sent, or nobody knows.
    std::istringstream lines(in({"outbox", "list", "--state", "all", "--json"}).out);
    int sent = 0, unsure = 0, rest = 0;
    for (std::string line; std::getline(lines, line);) {
        sent += line.find("\"state\": \"sent\"") != std::string::npos;
        unsure += line.find("\"state\": \"unsure\"") != std::string::npos;
        rest += line.find("\"state\": \"queued\"") != std::string::npos ||
                line.find("\"state\": \"handing\"") != std::string::npos;
    }
    EXPECT_EQ(rest, 0);
    EXPECT_GE(sent + unsure, 16) << in({"send", "list", "--all"}).out << in({"jobs", "list"}).out
                                 << in({"outbox", "list", "--state", "all"}).out;
    EXPECT_GE(static_cast<int>(times.size()), sent);
    EXPECT_LE(static_cast<int>(times.size()), sent + unsure);
    std::cout << sent << " sent, " << unsure << " unsure" << std::endl;
}

TEST_F(Mailroom, AnotherBrandsNameKeepsAMailIn) {
    done({"tenant", "add", "milou", "--name", "米鹿母婴"});
    done({"import", "--tenant", "t", "--as", "touches",
          file("touches.csv", "date,channel,touches,cost\n2026-10-05,米鹿母婴小程序,10,5\n")});
    make();
    in({"send", "run"});
    EXPECT_THAT(states(), ElementsAre(Pair("smith@brand.example", "refused"), Pair("wang@brand.example", "refused")));
    EXPECT_EQ(arrived_for("wang@brand.example"), 0);
    EXPECT_GE(arrived_for("pm@agency.example"), 1);
    done({"tenant", "set", "t", "scan_ignore=米鹿母婴小程序", "--from", "2026-10-01"});
    done({"outbox", "retry", "t:daily:2026-10-05:1:1"});
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Mailroom, SecretsStandNowhereAndOthersMayNotReadThem) {
    open_server({"auth=535"}, "user = 'reports@agency.example'\n");
    std::ofstream(folder_ / "w/secrets.toml") << "mail_password = 'geheim-9172'\n";
    std::filesystem::permissions(folder_ / "w/secrets.toml", std::filesystem::perms(0644));
    make();
    const Ended open = in({"send", "run"});
    EXPECT_EQ(open.status, 4);
    EXPECT_THAT(open.err, HasSubstr("chmod 600"));
    std::filesystem::permissions(folder_ / "w/secrets.toml", std::filesystem::perms(0600));
    const Ended closed = in({"send", "run"});
    for (const std::string& said : {open.err, open.out, closed.err, closed.out, in({"outbox", "list", "--json"}).out,
                                    in({"jobs", "list", "--json"}).out, in({"doctor"}).out})
        EXPECT_THAT(said, Not(HasSubstr("geheim-9172")));
    EXPECT_EQ((std::filesystem::status(folder_ / "w/siyu.key").permissions() & std::filesystem::perms(0077)),
              std::filesystem::perms::none);
}

TEST_F(Mailroom, WithoutAnAccountNothingIsSentAndItIsSaid) {
    std::ofstream(folder_ / "w/siyu.toml") << "store = '" << store_.url() << "'\n";
    done({"tenant", "set", "t", "domains=brand.example"});
    make();
    const Ended ended = in({"send", "run"});
    EXPECT_THAT(ended.err, HasSubstr("[mail]"));
    const Ended look = in({"send", "preview", "t:daily:2026-10-05", "--out", (folder_ / "look.eml").string()});
    EXPECT_EQ(look.status, 0) << look.err;
    EXPECT_THAT(slurp(folder_ / "look.eml"), HasSubstr("multipart/"));
}

TEST_F(Mailroom, ALogoThatIsNoneKeepsNoMailIn) {
    std::filesystem::create_directories(folder_ / "w/tenants/t");
    std::ofstream(folder_ / "w/tenants/t/logo.png") << "no picture";
    done({"tenant", "set", "t", "logo=logo.png", "approval=review", "--from", "2026-10-01"});
    make();
    EXPECT_THAT(done({"send", "run"}).err, HasSubstr("logo"));
    EXPECT_EQ(arrived_for("pm@agency.example"), 1);
    done({"send", "approve", "t:daily:2026-10-05"});
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 1);
}

TEST_F(Mailroom, ACorrectionThatCameToNothingCanBeBegunAnew) {
    make();
    done({"send", "run"});
    for (const char* why : {"没有变化", "还是没有"}) {
        EXPECT_EQ(done({"send", "correct", "t:daily:2026-10-05", "--why", why}).status, 0);
        done({"send", "run"});
        EXPECT_THAT(in({"send", "show", "t:daily:2026-10-05", "--json"}).out, HasSubstr("\"state\": \"cancelled\""));
    }
    done({"import", "--tenant", "t", "--as", "orders",
          file("more.csv", "order_id,paid_at,amount,customer_id\no2,2026-10-05 13:00,50,c2\n")});
    EXPECT_EQ(done({"send", "correct", "t:daily:2026-10-05", "--why", "订单补录"}).status, 0);
    done({"send", "run"});
    EXPECT_EQ(arrived_for("wang@brand.example"), 2);
    EXPECT_THAT(in({"send", "show", "t:daily:2026-10-05", "--json"}).out, HasSubstr("订单补录"));
}

TEST_F(Mailroom, AMisspeltSettingIsSaidWithItsLine) {
    set_account(25, "per_minut = 3\n");
    const Ended ended = in({"send", "run"});
    EXPECT_EQ(ended.status, 3);
    EXPECT_THAT(ended.err, HasSubstr("mail.per_minut"));
    EXPECT_THAT(ended.err, HasSubstr("第 16 行"));
}

TEST_F(Mailroom, ANoticeNamesItsReportAsCommandsTakeIt) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    make();
    done({"send", "run"});
    done({"send", "approve", "t:daily:2026-10-05"});
    done({"send", "note", "t:daily:2026-10-05", "说明"});
    EXPECT_THAT(done({"send", "run"}).err, HasSubstr("报告 t:daily:2026-10-05:1 的数据或说明变了"));
}

TEST_F(Mailroom, ATrialGoesToOurOwnPeopleOnlyAndLeavesNoTrace) {
    done({"tenant", "set", "t", "approval=review", "--from", "2026-10-01"});
    make();
    in({"send", "run"});
    EXPECT_EQ(in({"send", "test", "t:daily:2026-10-05", "--to", "wang@brand.example"}).status, 3);
    EXPECT_EQ(in({"send", "test", "t:daily:2026-10-05", "--to", "x@agency.example\r\nBcc: y@z.example"}).status, 2);
    EXPECT_EQ(done({"send", "test", "t:daily:2026-10-05", "--to", "me@agency.example"}).status, 0);
    EXPECT_EQ(arrived_for("me@agency.example"), 1);
    EXPECT_TRUE(states().empty());
}

TEST_F(Mailroom, AGroupGetsAMessageByItsRobot) {
    StandIn robot("robot_server.py", {});
    const auto secrets = folder_ / "w/secrets.toml";
    std::ofstream(secrets) << "[robots]\nfans = 'http://127.0.0.1:" << robot.port()
                           << "/cgi-bin/webhook/send?key=the-key'\n";
    std::filesystem::permissions(secrets, std::filesystem::perms(0600));
    done({"recipient", "add", "--tenant", "t", "wecom:fans", "--name", "品牌群"});
    done({"recipient", "add", "--tenant", "t", "wecom:nowhere"});
    make();
    const Ended ended = in({"send", "run"});
    EXPECT_THAT(slurp(robot.file("1.json")), HasSubstr("某品牌"));
    EXPECT_FALSE(std::filesystem::exists(robot.file("2.json")));
    EXPECT_EQ(states()["wecom:fans"], "sent");
    EXPECT_EQ(states()["wecom:nowhere"], "refused");
    EXPECT_THAT(ended.err + in({"outbox", "list", "--state", "all", "--json"}).out, Not(HasSubstr("the-key")));
}

// Whatever the server of pages answers to a client that we did not write.
class Serving : public Mailroom {
  protected:
    void serve() {
        process_ = start(inside({"serve", "--listen", "127.0.0.1:0"}));
        for (int i = 0; i < 500 && port_.empty(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            const std::string said = slurp(folder_ / "err");
            if (const std::size_t at = said.find("端口 "); at != std::string::npos)
                port_ = said.substr(at + 7, said.find(' ', at + 7) - at - 7);
        }
        ASSERT_FALSE(port_.empty()) << slurp(folder_ / "err");
    }
    void TearDown() override {
        if (process_ > 0) {
            kill(process_, SIGTERM);
            int status = 0;
            waitpid(process_, &status, 0);
            EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << slurp(folder_ / "err");
        }
        Mailroom::TearDown();
    }
    // Status and body.
    std::pair<int, std::string> ask(const std::string& path, const std::string& post = "") {
        const std::string script =
            "import urllib.request, urllib.error, sys\n"
            "data = sys.argv[2].encode() or None\n"
            "try:\n    a = urllib.request.urlopen(urllib.request.Request(sys.argv[1], data))\n"
            "except urllib.error.HTTPError as e:\n    a = e\n"
            "print(a.status)\nsys.stdout.write(a.read().decode())";
        std::ofstream(folder_ / "ask.py") << script;
        const std::string command = std::string(PYTHON) + " " + (folder_ / "ask.py").string() +
                                    " 'http://127.0.0.1:" + port_ + path + "' '" + post + "'";
        FILE* stream = popen(command.c_str(), "r");
        std::string said;
        for (int c = 0; (c = std::fgetc(stream)) != EOF;) said += static_cast<char>(c);
        pclose(stream);
        const std::size_t line = said.find('\n');
        return {std::atoi(said.c_str()), line == std::string::npos ? "" : said.substr(line + 1)};
    }
    // The path of a link in the text part of what wang got.
    std::string link(const std::string& purpose) {
        const std::string text = in({"outbox", "show", "t:daily:" + day_ + ":1:1"}).out;
        std::ofstream(folder_ / "mail.eml", std::ios::binary) << text;
        std::ofstream(folder_ / "link.py")
            << "import email, email.policy, re, sys\n"
               "m = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)\n"
               "t = m.get_body(('plain',)).get_content()\n"
               "sys.stdout.write(re.search('https://c.agency.example(/' + sys.argv[2] + '/[0-9a-f.]+)', t)[1])\n";
        const std::string command = std::string(PYTHON) + " " + (folder_ / "link.py").string() + " " +
                                    (folder_ / "mail.eml").string() + " " + purpose;
        FILE* stream = popen(command.c_str(), "r");
        std::string said;
        for (int c = 0; (c = std::fgetc(stream)) != EOF;) said += static_cast<char>(c);
        EXPECT_EQ(pclose(stream), 0);
        return said;
    }
    void wait_for_mails(std::size_t count) {
        for (int i = 0; i < 1500 && arrived().size() < count; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        EXPECT_EQ(arrived().size(), count);
    }

    std::string day_ = "2026-10-05";
    std::string port_;
    pid_t process_ = 0;
};

TEST_F(Serving, SendsWhatIsScheduledAndServesTheLinksOfItsMails) {
    // Due a little while ago by the brand's clock, and for the day before.
    const std::time_t now = std::time(nullptr) + 8 * 3600;
    std::tm local{};
    gmtime_r(&now, &local);
    const int minute = std::max(0, local.tm_hour * 60 + local.tm_min - 5);
    char due[16], day[16];
    std::snprintf(due, sizeof due, "%02d:%02d", minute / 60 % 24, minute % 60);
    const std::time_t before = now - 86'400;
    std::tm yesterday{};
    gmtime_r(&before, &yesterday);
    std::strftime(day, sizeof day, "%Y-%m-%d", &yesterday);
    day_ = day;
    done({"tenant", "set", "t", std::string("send_daily=") + due});
    serve();
    wait_for_mails(2);
    EXPECT_EQ(ask("/healthz").second, "ok\n");
    EXPECT_EQ(ask("/").first, 404);
    EXPECT_EQ(ask("/r/1.1.0.1.1.1.00").first, 404);
    const auto page = ask(link("r"));
    EXPECT_EQ(page.first, 200);
    EXPECT_THAT(page.second, HasSubstr("某品牌"));
    const auto answer = ask(link("a"));
    EXPECT_EQ(answer.first, 200);
    EXPECT_EQ(ask(link("a"), "do=dispute&figure=gmv&figure=diverted_users&said=%3Cscript%3E").first, 200);
    EXPECT_THAT(in({"objection", "list", "--tenant", "t"}).out, AllOf(HasSubstr("<script>"), HasSubstr("王芳")));
    const std::string leave = link("u");
    EXPECT_EQ(ask(leave).first, 200);
    EXPECT_THAT(in({"recipient", "list", "--json"}).out, Not(HasSubstr("\"unsubscribed\": true")));
    EXPECT_EQ(ask(leave, "List-Unsubscribe=One-Click").first, 200);
    EXPECT_THAT(in({"recipient", "list", "--json"}).out, HasSubstr("\"unsubscribed\": true"));
    wait_for_mails(3);  // and one notice to the PM of both figures
}

}  // namespace
}  // namespace siyu
