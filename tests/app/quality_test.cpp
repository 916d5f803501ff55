// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.hpp"

namespace siyu {
namespace {

TEST_F(Program, QualityNamesFileRowAndCommandAndHasAStatusOfItsOwn) {
    const Ended nothing = in({"quality", "--tenant", "t", "--date", "2024-06-03"});
    EXPECT_EQ(nothing.status, 0) << nothing.err;
    in({"import", "--tenant", "t",
        file("orders.csv", "order_id,paid_at,amount\no1,2024-06-03 09:00,10\no2,2024-06-03,1.234\n")});
    const Ended ended = in({"quality", "--tenant", "t", "--date", "2024-06-03"});
    EXPECT_EQ(ended.status, 1);
    for (const char* words : {"orders.csv（t:1）第 3 行", "amount", "siyu import rejects t:1"})
        EXPECT_NE(ended.out.find(words), std::string::npos) << words << "\n" << ended.out;
    EXPECT_EQ(in({"quality", "--tenant", "t", "--date", "2024-06-04"}).status, 0);
    EXPECT_EQ(in({"quality", "--tenant", "t", "--date", "2024-06-04", "--days", "2"}).status, 1);
    const Ended page =
        in({"quality", "--tenant", "t", "--date", "2024-06-03", "--html", (folder_ / "page.html").string()});
    EXPECT_EQ(page.status, 1);
    EXPECT_NE(slurp(folder_ / "page.html").find("siyu import rejects t:1"), std::string::npos);
    EXPECT_NE(in({"quality", "--tenant", "t", "--json"}).out.find("\"data_quality\""), std::string::npos);
}

TEST_F(Program, AnImportThatTakesOrdersAwayFromTheirDaysIsToBeLookedAt) {
    const auto orders = [&](const std::string& name, const std::string& month) {
        std::string rows = "order_id,paid_at,amount\n";
        for (int i = 1; i <= 9; ++i) rows += std::to_string(i) + ",2024-" + month + "-0" + std::to_string(i) + ",10\n";
        return file(name, rows);
    };
    ASSERT_EQ(in({"import", "--tenant", "t", orders("五月.csv", "05")}).status, 0);
    const Ended ended = in({"import", "--tenant", "t", orders("六月.csv", "06")});
    EXPECT_EQ(ended.status, 1);
    for (const char* words : {"六月.csv", "9 单", "订单 1：2024-05-01 → 2024-06-01", "siyu import undo t:2"})
        EXPECT_NE(ended.err.find(words), std::string::npos) << words << "\n" << ended.err;
    const Ended look = in({"quality", "--tenant", "t", "--date", "2024-05-03"});
    EXPECT_EQ(look.status, 1);
    EXPECT_NE(look.out.find("六月.csv（t:2）编号 1"), std::string::npos) << look.out;
    in({"import", "undo", "t:2"});
    EXPECT_EQ(in({"quality", "--tenant", "t", "--date", "2024-05-03"}).status, 0);
}

TEST_F(Program, QualityAskedWronglyIsWrongUse) {
    EXPECT_EQ(in({"quality"}).status, 2);
    EXPECT_EQ(in({"quality", "--tenant", "nobody"}).status, 2);
    EXPECT_EQ(in({"quality", "--tenant", "t", "--days", "0"}).status, 2);
    EXPECT_EQ(in({"quality", "--tenant", "t", "--date", "2999-01-01"}).status, 2);
}

}  // namespace
}  // namespace siyu
