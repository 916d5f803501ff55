// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/app/book.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

const Book::Sheet orders{"订单", {{"订单号", "付款时间", "金额"}, {"o1", "2026-10-01", "10"}}};
const Book::Sheet joins{"加粉", {{"加粉时间", "客户ID"}, {"2026-10-02", "c1"}}};

class Sheets : public Program {
  protected:
    Ended take(const std::string& name, const std::vector<Book::Sheet>& sheets) {
        return in({"import", "--tenant", "t", file(name, Book{sheets}.bytes())});
    }
};

TEST_F(Sheets, OneKnownByItsNameThatLacksAColumnIsToldWithIt) {
    const Ended taken =
        take("x.xlsx", {orders, joins, {"流失", {{"日期", "客户ID"}, {"2026-10-03", "c1"}}}, {"说明", {{"甲"}}}});
    EXPECT_EQ(taken.status, 1) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("没有读取 x.xlsx › 流失：看起来是 leaves/流失，但缺少列 left_at/流失时间"));
    EXPECT_THAT(taken.err, HasSubstr("没有读取 x.xlsx › 说明：看不出是什么数据"));
    EXPECT_THAT(taken.err, HasSubstr("x.xlsx › 加粉 → 加粉：1 行"));
    const Ended like = take("y.xlsx", {orders, {"流失", {{"流失时间点", "客户ID"}, {"2026-10-03", "c1"}}}});
    EXPECT_EQ(like.status, 1) << like.err;
    EXPECT_THAT(like.err, HasSubstr("流失时间点 → left_at/流失时间"));
}

TEST_F(Sheets, OneThatBearsTheNameOfAFactMayBeItsSummary) {
    const Ended taken = take("x.xlsx", {orders, {"流失", {{"渠道", "流失合计"}, {"天猫", "3"}}}});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("没有读取 x.xlsx › 流失：看不出是什么数据"));
}

TEST_F(Sheets, OneThatOnlyTheFileGivesANameMayBeACover) {
    const Ended taken = take("订单.xlsx", {orders, {"说明", {{"联系人", "电话"}, {"某人", "1"}}}});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("没有读取 订单.xlsx › 说明：看不出是什么数据"));
}

TEST_F(Sheets, HiddenOnesAreNamed) {
    Book::Sheet hidden = joins, very = joins, empty{"空", {}, "hidden"};
    hidden.state = "hidden";
    very.name = "更深", very.state = "veryHidden";
    const Ended taken = take("x.xlsx", {hidden, orders, empty, very});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("订单：1 行"));
    EXPECT_THAT(taken.err, HasSubstr("没有读取 x.xlsx › 加粉：这张表是隐藏的"));
    EXPECT_THAT(taken.err, HasSubstr("没有读取 x.xlsx › 更深：这张表是隐藏的"));
    EXPECT_THAT(taken.err, Not(HasSubstr("空")));
    Zip zip;
    zip.add("十月/x.xlsx", Book{{orders, hidden}}.bytes());
    EXPECT_THAT(in({"import", "--tenant", "t", file("x.zip", zip.bytes())}).err,
                HasSubstr("没有读取 x.zip › 十月/x.xlsx › 加粉：这张表是隐藏的"));
}

}  // namespace
}  // namespace siyu
