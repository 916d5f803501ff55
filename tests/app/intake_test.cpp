// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <pty.h>
#include <sys/file.h>

#include <nlohmann/json.hpp>

#include "tests/intake/workbook.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What PMs do with files that come in the morning.
class Files : public Program {
  protected:
    std::string batches() { return in({"import", "list", "--json"}).out; }

    // Runs on a terminal of its own, and types `answer` once it is asked.
    std::string on_a_terminal(const std::vector<std::string>& words, const std::string& answer) {
        int terminal = -1;
        const std::vector<std::string> all = inside(words);
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            std::vector<char*> arguments{const_cast<char*>("siyu")};
            for (const std::string& word : all) arguments.push_back(const_cast<char*>(word.c_str()));
            arguments.push_back(nullptr);
            ::setenv("LC_ALL", "zh_CN.UTF-8", 1);
            ::execv(SIYU_PROGRAM, arguments.data());
            ::_exit(98);
        }
        std::string said;
        char piece[4096];
        bool answered = false;
        for (ssize_t got = 0; (got = ::read(terminal, piece, sizeof piece)) > 0;) {
            said.append(piece, static_cast<std::size_t>(got));
            if (!answered && said.find("请输入编号或名称") != std::string::npos) {
                answered = true;
                EXPECT_EQ(::write(terminal, answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
            }
        }
        ::close(terminal);
        int status = 0;
        ::waitpid(child, &status, 0);
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return said;
    }

    // As if nobody had written into it for a while.
    static void age(const fs::path& file) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes(1));
    }
    fs::path inbox(const std::string& inside = "") { return folder_ / "w" / "inbox" / inside; }
    void drop(const std::string& owner, const std::string& name, const std::string& text) {
        fs::create_directories(inbox(owner));
        std::ofstream(inbox(owner) / name, std::ios::binary) << text;
        age(inbox(owner) / name);
    }
    // The files below a folder of the inbox, without the days.
    std::vector<std::string> lie_in(const std::string& owner, const std::string& where) {
        std::vector<std::string> names;
        if (fs::exists(inbox(owner) / where))
            for (const auto& entry : fs::recursive_directory_iterator(inbox(owner) / where))
                if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

    int status_ = 0;
};

const std::string orders = "订单号,付款时间,金额,退款金额\no1,2026-10-01 10:00,10.50,\no2,2026-10-03,20,1.25\n";

TEST_F(Files, ADryRunShowsWhatWouldBeTakenAndTakesNothing) {
    const std::string first = file("orders.csv", orders);
    ASSERT_EQ(in({"import", "--tenant", "t", first}).status, 0);
    const std::string before = figures(), list = batches();
    const std::string next = file("later-orders.csv",
                                  "订单号,付款时间,金额,退款金额,备注\n合计,,,,\no2,2026-10-03,20,20\n"
                                  "o3,2026-10-04,1,\no4,bad,1,\n");
    const Ended seen = in({"import", "--tenant", "t", "--dry-run", next});
    EXPECT_EQ(seen.status, 1);
    EXPECT_THAT(seen.out,
                HasSubstr("later-orders.csv → t 的 订单：2 行，其中新增 1，更新 1，2026-10-03 至 2026-10-04"));
    EXPECT_THAT(seen.out, HasSubstr("合计：金额 21.00，退款金额 20.00"));
    EXPECT_THAT(seen.out, HasSubstr("2026-10-04 00:00:00"));
    EXPECT_THAT(seen.out, HasSubstr("没有用到的列：备注"));
    EXPECT_THAT(seen.out, HasSubstr("第 5 行 付款时间“bad”"));
    EXPECT_THAT(seen.out, HasSubstr("有 1 行汇总行没有计入"));
    EXPECT_THAT(seen.out, HasSubstr("数据没有改动"));
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(batches(), list);
    // What it said is what then happens.
    const Ended taken = in({"import", "--tenant", "t", next});
    EXPECT_THAT(taken.err, HasSubstr("订单：2 行，新增 1，更新 1，2026-10-03 至 2026-10-04"));
}

TEST_F(Files, ADryRunForProgramsGivesSumsInFen) {
    const auto seen =
        nlohmann::json::parse(in({"import", "--tenant", "t", "--dry-run", "--json", file("orders.csv", orders)}).out);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_TRUE(seen[0]["dry_run"]);
    EXPECT_FALSE(seen[0].contains("batch"));
    const auto& fact = seen[0]["facts"][0];
    EXPECT_EQ(fact["sums"], (nlohmann::json{{"amount", 3050}, {"refunded", 125}}));
    EXPECT_EQ(fact["covers"]["last"], "2026-10-03");
    EXPECT_EQ(fact["first_rows"][0],
              (nlohmann::json{{"order_id", "o1"}, {"paid_at", "2026-10-01 10:00:00"}, {"amount", "10.50"}}));
}

