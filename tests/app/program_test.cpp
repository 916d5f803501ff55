// SPDX-License-Identifier: Apache-2.0
// The program as its user meets it: started as a process, judged by what it says, its status and what it leaves.
#include "tests/support/program.hpp"

#include <chrono>
#include <csignal>
#include <thread>

namespace siyu {
namespace {

namespace fs = std::filesystem;

TEST_F(Program, UnknownThingsAreWrongUseAndSayWhatThereIs) {
    const Ended tenant = in({"kpi", "--tenant", "nobody", "--period", "daily"});
    EXPECT_EQ(tenant.status, 2);
    EXPECT_NE(tenant.err.find("nobody"), std::string::npos);
    const Ended fact = in({"import", "--tenant", "t", "--as", "clicks", file("joins.csv", "a\n")});
    EXPECT_EQ(fact.status, 2);
    EXPECT_NE(fact.err.find("joins"), std::string::npos);
    for (const char* date : {"2026-02-30", "yesterday", "2999-01-01"})
        EXPECT_EQ(in({"kpi", "--tenant", "t", "--period", "daily", "--date", date}).status, 2) << date;
    EXPECT_EQ(in({"kpi", "--tenant", "t", "--period", "hourly"}).status, 2);
    EXPECT_EQ(in({"report", "daily", "--format", "pptx"}).status, 2);
    EXPECT_EQ(in({"frobnicate"}).status, 2);
    EXPECT_EQ(in({"tenant", "set", "t", "flor=0.8"}).status, 2);
}

TEST_F(Program, PeriodThatIsNotOverIsRefused) {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    char today[16];
    std::strftime(today, sizeof today, "%Y-%m-%d", std::gmtime(&now));
    EXPECT_EQ(in({"kpi", "--tenant", "t", "--period", "monthly", "--date", today}).status, 2);
}

TEST_F(Program, HeaderWithoutANeededColumnIsRefusedAndNothingChanges) {
    const std::string before = figures();
    const Ended ended = in({"import", "--tenant", "t", file("orders.csv", "order_id,paid_at\no1,2026-10-01\n")});
    EXPECT_EQ(ended.status, 3);
    EXPECT_NE(ended.err.find("amount"), std::string::npos);
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(in({"import", "list", "--json"}).out, "[]\n");
}

TEST_F(Program, FileWithTooManyBadRowsIsRefusedAndNothingChanges) {
    std::string rows = "order_id,paid_at,amount\n";
    for (int i = 0; i < 200; ++i)
        rows += "o" + std::to_string(i) + ",2026-10-01," + (i % 16 == 0 ? "1.234" : "1.23") + "\n";
    const std::string before = figures();
    const Ended ended = in({"import", "--tenant", "t", file("orders.csv", rows)});
    EXPECT_EQ(ended.status, 3);
    EXPECT_NE(ended.err.find("1.234"), std::string::npos);
    EXPECT_EQ(figures(), before);
}

TEST_F(Program, FewBadRowsAreSetAsideMendedAndImportedAgain) {
    const Ended first = in({"import", "--tenant", "t",
                            file("orders.csv", "order_id,paid_at,amount\no1,2026-10-01,10\no2,2026-10-01,1.234\n")});
    EXPECT_EQ(first.status, 1);
    const Ended rejects = in({"import", "rejects", "t:1"});
    EXPECT_EQ(rejects.out, "\uFEFForder_id,paid_at,amount\no2,2026-10-01,1.234\n");
    std::string mended = rejects.out;
    mended.replace(mended.find("1.234"), 5, "1.23");
    EXPECT_EQ(in({"import", "--tenant", "t", "--as", "orders", file("mended.csv", mended)}).status, 0);
    EXPECT_NE(figures().find("1123"), std::string::npos);
}

// A row that was set aside is opened in a spreadsheet to be mended: nothing in it may be computed there.
TEST_F(Program, RowsToBeMendedHoldNoFormulasAndComeBackAsTheyWere) {
    in({"import", "--tenant", "t",
        file("orders.csv",
             "order_id,paid_at,amount,customer_id\n=HYPERLINK(\"http://evil.example\"),2026-10-01,1.234,c1\n"
             "\"=cmd|'/C calc'!A0\",2026-10-01,1.234,@SUM(A1)\no3,2026-10-01,-1.5,-2+3\no4,2026-10-01,10,c4\n"
             "o5,2026-10-01,10,c5\n")});
    const std::string rejects = in({"import", "rejects", "t:1"}).out;
    EXPECT_NE(rejects.find("'=HYPERLINK"), std::string::npos) << rejects;
    EXPECT_NE(rejects.find("'=cmd|"), std::string::npos) << rejects;
    EXPECT_NE(rejects.find("'@SUM(A1)"), std::string::npos) << rejects;
    EXPECT_NE(rejects.find(",-1.5,"), std::string::npos) << "a number stays one: " << rejects;
    std::string mended = rejects;
    for (std::size_t at; (at = mended.find("1.234")) != std::string::npos;) mended.replace(at, 5, "1.23");
    mended.replace(mended.find("-1.5"), 4, "1.5");
    EXPECT_EQ(in({"import", "--tenant", "t", "--as", "orders", file("mended.csv", mended)}).status, 0);
    const std::string again =
        in({"import", "--tenant", "t",
            file("orders.csv", "order_id,paid_at,amount\n\"=cmd|'/C calc'!A0\",2026-10-01,1.23\n")})
            .err;
    EXPECT_NE(again.find("更新 1"), std::string::npos) << "the same order, not another one: " << again;
}

TEST_F(Program, NoIdLeadsOutOfTheWorkspace) {
    for (const char* id : {"../evil", "a/b", "..", ".", "", "-x", "Ａ", "a\nb", "agency", "a b"})
        EXPECT_EQ(in({"tenant", "add", id}).status, 2) << id;
    EXPECT_EQ(in({"report", "daily", "--tenant", "../t"}).status, 2);
    EXPECT_EQ(in({"send", "show", "../t:daily"}).status, 2);
    EXPECT_EQ(in({"send", "show", "t:daily:../../etc"}).status, 2);
    EXPECT_EQ(in({"recipient", "add", "--tenant", "t", "wecom:../../secrets"}).status, 2);
    EXPECT_EQ(in({"tenant", "set", "t", "logo=../../../etc/passwd"}).status, 2);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "evil"));
}

