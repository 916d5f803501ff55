// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <pty.h>

#include <nlohmann/json.hpp>

#include "tests/intake/workbook.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
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

}  // namespace
}  // namespace siyu