TEST_F(Files, ADryRunSaysWhyAFileWouldBeRefused) {
    const Ended seen = in({"import", "--tenant", "t", "--dry-run", file("orders.csv", "订单号,金额\no1,1\n")});
    EXPECT_EQ(seen.status, 3);
    EXPECT_THAT(seen.err, HasSubstr("paid_at/付款时间"));
    EXPECT_EQ(seen.out, "");
}

TEST_F(Files, AnArchiveIsTakenWholeOrNotAtAll) {
    Zip good;
    good.add("十月/订单.csv", orders);
    good.add("十月/说明.csv", "说明,联系人\n十月数据,某人\n");
    good.add("十月/joins.csv", "joined_at,customer_id\n2026-10-02,c1\n");
    const Ended taken = in({"import", "--tenant", "t", file("十月.zip", good.bytes())});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("十月.zip › 十月/订单.csv → 订单：2 行"));
    EXPECT_THAT(taken.err, HasSubstr("十月.zip › 十月/joins.csv → 加粉：1 行"));
    EXPECT_THAT(taken.err, HasSubstr("没有读取 十月.zip › 十月/说明.csv"));
    const std::string before = batches();
    Zip bad;
    bad.add("orders.csv", "订单号,付款时间,金额\no9,2026-10-05,1\n");
    std::string joins = "joined_at,customer_id\n";
    for (int i = 0; i < 30; ++i) joins += "never,c" + std::to_string(i) + "\n";
    bad.add("joins.csv", joins);
    bad.add("leaves.csv", "left_at,customer_id\n2026-10-06,c1\n");
    const Ended refused = in({"import", "--tenant", "t", file("坏.zip", bad.bytes())});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("坏.zip › joins.csv 没有导入"));
    EXPECT_EQ(batches(), before);
    // With another file beside it: that one is taken, and of the archive nothing.
    const Ended both = in({"import", "--tenant", "t", (folder_ / "坏.zip").string(),
                           file("leaves.csv", "left_at,customer_id\n2026-10-07,c1\n")});
    EXPECT_EQ(both.status, 1);
    EXPECT_THAT(both.err, HasSubstr("坏.zip › orders.csv 没有导入：同一个文件里的 坏.zip › joins.csv 被拒绝"));
    EXPECT_THAT(both.err, HasSubstr("leaves.csv → 流失：1 行"));
    EXPECT_THAT(batches(), Not(HasSubstr("坏.zip")));
}

TEST_F(Files, AHeaderInTwoRowsBelowATitleIsFound) {
    const Ended taken =
        in({"import", "--tenant", "t",
            file("x.csv", "十月订单报表,,,\n订单号,时间,金额,\n,付款时间,金额,退款金额\no1,2026-10-01,3,1\n")});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("订单：1 行"));
}

TEST_F(Files, OnATerminalThePersonIsAskedWhatATableIs) {
    const std::string path = file("export.csv", "at,customer_id,guide_id,kind\n2026-10-20,c,g,moment\n");
    EXPECT_THAT(in({"import", "--tenant", "t", path}).err, HasSubstr("--as interactions"));
    const std::string said = on_a_terminal({"import", "--tenant", "t", path}, "2\n");
    EXPECT_EQ(status_, 0) << said;
    EXPECT_THAT(said, HasSubstr("同时符合几种数据"));
    EXPECT_THAT(said, HasSubstr("1  interactions  互动"));
    EXPECT_THAT(said, HasSubstr("下次可以直接写 --as guide_actions"));
    EXPECT_THAT(said, HasSubstr("export.csv → 导购动作：1 行"));
}

TEST_F(Files, ATableLikeNothingIsAskedForByNameToo) {
    const std::string path = file("x.csv", "谁,何时,评分\nc1,2026-10-20,4\n");
    const std::string left = on_a_terminal({"import", "--tenant", "t", path}, "\n");
    EXPECT_EQ(status_, 3);
    EXPECT_THAT(left, HasSubstr("看不出"));
    const std::string said = on_a_terminal({"import", "--tenant", "t", path}, "surveys\n");
    EXPECT_EQ(status_, 3) << "its columns are missing all the same";
    EXPECT_THAT(said, HasSubstr("缺少必需的列：at/时间"));
}

