// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/intake/workbook.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// A PM has `siyu profile new` draft a profile from a sample.
class ProfileDrafts : public Program {
  protected:
    std::string draft(const std::string& name) { return slurp(folder_ / "w" / "profiles" / (name + ".toml")); }
};

TEST_F(ProfileDrafts, ADraftedProfileReadsTheSampleOnceItIsFilledIn) {
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
    const Ended unfilled = in({"import", "--tenant", "t", "--profile", "store", sample});
    EXPECT_EQ(unfilled.status, 3);
    EXPECT_THAT(unfilled.err, HasSubstr(path.string() + " 还没有写完：columns.order_id "));
    EXPECT_THAT(unfilled.err, Not(HasSubstr("缺少")));
    text.insert(text.find("columns.order_id = \"") + std::string("columns.order_id = \"").size(), "门店流水");
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

TEST_F(ProfileDrafts, ADraftTellsGrossFromNetByWhatTheRowsSay) {
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

TEST_F(ProfileDrafts, ADraftDoesNotGuessWhichOfDayAndMonthComesFirst) {
    const std::string sample = file("x.csv", "order_id,paid_at,amount\no1,3/4/2026,1\no2,5/6/2026,2\n");
    ASSERT_EQ(in({"profile", "new", sample, "--name", "us"}).status, 0);
    const std::string text = slurp(folder_ / "w" / "profiles" / "us.toml");
    EXPECT_THAT(text, HasSubstr("# dates = [\"%m/%d/%Y\", \"%d/%m/%Y\"]"));
    EXPECT_THAT(text, HasSubstr("fact = \"orders\""));
}

TEST_F(ProfileDrafts, ADraftFindsTheHeaderWhereAnImportDoes) {
    const auto cell = [](const std::string& place, const std::string& text) {
        return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    // The same form twice: 投放数据 stands over three columns, once with 日期 and 账户 merged with what is below them.
    const std::string rows = "<row r=\"1\">" + cell("A1", "日期") + cell("B1", "账户") + cell("C1", "投放数据") +
                             "</row><row r=\"2\">" + cell("C2", "花费") + cell("D2", "曝光") + cell("E2", "点击") +
                             "</row><row r=\"3\">" + cell("A3", "2026-10-03") + cell("B3", "甲店") +
                             "<c r=\"C3\"><v>12.5</v></c><c r=\"D3\"><v>900</v></c><c r=\"E3\"><v>7</v></c></row>";
    for (const char* merged : {"<mergeCell ref=\"C1:E1\"/>",
                               "<mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:E1\"/>"}) {
        Workbook book{rows, "", false, false, ""};
        book.behind = "<mergeCells>" + std::string(merged) + "</mergeCells>";
        const std::string sample = file("小红书投放.xlsx", book.bytes());
        const Ended made = in({"profile", "new", sample, "--name", "red"});
        ASSERT_EQ(made.status, 0) << made.err;
        std::string text = draft("red");
        EXPECT_THAT(text, HasSubstr("header = [\"日期\", \"账户\", \"花费\", \"曝光\", \"点击\"]"));
        EXPECT_THAT(text, HasSubstr("#   花费  金额"));
        // The channel is in no column.
        const std::size_t channel = text.find("columns.channel = \"\"");
        ASSERT_NE(channel, std::string::npos);
        EXPECT_THAT(text.substr(channel), HasSubstr("constants.channel = \"…\""));
        text.replace(channel, std::string("columns.channel = \"\"").size(), "constants.channel = \"小红书\"");
        std::ofstream(folder_ / "w" / "profiles" / "red.toml", std::ios::binary) << text;
        const Ended taken = in({"import", "--tenant", "t", "--dry-run", "--profile", "red", sample});
        EXPECT_EQ(taken.status, 0) << taken.err;
        EXPECT_THAT(taken.out, HasSubstr("触达：1 行"));
        fs::remove(folder_ / "w" / "profiles" / "red.toml");
    }
}

TEST_F(ProfileDrafts, ADraftOfWhatItDoesNotKnowIsNotWritten) {
    const std::string friends = file("客户.csv", "昵称,添加时间,备注\n甲,2026-10-03 10:00,\n乙,2026-10-04 10:00,\n");
    const Ended refused = in({"profile", "new", friends, "--name", "friends"});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("最像的是：加粉"));
    EXPECT_THAT(refused.err, HasSubstr("--as 加粉"));
    EXPECT_THAT(refused.err, HasSubstr("群聊统计"));
    EXPECT_FALSE(fs::exists(folder_ / "w" / "profiles" / "friends.toml"));
    const Ended unlike = in({"profile", "new", file("x.csv", "甲,乙\na,b\n"), "--name", "x"});
    EXPECT_EQ(unlike.status, 3);
    EXPECT_THAT(unlike.err, Not(HasSubstr("最像")));
    EXPECT_EQ(in({"profile", "new", friends, "--name", "friends", "--as", "加粉"}).status, 0);
    EXPECT_THAT(draft("friends"), HasSubstr("columns.joined_at = \"添加时间\""));
}

TEST_F(ProfileDrafts, ADraftKnowsUsualNamesAndLooksAtNoSummary) {
    const std::string ads = file("投放.csv", "日期,账户,消耗,展现量,点击量\n2026-10-03,甲,12.5,900,7\n");
    const Ended made = in({"profile", "new", ads, "--name", "ads"});
    EXPECT_THAT(made.err, HasSubstr("按“触达”拟的"));
    EXPECT_THAT(made.err, HasSubstr("--as"));
    for (const char* line : {"columns.touches = \"展现量\"", "columns.cost = \"消耗\""})
        EXPECT_THAT(draft("ads"), HasSubstr(line));
    const std::string shop =
        file("收银.csv",
             "单号,付款时间,实收金额(元),退款额（元）,导购,金额（万元）\n"
             "A1,2026-10-03,20.00,,g1,0.002\nA2,2026-10-04,30.00,5.00,g1,0.003\n合计,—,50.00,5,,\n");
    ASSERT_EQ(in({"profile", "new", shop, "--name", "shop"}).status, 0);
    for (const char* line : {"columns.order_id = \"单号\"", "columns.amount = \"实收金额(元)\"",
                             "columns.refunded = \"退款额（元）\"", "columns.guide_id = \"导购\""})
        EXPECT_THAT(draft("shop"), HasSubstr(line));
    const std::string sums = file("合计.csv", "单号,付款时间,金额\nA1,2026-10-03,20.00\n总计：,1 单,20.00\n");
    ASSERT_EQ(in({"profile", "new", sums, "--name", "sums"}).status, 0);
    EXPECT_THAT(draft("sums"), HasSubstr("#   付款时间  日期或时间"));
}

}  // namespace
}  // namespace siyu