TEST_F(Program, WhatIsNoTableIsRefusedInWords) {
    for (const auto& [name, text] :
         {std::pair<std::string, std::string>{"joins.csv", std::string("%PDF-1.7\n\0\1\2", 12)},
          {"joins.csv", std::string("\x7f"
                                    "ELF\0\0\0\0",
                                    8)},
          {"joins.csv", ""},
          {"joins.csv", "joined_at,customer_id\n2026-10-01,\xd6\xd0\xb9\xfa\xd6"}}) {
        const Ended ended = in({"import", "--tenant", "t", file(name, text)});
        EXPECT_EQ(ended.status, 3) << ended.err;
        EXPECT_GT(ended.err.size(), 20U);
    }
    EXPECT_EQ(in({"import", "--tenant", "t", (folder_ / "not there.csv").string()}).status, 2);
    EXPECT_EQ(in({"import", "list", "--json"}).out, "[]\n");
}

TEST_F(Program, CustomerIdOfTenMegabytesIsSetAsideOrRefusedWithoutGrowing) {
    const Ended ended =
        in({"import", "--tenant", "t",
            file("joins.csv", "joined_at,customer_id\n2026-10-01," + std::string(10 << 20, 'x') + "\n2026-10-02,b\n")});
    EXPECT_TRUE(ended.status == 1 || ended.status == 3) << ended.status;
    EXPECT_LT(ended.err.size(), 4096U);
}

TEST_F(Program, ForecastForAnUnknownKpiIsNotTaken) {
    const std::string before = figures();
    const Ended ended = in({"import", "--tenant", "t", file("forecast.csv", "month,kpi,forecast\n2026-10,gnv,100\n")});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("gnv"), std::string::npos);
    EXPECT_NE(ended.err.find("gmv"), std::string::npos);
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(in({"forecast", "set", "--tenant", "t", "--month", "2026-10", "gmv=1000,900"}).status, 0);
    EXPECT_NE(in({"forecast", "show", "--tenant", "t", "--date", "2026-10-31"}).out.find("1000.00"), std::string::npos);
}

// Trap 9: the same file twice changes nothing.
TEST_F(Program, SameFileTwiceChangesNothing) {
    const std::string path = file("joins.csv", "joined_at,customer_id\n2026-10-01,a\n2026-10-02,b\n");
    ASSERT_EQ(in({"import", "--tenant", "t", path}).status, 0);
    const std::string before = figures();
    EXPECT_EQ(in({"import", "--tenant", "t", path}).status, 0);
    EXPECT_EQ(figures(), before);
    EXPECT_NE(in({"import", "list"}).out.find("无变化"), std::string::npos);
}