TEST_F(Files, ADraftedProfileReadsTheSampleOnceItIsFilledIn) {
    const std::string sample =
        file("门店.csv", "门店流水,成交时间,顾客,实收（元）\nA1,13/10/2026 10:00,c1,12.50\nA2,14/10/2026 11:00,c2,8\n");
    const Ended made = in({"profile", "new", sample, "--as", "orders", "--name", "store"});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.err, HasSubstr("还需要填写的列：order_id"));
    const fs::path path = folder_ / "w" / "profiles" / "store.toml";
    std::string text = slurp(path);
    EXPECT_THAT(text, HasSubstr("columns.paid_at = \"成交时间\""));
    EXPECT_THAT(text, HasSubstr("columns.amount = \"实收（元）\""));
    EXPECT_THAT(text, HasSubstr("dates = [\"%d/%m/%Y %H:%M\"]"));
    for (const char* value : {"A1", "c1", "12.50"}) EXPECT_THAT(text, Not(HasSubstr(value)));
    EXPECT_THAT(in({"import", "--tenant", "t", "--profile", "store", sample}).err, HasSubstr("请填写列名"));
    text.replace(text.find("请填写列名"), std::string("请填写列名").size(), "门店流水");
    std::ofstream(path, std::ios::binary) << text;
    // A draft stands in no other's way until it is finished.
    EXPECT_EQ(in({"import", "--tenant", "t", sample}).status, 3);
    EXPECT_EQ(in({"import", "--tenant", "t", "--dry-run", "--profile", "store", sample}).status, 0);
    text.erase(text.find("draft = true"), text.find('\n', text.find("draft = true")) - text.find("draft = true") + 1);
    std::ofstream(path, std::ios::binary) << text;
    const Ended taken = in({"import", "--tenant", "t", sample});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("订单：2 行，新增 2，更新 0，2026-10-13 至 2026-10-14"));
    // It is never written over.
    EXPECT_EQ(in({"profile", "new", sample, "--name", "store"}).status, 3);
    EXPECT_EQ(slurp(path), text);
}

TEST_F(Files, ADraftTellsGrossFromNetByWhatTheRowsSay) {
    const std::string sample = file("店.csv",
                                    "订单号,支付时间,实付金额,优惠金额,退款金额,订单总额\n"
                                    "A1,2026-10-13 10:00:00,12.50,0.00,-,12.50\n"
                                    "A2,2026-10-13 11:00:00,30,5,20.00,50\n"
                                    "A3,,-,-,-,9.00\n");
    const Ended made = in({"profile", "new", sample, "--name", "store"});
    ASSERT_EQ(made.status, 0) << made.err;
    const fs::path path = folder_ / "w" / "profiles" / "store.toml";
    std::string text = slurp(path);
    for (const char* line : {"columns.amount = \"订单总额\"", "columns.refunded = \"退款金额\"", "empty = [\"-\"]",
                             "when = [{ column = \"支付时间\", empty = false }]",
                             "check = [{ left = \"订单总额\", right = [\"实付金额\", \"+\", \"退款金额\"] }]",
                             "gross = \"订单总额\"", "refund_at = \"支付时间\"", "net = \"实付金额\""})
        EXPECT_THAT(text, HasSubstr(line));
    EXPECT_EQ(in({"import", "--tenant", "t", "--profile", "store", sample}).status, 0);
    // What does not balance in every paid row, or is no refund by its name, is not proposed.
    for (const char* rows :
         {"订单号,支付时间,实付金额,退款金额,订单总额\nA1,2026-10-13,30,20,50\nA2,2026-10-13,30,20,51\n",
          "订单号,支付时间,实付金额,优惠金额,订单总额\nA1,2026-10-13,30,20,50\n"}) {
        fs::remove(path);
        ASSERT_EQ(in({"profile", "new", file("x.csv", rows), "--name", "store", "--as", "orders"}).status, 0);
        EXPECT_THAT(slurp(path), Not(HasSubstr("[booking]")));
    }
}

TEST_F(Files, ADraftDoesNotGuessWhichOfDayAndMonthComesFirst) {
    const std::string sample = file("x.csv", "order_id,paid_at,amount\no1,3/4/2026,1\no2,5/6/2026,2\n");
    ASSERT_EQ(in({"profile", "new", sample, "--name", "us"}).status, 0);
    const std::string text = slurp(folder_ / "w" / "profiles" / "us.toml");
    EXPECT_THAT(text, HasSubstr("# dates = [\"%m/%d/%Y\", \"%d/%m/%Y\"]"));
    EXPECT_THAT(text, HasSubstr("fact = \"orders\""));
}

