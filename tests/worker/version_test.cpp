// SPDX-License-Identifier: Apache-2.0
// What a figure means does not change behind the brand's back; a pinned plugin is that plugin.
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;

class Versions : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        install("first");
        in({"tenant", "set", "t", "plugin=shop"});
        const auto orders =
            file("orders.csv",
                 "order_id,paid_at,amount,path\no1,2026-10-05,5,self\no2,2026-10-05,7,guide\n"
                 "o3,2026-10-06,5,self\no4,2026-10-06,5,live\no5,2026-10-06,9,live\no6,2026-10-07,1,self\n");
        ASSERT_EQ(in({"import", "--tenant", "t", orders}).status, 0);
    }
    void install(const std::string& build, const std::string& name = "shop.so") {
        const auto to = folder_ / "w" / "plugins" / name;
        fs::remove(to);
        fs::copy_file(fs::path(VERSIONS) / build / "shop.so", to);
    }
    static std::string built(const std::string& build) { return VERSIONS "/" + build + "/shop.so"; }
    Ended report(const std::string& date, const std::string& rhythm = "daily") {
        return in({"report", rhythm, "--date", date, "--format", "text,json"});
    }
    std::string page(const std::string& day, const std::string& ending = "txt", const std::string& rhythm = "daily") {
        return slurp(folder_ / "w" / "reports" / "t" / (rhythm + "-" + day + "-brand.zh." + ending));
    }
    bool announces(const std::string& day, const std::string& rhythm = "daily") {
        return page(day, "txt", rhythm).find("口径变更") != std::string::npos;
    }
};