TEST_F(Program, UndoBringsBackWhatWasReplaced) {
    ASSERT_EQ(in({"import", "--tenant", "t", file("orders.csv", "order_id,paid_at,amount\no1,2026-10-01,10\n")}).status,
              0);
    const std::string before = figures();
    ASSERT_EQ(in({"import", "--tenant", "t", file("orders.csv", "order_id,paid_at,amount\no1,2026-10-05,20\n")}).status,
              0);
    EXPECT_NE(figures(), before);
    EXPECT_EQ(in({"import", "undo", "t:2"}).status, 0);
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(in({"import", "undo", "t:2"}).status, 2);
    EXPECT_EQ(in({"import", "undo", "t:9"}).status, 2);
}

// Trap 8: killed at any instant, an import is there whole or not at all.
TEST_F(Program, KilledImportIsThereWholeOrNotAtAll) {
    std::string rows = "at,customer_id,kind\n";
    for (int i = 0; i < 60'000; ++i)
        rows += "2026-10-" + std::to_string(10 + i % 20) + " 10:" + std::to_string(10 + i / 3000) + ":00,c" +
                std::to_string(i % 3000) + ",k" + std::to_string(i % 7) + "\n";
    const std::string path = file("interactions.csv", rows);
    ASSERT_EQ(in({"import", "--tenant", "t", file("joins.csv", "joined_at,customer_id\n2026-10-01,c1\n")}).status, 0);
    const std::string without = figures();
    int whole = 0, none = 0;
    for (int ms = 1; ms < 2000 && whole < 2; ms += 1 + ms / 3) {
        const pid_t child = start(inside({"import", "--tenant", "t", path}));
        std::this_thread::sleep_for(std::chrono::milliseconds(ms));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        const std::string list = in({"import", "list", "--json"}).out;
        if (list.find("interactions") == std::string::npos) {
            EXPECT_EQ(figures(), without) << ms;
            ++none;
        } else {
            EXPECT_NE(list.find("60000"), std::string::npos);
            ++whole;
        }
        ASSERT_EQ(in({"doctor"}).status, 0);
    }
    EXPECT_GT(none, 0);
    ASSERT_EQ(in({"import", "--tenant", "t", path}).status, 0);
    EXPECT_NE(figures(), without);
}

TEST_F(Program, BrokenPluginCostsOneBrandItsReportAndNoOther) {
    ASSERT_EQ(in({"tenant", "add", "broken", "--plugin", "nosuch"}).status, 0);
    const Ended ended = in({"report", "daily", "--date", "2026-10-05", "--out", (folder_ / "r").string()});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("broken"), std::string::npos);
    EXPECT_NE(ended.err.find("nosuch"), std::string::npos);
    EXPECT_TRUE(fs::exists(folder_ / "r" / "t" / "daily-2026-10-05-brand.zh.html"));
    EXPECT_FALSE(fs::exists(folder_ / "r" / "broken"));
}

TEST_F(Program, ReportIsTheSameToTheByteEachTime) {
    ASSERT_EQ(
        in({"import", "--tenant", "t", file("joins.csv", "joined_at,customer_id,channel\n2026-10-01,a,天猫\n")}).status,
        0);
    for (const char* out : {"r1", "r2"})
        ASSERT_EQ(in({"report", "monthly", "--date", "2026-10-31", "--out", (folder_ / out).string()}).status, 0);
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "r1")) {
        if (!entry.is_regular_file()) continue;
        EXPECT_EQ(slurp(entry.path()), slurp(folder_ / "r2" / fs::relative(entry.path(), folder_ / "r1")))
            << entry.path();
    }
}

TEST_F(Program, NamesWithMarkupAreShownAsText) {
    const std::string evil = "<script>alert(1)</script>";
    ASSERT_EQ(in({"tenant", "set", "t", "name=" + evil}).status, 0);
    ASSERT_EQ(in({"import", "--tenant", "t",
                  file("touches.csv", "date,channel,touches,cost\n2026-10-01,\"<b>'x\"\"&</b>\",5,1\n")})
                  .status,
              0);
    ASSERT_EQ(in({"report", "monthly", "--date", "2026-10-31", "--out", (folder_ / "r").string()}).status, 0);
    const std::string page = slurp(folder_ / "r" / "t" / "monthly-2026-10-31-brand.zh.html");
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<b>'x"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

TEST_F(Program, OneBrandsNameNeverStandsInAnothersReport) {
    ASSERT_EQ(in({"tenant", "add", "other", "--name", "秘密品牌"}).status, 0);
    ASSERT_EQ(in({"import", file("allocations.csv", "guide_id,tenant,share\ng1,t,0.5\ng1,other,0.5\n")}).status, 0);
    ASSERT_EQ(in({"import", file("guides.csv", "guide_id,name,type,monthly_cost\ng1,王芳,general,8765.43\n")}).status,
              0);
    ASSERT_EQ(
        in({"report", "monthly", "--date", "2026-10-31", "--tenant", "t", "--out", (folder_ / "r").string()}).status,
        0);
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "r")) {
        if (!entry.is_regular_file()) continue;
        const std::string page = slurp(entry.path());
        EXPECT_EQ(page.find("秘密品牌"), std::string::npos) << entry.path();
        EXPECT_EQ(page.find("other"), std::string::npos) << entry.path();
        EXPECT_EQ(page.find("4,382.7") != std::string::npos, entry.path().string().find("agency") != std::string::npos)
            << entry.path();
    }
}