TEST_F(Files, TheInboxTakesWhatIsGoodAndSaysWhatIsNot) {
    drop("t", "订单.csv", orders);
    drop("t", "好坏.csv", "joined_at,customer_id\n2026-10-02,c1\nnever,c2\n");
    drop("t", "unknown.csv", "甲,乙\n1,2\n");
    drop("t", "旧.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    drop("t", "~$订单.xlsx", "x");
    drop("t", "half.csv.part", "订单号");
    drop("agency", "guides.csv", "guide_id,name,type,monthly_cost\ng1,某人,general,8000\n");
    drop("nobody", "订单.csv", orders);
    fs::create_symlink(folder_ / "w" / "siyu.toml", inbox("t") / "link.csv");
    const Ended ended = in({"inbox", "--once"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"好坏.csv", "订单.csv"}));
    EXPECT_THAT(lie_in("t", "rejected"),
                testing::UnorderedElementsAre("unknown.csv", "unknown.csv.txt", "好坏-1-待修改.txt", "旧.xls",
                                              "旧.xls.txt", "好坏-1-待修改.csv"));
    EXPECT_EQ(lie_in("agency", "done"), (std::vector<std::string>{"guides.csv"}));
    EXPECT_THAT(ended.err, HasSubstr("nobody 不是任何租户的文件夹"));
    for (const char* left : {"~$订单.xlsx", "half.csv.part", "link.csv"})
        EXPECT_TRUE(fs::exists(inbox("t") / left)) << left;
    EXPECT_TRUE(fs::exists(inbox("nobody") / "订单.csv"));
    const auto text_of = [&](const std::string& name) {
        for (const auto& entry : fs::recursive_directory_iterator(inbox("t") / "rejected"))
            if (entry.path().filename() == name) return slurp(entry.path());
        return std::string();
    };
    EXPECT_THAT(text_of("旧.xls.txt"), HasSubstr("另存为"));
    EXPECT_THAT(text_of("好坏-1-待修改.txt"), HasSubstr("第 3 行 joined_at“never”"));
    EXPECT_EQ(text_of("好坏-1-待修改.csv"), "joined_at,customer_id\nnever,c2\n");
    // The same name again has a name of its own, and what was taken before is no change.
    drop("t", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"好坏.csv", "订单 (2).csv", "订单.csv"}));
}

TEST_F(Files, AnExportThatIsOlderThanOneInTheStoreIsRefused) {
    const auto shop = [](const char* refund) {
        return std::string("订单编号,总金额,买家实际支付金额,订单付款时间,退款金额\n1,10.00,") +
               (refund[0] == '0' ? "10.00" : "4.00") + ",2026-10-03 10:00:00," + refund + "\n";
    };
    const auto take = [&](const std::string& name, const char* refund) {
        return in({"import", "--tenant", "t", file(name, shop(refund))});
    };
    EXPECT_EQ(take("1791430000_orders.csv", "0.00").status, 0);
    EXPECT_EQ(take("1791440000_orders.csv", "6.00").status, 0);
    const std::string before = figures();
    const Ended older = take("1791435000_orders.csv", "0.00");
    EXPECT_EQ(older.status, 3);
    EXPECT_THAT(older.err, HasSubstr("1791440000_orders.csv（t:2）"));
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(take("1791440000_orders.csv", "6.00").status, 0) << "the same one again";
    EXPECT_EQ(take("orders-from-elsewhere.csv", "6.00").status, 0);
    EXPECT_EQ(in({"import", "undo", "t:2"}).status + in({"import", "undo", "t:3"}).status, 0);
    EXPECT_EQ(take("1791435000_orders.csv", "0.00").status, 0);
}

TEST_F(Files, OfTwoExportsInOneGoTheLaterCountsWhereverItStands) {
    const std::string head = "订单编号,总金额,买家实际支付金额,订单付款时间,退款金额\n1,10.00,";
    const std::string old = head + "10.00,2026-10-03 10:00:00,0.00\n", late = head + "4.00,2026-10-03 10:00:00,6.00\n";
    const std::string second = file("Orders202610051530.csv", late), first = file("Orders202610041530.csv", old);
    EXPECT_EQ(in({"import", "--tenant", "t", second, first}).status, 0);
    const std::string right = figures();
    EXPECT_EQ(in({"import", "undo", "t:1"}).status + in({"import", "undo", "t:2"}).status, 0);
    EXPECT_NE(figures(), right);
    Zip zip;
    zip.add("Orders202610051530.csv", late);
    zip.add("Orders202610041530.csv", old);
    EXPECT_EQ(in({"import", "--tenant", "t", file("x.zip", zip.bytes())}).status, 0);
    const auto net = nlohmann::json::parse(figures())["kpis"]["net_gmv"]["value"];
    EXPECT_EQ(net["num"].get<int>() / net["den"].get<int>(), 400);
}

