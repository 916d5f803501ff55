// SPDX-License-Identifier: Apache-2.0
// `siyu report --import`: what `siyu import --each` and `siyu report` do one after the other, in one go.
#include <algorithm>

#include "core/base/day.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;

class ReportImport : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        for (const char* id : {"a", "b", "z"}) ASSERT_EQ(in({"tenant", "add", id}).status, 0);
        for (const char* id : {"a", "b", "t"}) {
            put(id, "joins.csv", "joined_at,customer_id,guide_id\n2026-10-05,c1,g1\n2026-10-05,c2,g1\n");
            put(id, "orders.csv",
                "order_id,paid_at,amount,customer_id\no1,2026-10-05,7,c1\no2,2026-10-05," + std::to_string(id[0]) +
                    ",c2\n");
        }
        // The agency's guides lie in the folder that comes last.
        put("t", "guides.csv", "guide_id,name,type,monthly_cost,from\ng1,小林,general,6200,2026-01-01\n");
        put("t", "allocations.csv", "tenant,guide_id,share,from\na,g1,0.5,2026-10-01\nt,g1,0.5,2026-10-01\n");
    }
    void put(const std::string& tenant, const std::string& name, const std::string& text) {
        fs::create_directories(folder_ / "each" / tenant);
        file("each/" + tenant + "/" + name, text);
    }
    Ended together(const std::string& out) {
        return in({"report", "daily", "--date", "2026-10-05", "--out", (folder_ / out).string(), "--import",
                   (folder_ / "each").string()});
    }
    std::string pages(const std::string& out) const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / out))
            if (entry.is_regular_file()) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        std::string all;
        for (const fs::path& page : files) all += fs::relative(page, folder_ / out).string() + "\n" + slurp(page);
        return all;
    }
};

TEST_F(ReportImport, ComesToTheSamePagesAsOneAfterTheOther) {
    // So many files that the first brand is there, and its report made, before the agency's guides come.
    for (int day = 0; day < 200; ++day)
        put("a", "touches" + std::to_string(day) + ".csv",
            "date,channel,touches,cost\n" + to_string(*day_of(2026, 1, 1) + day) + ",天猫,100,5\n");
    const Ended ended = together("joint");
    EXPECT_EQ(ended.status, 0) << ended.err;
    // Everything is in now, the agency's guides too: what is made once more can only be the same.
    ASSERT_EQ(in({"report", "daily", "--date", "2026-10-05", "--out", (folder_ / "after").string()}).status, 0);
    const std::string joint = pages("joint");
    EXPECT_TRUE(joint == pages("after"));
    for (const char* id : {"a", "b", "t", "z"})  // z brought nothing
        EXPECT_NE(joint.find(std::string(id) + "/daily-2026-10-05-agency.zh.html"), std::string::npos) << id;
    EXPECT_NE(slurp(folder_ / "joint/a/daily-2026-10-05-agency.zh.txt").find("小林"), std::string::npos);
}

TEST_F(ReportImport, WhatOneBrandBringsWronglyStopsNoOther) {
    put("b", "orders.csv", "nothing,that,anybody,knows\n1,2,3,4\n");
    const Ended ended = together("joint");
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_NE(ended.err.find("orders.csv"), std::string::npos) << ended.err;
    for (const char* id : {"a", "b", "t", "z"})
        EXPECT_TRUE(fs::exists(folder_ / "joint" / id / "daily-2026-10-05-brand.zh.html")) << id;
}

TEST_F(ReportImport, AFolderOfNobodyIsToldBeforeAnythingIsDone) {
    put("nobody", "orders.csv", "order_id,paid_at,amount\no1,2026-10-05,5\n");
    const Ended ended = together("joint");
    EXPECT_EQ(ended.status, 2) << ended.err;
    EXPECT_NE(ended.err.find("nobody"), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(folder_ / "joint"));
    EXPECT_EQ(in({"import", "list", "--tenant", "a"}).out.find("orders.csv"), std::string::npos);
}

}  // namespace
}  // namespace siyu