TEST_F(Program, FullDiskIsSaidAndNothingChanges) {
    if (on_mysql()) GTEST_SKIP() << "the disk is the server's";
    const std::string before = figures();
    std::string rows = "at,customer_id,kind\n";
    for (int i = 0; i < 20'000; ++i) rows += "2026-10-10 10:00:00,customer" + std::to_string(i) + ",click\n";
    const std::string path = file("interactions.csv", rows);
    // A limit on the size of files stands in for a full disk: the store's write fails in the middle.
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        if (!freopen((folder_ / "err").c_str(), "w", stderr)) _exit(99);
        execlp("sh", "sh", "-c",
               ("ulimit -f 200; exec '" SIYU_PROGRAM "' -C '" + (folder_ / "w").string() + "' import --tenant t '" +
                path + "'")
                   .c_str(),
               nullptr);
        _exit(98);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 4) << slurp(folder_ / "err");
    EXPECT_GT(slurp(folder_ / "err").size(), 20U);
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(in({"doctor"}).status, 0);
}

TEST_F(Program, JsonForTheBrandTellsNoCostOfGuides) {
    const std::string out = (folder_ / "r").string();
    ASSERT_EQ(in({"report", "daily", "--date", "2026-10-05", "--format", "json", "--out", out}).status, 0);
    EXPECT_EQ(slurp(folder_ / "r/t/daily-2026-10-05-brand.zh.json").find("labour_leverage"), std::string::npos);
    EXPECT_NE(slurp(folder_ / "r/t/daily-2026-10-05-agency.zh.json").find("labour_leverage"), std::string::npos);
}

TEST_F(Program, NumbersBeyond64BitsStayExactInJson) {
    ASSERT_EQ(in({"import", "--tenant", "t", file("joins.csv", "joined_at,customer_id\n2026-10-05,c1\n")}).status, 0);
    ASSERT_EQ(in({"import", "--tenant", "t",
                  file("touches.csv",
                       "date,channel,touches,cost\n2026-10-05,a,9223372036854775807,1\n"
                       "2026-10-05,b,9223372036854775807,1\n")})
                  .status,
              0);
    const std::string text = in({"kpi", "--tenant", "t", "--period", "daily", "--date", "2026-10-05", "--json"}).out;
    EXPECT_NE(text.find("\"den\": 18446744073709551614"), std::string::npos);
    EXPECT_EQ(text.find("large number"), std::string::npos);
}

TEST_F(Program, ForecastSetTakesAllRowsOrNone) {
    const Ended ended = in({"forecast", "set", "--tenant", "t", "--month", "2026-10", "gmv=1000", "nosuch=5"});
    EXPECT_EQ(ended.status, 3);
    EXPECT_NE(ended.err.find("nosuch"), std::string::npos);
    EXPECT_EQ(in({"import", "list", "--json"}).out, "[]\n");
}

TEST_F(Program, StoreCutToNothingIsNoNewStore) {
    if (on_mysql()) {
        const std::string name = store_.url().substr(store_.url().rfind('/') + 1);
        server_connection()->execute("DROP DATABASE " + name);
        server_connection()->execute("CREATE DATABASE " + name);
    } else {
        std::ofstream(folder_ / "w/siyu.db", std::ios::trunc).close();
    }
    EXPECT_EQ(in({"tenant", "list"}).status, 4);
    EXPECT_EQ(in({"tenant", "list"}).status, 4);
    EXPECT_EQ(in({"doctor"}).status, 1);
}

TEST_F(Program, HelpSpeaksBothLanguages) {
    EXPECT_NE(run({"--help"}).out.find("子命令"), std::string::npos);
    EXPECT_NE(run({"--lang", "en", "--help"}).out.find("Commands"), std::string::npos);
    EXPECT_NE(run({"report", "--help"}).out.find("品牌方"), std::string::npos);
}

}  // namespace
}  // namespace siyu
