// SPDX-License-Identifier: Apache-2.0
// siyu store copy: from a file to a server and back, without loss.
#include <csignal>
#include <thread>

#include "tests/mysql/server_fixture.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

class Copy : public Program {
  protected:
    void fill() {
        std::string joins = "joined_at,customer_id,channel,guide_id\n",
                    orders = "order_id,paid_at,amount,customer_id\n", interactions = "at,customer_id,kind\n";
        for (int i = 0; i < 3000; ++i) {
            const std::string day = "2026-10-" + std::to_string(10 + i % 20), who = "客户😀" + std::to_string(i);
            joins += day + " 09:00:00," + who + ",门店,g" + std::to_string(i % 7) + "\n";
            if (i % 3 == 0)
                orders += "o'\\" + std::to_string(i) + "," + day + "," + std::to_string(i) + ".01," + who + "\n";
            interactions += day + " 10:00:00," + who + ",click\n";
        }
        ASSERT_EQ(in({"import", "--tenant", "t", file("joins.csv", joins)}).status, 0);
        ASSERT_EQ(in({"import", "--tenant", "t", file("orders.csv", orders + "bad,row,x,y\n")}).status, 1);
        ASSERT_EQ(in({"import", "--tenant", "t", file("interactions.csv", interactions)}).status, 0);
        ASSERT_EQ(in({"import", "undo", "t:3"}).status, 0);
        ASSERT_EQ(in({"import", file("guides.csv",
                                     "guide_id,name,type,monthly_cost\ng1,小林,general,8000\ng2,小周,brand,9000.5\n")})
                      .status,
                  0);
        ASSERT_EQ(in({"tenant", "add", "other", "--name", "另一品牌 😀", "--set", "floor=0.85"}).status, 0);
        ASSERT_EQ(in({"import", "--tenant", "other", file("joins.csv", joins)}).status, 0);
    }
    // All that one can ask of the workspace.
    std::string everything() {
        std::string all = figures();
        for (const char* tenant : {"t", "other"}) {
            all += in({"kpi", "--tenant", tenant, "--period", "daily", "--date", "2026-10-15", "--json"}).out;
            all += in({"tenant", "show", tenant, "--json"}).out;
        }
        return all + in({"import", "list", "--json"}).out + in({"import", "rejects", "t:2"}).out +
               in({"staffing", "--date", "2026-10-15", "--json"}).out;
    }
    std::string store() { return slurp(folder_ / "w/siyu.toml"); }
};

TEST_F(Copy, FromServerToFileAndBackChangesNoByte) {
    fill();
    const std::string before = everything();
    std::ofstream(folder_ / "w/siyu.toml", std::ios::app) << "# mine\n[worker]\nseconds = 50\n";
    const Ended out = in({"store", "copy", store_.url(), "sqlite:new.db", "--switch"});
    ASSERT_EQ(out.status, 0) << out.err;
    EXPECT_NE(store().find("sqlite:new.db"), std::string::npos);
    EXPECT_NE(store().find("# mine\n[worker]\nseconds = 50\n"), std::string::npos);
    EXPECT_EQ(everything(), before);
    const FreshStore second;
    ASSERT_EQ(in({"store", "copy", "sqlite:new.db", second.url(), "--switch"}).status, 0);
    std::filesystem::remove(folder_ / "w/new.db");
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(in({"doctor"}).status, 0);
    // And it goes on there: numbers are given out where they ended.
    EXPECT_EQ(in({"import", "--tenant", "t", file("joins.csv", "joined_at,customer_id\n2026-10-30,客户😀1\n")}).status,
              0);
    EXPECT_NE(in({"import", "list", "--json"}).out.find("\"t:4\""), std::string::npos);
}

TEST_F(Copy, OnlyAnEmptyStoreIsCopiedInto) {
    const FreshStore second;
    EXPECT_EQ(in({"store", "copy", store_.url(), store_.url()}).status, 2);
    EXPECT_EQ(in({"store", "copy", store_.url(), second.url()}).status, 0);
    const Ended again = in({"store", "copy", store_.url(), second.url()});
    EXPECT_EQ(again.status, 3);
    EXPECT_NE(again.err.find("tenant"), std::string::npos) << again.err;
    EXPECT_NE(store().find(store_.url()), std::string::npos);  // without --switch nothing is switched
    EXPECT_EQ(in({"store", "copy", "sqlite:not there.db", "sqlite:b.db"}).status, 4);
    const Ended password = in({"store", "copy", store_.url(), "mysql://root:s3cret@127.0.0.1/x"});
    EXPECT_EQ(password.status, 2);
    EXPECT_EQ(password.err.find("s3cret"), std::string::npos);
}

TEST_F(Copy, KilledInTheMiddleIsSaidAndCanBeRepeated) {
    fill();
    const std::string before = everything();
    const FreshStore second;
    int half = 0;
    for (int ms = 20; ms < 4000; ms += ms / 3) {
        const pid_t child = start(inside({"store", "copy", store_.url(), second.url()}));
        std::this_thread::sleep_for(std::chrono::milliseconds(ms));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        if (status == 0) break;
        const std::string id = id_of([&] { open_database(second.url(), {}, OpenFor::use); });
        EXPECT_TRUE(id == "store.half_copied" || id == "store.empty" || id.empty()) << id;
        half += id == "store.half_copied" ? 1 : 0;
    }
    EXPECT_GT(half, 0);
    const FreshStore third;
    ASSERT_EQ(in({"store", "copy", store_.url(), third.url(), "--switch"}).status, 0);
    EXPECT_EQ(everything(), before);
    if (id_of([&] { open_database(second.url(), {}, OpenFor::use); }) == "store.half_copied") {
        ASSERT_EQ(in({"store", "copy", third.url(), second.url(), "--switch"}).status, 0);
    }
    EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace siyu
