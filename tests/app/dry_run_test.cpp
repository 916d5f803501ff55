// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/app/book.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DryRun : public Program {
  protected:
    // Of each table: what it would bring, or brought.
    static std::vector<std::string> brought(const Ended& ended) {
        std::vector<std::string> found;
        for (const json& table : json::parse(ended.out))
            for (const json& fact : table["facts"])
                found.push_back(table["file"].get<std::string>() + " +" + fact["added"].dump() + " ~" +
                                fact["replaced"].dump());
        return found;
    }
    // What is seen is what then happens, and nothing happens before.
    std::vector<std::string> seen_and_taken(const std::vector<std::string>& files) {
        const std::string before = figures();
        std::vector<std::string> words{"import", "--tenant", "t", "--json"};
        words.insert(words.end(), files.begin(), files.end());
        const Ended taken_later = [&] {
            auto look = words;
            look.push_back("--dry-run");
            return in(look);
        }();
        EXPECT_EQ(figures(), before);
        EXPECT_EQ(in({"import", "list", "--json"}).out, "[]\n");
        const Ended taken = in(words);
        EXPECT_EQ(brought(taken_later), brought(taken));
        return brought(taken_later);
    }
};

const std::string head = "order_id,paid_at,amount\n";

TEST_F(DryRun, OfSeveralSheetsTellsWhatTheImportBrings) {
    const std::vector<std::string> columns{"order_id", "paid_at", "amount"};
    const Book book{{{"Sheet1", {columns, {"E1", "2026-10-01", "100"}, {"E2", "2026-10-01", "200"}}},
                     {"Sheet2", {columns, {"E1", "2026-10-01", "1"}, {"E2", "2026-10-01", "2"}}}}};
    EXPECT_THAT(seen_and_taken({file("x.xlsx", book.bytes())}),
                testing::ElementsAre("x.xlsx › Sheet1 +2 ~0", "x.xlsx › Sheet2 +0 ~2"));
}

TEST_F(DryRun, OfSeveralFilesIsNotMisledByOneThatIsRefused) {
    std::string bad = head + "o1,2026-10-01,7\no8,2026-10-01,7\n";
    for (int i = 0; i < 30; ++i) bad += "b" + std::to_string(i) + ",never,1\n";
    EXPECT_THAT(seen_and_taken({file("1-orders.csv", head + "o1,2026-10-01,10\n"), file("2-orders.csv", bad),
                                file("3-orders.csv", head + "o1,2026-10-01,11\no8,2026-10-01,8\n")}),
                testing::ElementsAre("1-orders.csv +1 ~0", "3-orders.csv +1 ~1"));
}

TEST_F(DryRun, OfFilesThatAreNotTakenInOneGoSeesThemTogether) {
    std::string large = "order_id,paid_at,amount,category\n";
    for (int i = 0; i < 2200; ++i)
        large += "o" + std::to_string(i) + ",2026-10-01,10," + std::string(4000, 'x') + "\n";  // more than 8 MiB
    EXPECT_THAT(seen_and_taken({file("1-orders.csv", large), file("2-orders.csv", head + "o1,2026-10-01,11\n")}),
                testing::ElementsAre("1-orders.csv +2200 ~0", "2-orders.csv +0 ~1"));
}

TEST_F(DryRun, ShowsNoRowsThatWillBeSetAside) {
    const std::string roster =
        file("x.csv",
             "工号,姓名,类型,月成本,品牌,占比,开始日期\n"
             "g1,某人,通用,8000,某品牌,0.5,2026-10-01\ng2,某人,通用,8000,没有的品牌,1,2026-10-01\n");
    const Ended seen = in({"import", "--dry-run", "--json", roster});
    EXPECT_EQ(seen.status, 1) << seen.err;
    const json facts = json::parse(seen.out)[0]["facts"];
    ASSERT_EQ(facts[1]["fact"], "allocations");
    ASSERT_EQ(facts[1]["first_rows"].size(), 1U) << seen.out;
    EXPECT_EQ(facts[1]["first_rows"][0]["tenant"], "t") << "the brand's id, not its name";
}

TEST_F(DryRun, AddsNoLevelsUp) {
    const Ended seen =
        in({"import", "--tenant", "t", "--dry-run",
            file("group_days.csv", "date,group_id,members,new_members\n2026-10-01,g,12,1\n2026-10-02,g,12,2\n")});
    EXPECT_THAT(seen.out, AllOf(HasSubstr("合计：新增成员数 3"), Not(HasSubstr("群成员数 24"))));
}

// Long before any clock, and long after it.
TEST_F(DryRun, AMistypedDateCoversNothing) {
    ASSERT_EQ(in({"tenant", "add", "r", "--set", "required=orders"}).status, 0);
    const auto gmv = [&](const char* day) {
        const auto said = json::parse(in({"kpi", "--tenant", "r", "--date", day, "--json"}).out);
        return said["kpis"]["gmv"]["value"];
    };
    const std::string orders = file("orders.csv", head + "a,2024-06-10,1\nb,2024-06-15,1\nc,2190-06-20,1\n");
    EXPECT_THAT(in({"import", "--tenant", "r", orders}).err, HasSubstr("2190-06-20"));
    const json there = gmv("2024-06-15"), not_there = gmv("2024-06-16");
    EXPECT_EQ(there["num"], 100) << there;
    EXPECT_TRUE(not_there.is_null()) << not_there << ": not ready";
    EXPECT_EQ(gmv("2024-06-20"), not_there);
    // Who says which days the file covers is believed.
    in({"import", "--tenant", "r", "--covers", "2024-06-10..2190-06-30", orders});
    const json said = gmv("2024-06-20");
    EXPECT_EQ(said["num"], 0) << said;
}

}  // namespace
}  // namespace siyu