TEST_F(Files, OrdersAndTheirLinesInOneFileAreTakenOnce) {
    Zip zip;
    zip.add("订单.csv",
            "订单编号,总金额,买家实际支付金额,订单付款时间,退款金额\n1,110.00,110.00,2026-10-03 10:00:00,0\n");
    zip.add("明细.csv",
            "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,"
            "买家应付货款,"
            "买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间,商品id\n"
            "11,1,甲,60,1,,,,,交易成功,,,60.00,60.00,没有申请退款,0,2026-10-03 09:59:00,2026-10-03 10:00:00,5\n"
            "12,1,乙,40,1,,,,,交易成功,,,40.00,40.00,没有申请退款,0,2026-10-03 09:59:00,2026-10-03 10:00:00,6\n");
    const Ended taken = in({"import", "--tenant", "t", file("千牛.zip", zip.bytes())});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("没有读取 千牛.zip › 明细.csv：千牛.zip › 订单.csv 里已有同样的订单"));
    EXPECT_THAT(batches(), Not(HasSubstr("明细.csv")));
}

TEST_F(Files, AFileOfWhichOneTableIsRefusedAtItsHeaderIsNotTaken) {
    Zip zip;
    zip.add("orders.csv", orders);
    zip.add("问卷.csv", "序号,提交答卷时间,所用时间,来源,1、您满意吗\n1,2026/10/03 12:00:00,12秒,微信,5\n");
    const Ended refused = in({"import", "--tenant", "t", file("x.zip", zip.bytes())});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("--with survey="));
    EXPECT_THAT(refused.err, HasSubstr("问卷.csv"));
    EXPECT_EQ(batches(), "[]\n");
}

TEST_F(Files, WhatIsSaidOfOneFileIsNotTakenForAnother) {
    const auto answer = [&](const std::string& name) {
        return file(name, R"({"errcode":0,"errmsg":"ok","behavior_data":[{"stat_time":1790784000,"chat_cnt":1,)"
                          R"("message_cnt":2,"negative_feedback_cnt":0,"new_apply_cnt":0,"new_contact_cnt":1}]})");
    };
    const std::string one = answer("one.json"), two = answer("two.json");
    EXPECT_EQ(in({"import", "--tenant", "t", "--with", "guide_id=zhangsan", one}).status, 0);
    const Ended both = in({"import", "--tenant", "t", "--with", "guide_id=zhangsan", one, two});
    EXPECT_EQ(both.status, 1);
    EXPECT_THAT(both.err, HasSubstr("只能给一个文件"));
    EXPECT_EQ(in({"import", "--tenant", "t", "--with", "giude=x", one}).status, 2);
}

TEST_F(Files, ABrandsInboxBringsNothingOfTheAgencys) {
    drop("t", "guides.csv", "guide_id,name,type,monthly_cost\ng1,某人,general,1\n");
    drop("t", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 1);
    EXPECT_THAT(lie_in("t", "rejected"), testing::ElementsAre("guides.csv", "guides.csv.txt"));
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
    EXPECT_THAT(batches(), Not(HasSubstr("agency")));
}

TEST_F(Files, WhatIsWrongInOneInboxKeepsNoOtherOut) {
    ASSERT_EQ(in({"tenant", "add", "z", "--name", "另一品牌"}).status, 0);
    fs::create_directories(inbox());
    std::ofstream(inbox() / "t") << "a file";
    drop("z", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 1);
    EXPECT_EQ(lie_in("z", "done"), (std::vector<std::string>{"订单.csv"}));
}

TEST_F(Files, AFileWhoseTakerDiedIsTakenAgain) {
    drop("t/taking", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
}

TEST_F(Files, AnInboxIsWatchedByOneProcessAtATime) {
    drop("t", "订单.csv", orders);
    const int lock = ::open((inbox() / ".lock").c_str(), O_RDWR | O_CREAT, 0600);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_THAT(lie_in("t", "done"), IsEmpty());
    ::close(lock);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
}

}  // namespace
}  // namespace siyu