TEST_F(Versions, FormulaThatChangedWithoutAVersionIsRefused) {
    ASSERT_EQ(report("2026-10-05").status, 0);
    install("silent");
    const Ended ended = report("2026-10-06");
    EXPECT_EQ(ended.status, 3);
    EXPECT_NE(ended.err.find("paid_orders"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("1.0.0"), std::string::npos) << ended.err;
    EXPECT_EQ(ended.err.find("sales"), std::string::npos) << "sales is what it was";
    EXPECT_FALSE(fs::exists(folder_ / "w" / "reports" / "t" / "daily-2026-10-06-brand.zh.txt"));
    install("first");
    EXPECT_EQ(report("2026-10-06").status, 0);
}

TEST_F(Versions, ChangedFormulaIsAnnouncedOnceWithBothValues) {
    ASSERT_EQ(report("2026-10-05").status, 0);
    EXPECT_FALSE(announces("2026-10-05"));
    install("second");
    ASSERT_EQ(report("2026-10-06").status, 0);
    ASSERT_TRUE(announces("2026-10-06"));
    const auto json = nlohmann::json::parse(page("2026-10-06", "json"));
    // On the 6th three orders were paid, one of them by the customer alone.
    EXPECT_EQ(json["kpis"]["paid_orders"]["value"]["num"], 1);
    EXPECT_EQ(json["formula_changes"]["paid_orders"]["before"]["num"], 3);
    EXPECT_FALSE(json["formula_changes"].contains("sales"));
    // Made again it is the same; the day after has nothing to announce; the week in which it happened has.
    const std::string before = page("2026-10-06");
    ASSERT_EQ(report("2026-10-06").status, 0);
    EXPECT_EQ(page("2026-10-06"), before);
    ASSERT_EQ(report("2026-10-07").status, 0);
    EXPECT_FALSE(announces("2026-10-07"));
    ASSERT_EQ(report("2026-10-06", "weekly").status, 0);
    EXPECT_TRUE(announces("2026-10-11", "weekly"));
    // A report on a day before, made again by the new formula, says so too.
    ASSERT_EQ(report("2026-10-05").status, 0);
    EXPECT_TRUE(announces("2026-10-05"));
    ASSERT_EQ(report("2026-10-06").status, 0);
    EXPECT_EQ(page("2026-10-06"), before);
}

TEST_F(Versions, LookingAtFiguresChangesNoHistory) {
    ASSERT_EQ(report("2026-10-05").status, 0);
    install("second");
    ASSERT_EQ(in({"kpi", "--tenant", "t", "--period", "daily", "--date", "2026-10-06"}).status, 0);
    install("silent");
    EXPECT_EQ(report("2026-10-06").status, 3) << "the history still has version 1.0.0 and its formulas";
}

TEST_F(Versions, ShadowShowsWhatWouldChangeAndChangesNothing) {
    ASSERT_EQ(report("2026-10-05").status, 0);
    const std::string before = page("2026-10-05");
    const Ended same = in({"plugin", "shadow", built("first"), "--tenant", "t", "--date", "2026-10-07"});
    EXPECT_EQ(same.status, 0) << same.err;
    const Ended other =
        in({"plugin", "shadow", built("second"), "--tenant", "t", "--date", "2026-10-07", "--periods", "3", "--json"});
    EXPECT_EQ(other.status, 1) << other.err;
    const auto json = nlohmann::json::parse(other.out);
    std::map<std::string, std::string> values;
    for (const auto& one : json["changes"])
        if (one["cell"] == "kpis/paid_orders/value")
            values[one["date"]] = std::string(one["now"]) + ">" + std::string(one["then"]);
    EXPECT_EQ(values, (std::map<std::string, std::string>{{"2026-10-05", "2>1"}, {"2026-10-06", "3>1"}}));
    for (const auto& one : json["changes"])
        EXPECT_EQ(std::string(one["cell"]).find("sales"), std::string::npos) << one.dump();
    const Ended silent = in({"plugin", "shadow", built("silent"), "--tenant", "t", "--date", "2026-10-07"});
    EXPECT_EQ(silent.status, 1);
    EXPECT_NE(silent.err.find("先升版本号"), std::string::npos) << silent.err;
    ASSERT_EQ(report("2026-10-05").status, 0);
    EXPECT_EQ(page("2026-10-05"), before);
}

TEST_F(Versions, PinnedVersionIsTakenFromItsOwnFile) {
    install("second", "shop@1.1.0.so");
    const auto version = [this] {
        const Ended ended = in({"kpi", "--tenant", "t", "--period", "daily", "--date", "2026-10-06", "--json"});
        return ended.status == 0 ? nlohmann::json::parse(ended.out)["plugin"]["version"].get<std::string>() : ended.err;
    };
    EXPECT_EQ(version(), "1.0.0");
    ASSERT_EQ(in({"tenant", "set", "t", "plugin_version=1.1.0", "--from", "2026-10-01"}).status, 0);
    EXPECT_EQ(version(), "1.1.0");
    ASSERT_EQ(in({"tenant", "set", "t", "plugin_version=/../shop", "--from", "2026-10-01"}).status, 0);
    fs::create_directory(folder_ / "w" / "plugins" / "shop@");
    EXPECT_NE(version().find("shop@/../shop"), std::string::npos) << version();
    ASSERT_EQ(in({"tenant", "set", "t", "plugin_version=1.2.0", "--from", "2026-10-01"}).status, 0);
    EXPECT_NE(version().find("锁定了版本 1.2.0"), std::string::npos) << version();
}

TEST_F(Versions, PinnedBytesAreThoseBytes) {
    ASSERT_EQ(in({"tenant", "set", "t", "plugin_sha256=" + std::string(64, '0'), "--from", "2026-10-01"}).status, 0);
    const Ended refused = report("2026-10-05");
    EXPECT_EQ(refused.status, 3);
    // The sentence names the sum that it found: with that one pinned the report is made, and no more once a byte
    // differs.
    const std::size_t at = refused.err.find("现为 ");
    ASSERT_NE(at, std::string::npos) << refused.err;
    const std::string found = refused.err.substr(at + std::string("现为 ").size(), 64);
    ASSERT_EQ(in({"tenant", "set", "t", "plugin_sha256=" + found, "--from", "2026-10-01"}).status, 0);
    EXPECT_EQ(report("2026-10-05").status, 0);
    std::ofstream(folder_ / "w" / "plugins" / "shop.so", std::ios::app) << '\0';
    EXPECT_EQ(report("2026-10-05").status, 3);
    EXPECT_EQ(in({"tenant", "set", "t", "plugin_sha256=abc"}).status, 2);
}

}  // namespace
}  // namespace siyu
