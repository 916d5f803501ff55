// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/program.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

class LeftOut : public Program {};

TEST_F(LeftOut, OnlyOfOrdersIsItSaidThatTheyMayNotBePaid) {
    const Ended posts = in({"import", "--tenant", "t",
                            file("发布.csv",
                                 "KOC昵称,平台,发布时间,笔记链接\n甲,小红书,2026-10-03,http://x.example/1\n"
                                 "乙,小红书,,http://x.example/2\n")});
    EXPECT_EQ(posts.status, 0) << posts.err;
    EXPECT_THAT(posts.err, HasSubstr("有 1 行不属于要取的数据，没有计入"));
    EXPECT_THAT(posts.err, Not(HasSubstr("未付款")));
    const Ended orders = in({"import", "--tenant", "t",
                             file("店.csv",
                                  "订单编号,总金额,买家实际支付金额,订单付款时间,退款金额\n"
                                  "1,10.00,10.00,2026-10-03 10:00:00,0.00\n2,10.00,0.00,,0.00\n")});
    EXPECT_THAT(orders.err, HasSubstr("有 1 行不属于要取的数据（例如未付款），没有计入"));
}

}  // namespace
}  // namespace siyu
