// SPDX-License-Identifier: Apache-2.0
#include "tests/pull/company.hpp"

namespace siyu {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// A guide whose allocation comes after the days were fetched of the others.
class AllocatedLater : public Company {
  protected:
    void SetUp() override {
        Company::SetUp();
        reallocate(1, "zhang,t,1,2026-02-01,\n");
        ASSERT_EQ(pull().status, 0);
        asked_ = questions().size();
    }
    void reallocate(int undone, const std::string& rows) {
        ASSERT_EQ(in({"import", "undo", "agency:" + std::to_string(undone)}).status, 0);
        allocate(rows);
    }
    // Since the last time.
    std::vector<std::string> asked() {
        auto all = questions();
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::exchange(asked_, all.size())));
        return all;
    }

    std::size_t asked_ = 0;
};

TEST_F(AllocatedLater, has_the_days_since_then_fetched_at_once) {
    allocate("li,t,1,2026-02-01,\n");
    const Ended ended = pull({"--only", "guide_days"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("导购 li：联系客户统计 2026-02-01 至 2026-03-16 里有以前没有取过的日子"));
    EXPECT_THAT(asked(), ElementsAre("guide li 2026-02-01 2026-03-02", "guide li 2026-03-03 2026-03-16",
                                     "guide li 2026-03-17 2026-03-19", "guide zhang 2026-03-17 2026-03-19"));
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-02-01", "2026-02-01"), 1 + 101);
    EXPECT_EQ(rows(Fact::guide_days), 180 + 28 + 19);
    EXPECT_EQ(batches()[2]["first"], "2026-03-17");
    // Once.
    ASSERT_EQ(pull({"--only", "guide_days"}).status, 0);
    EXPECT_THAT(asked(), ElementsAre("guide li 2026-03-17 2026-03-19", "guide zhang 2026-03-17 2026-03-19"));
    // The allocation began earlier, it turns out.
    reallocate(3, "li,t,1,2026-01-20,\n");
    ASSERT_EQ(pull({"--only", "guide_days"}).status, 0);
    EXPECT_THAT(asked(), Contains("guide li 2026-01-20 2026-02-18"));
    EXPECT_EQ(rows(Fact::guide_days), 180 + 12 + 28 + 19);
}

TEST_F(AllocatedLater, has_groups_fetched_too) {
    ASSERT_EQ(in({"import", "undo", "t:2"}).status, 0);
    // As if the groups of another had been fetched.
    const auto pulled = file("wecom-group_days-2025-09-22..2026-03-19.csv",
                             "date,group_id,members\n2025-09-22,owner:wang,5\n2026-03-19,owner:wang,5\n");
    ASSERT_EQ(in({"import", "--tenant", "t", "--as", "group_days", pulled}).status, 0);
    ASSERT_EQ(pull({"--only", "group_days"}).status, 0);
    EXPECT_THAT(asked(), ElementsAre("group zhang 2026-01-31 2026-03-01", "group zhang 2026-03-02 2026-03-16",
                                     "group zhang 2026-03-16 2026-03-19"));
    EXPECT_EQ(rows(Fact::group_days), 2 + 28 + 19);
    ASSERT_EQ(pull({"--only", "group_days"}).status, 0);
    EXPECT_THAT(asked(), ElementsAre("group zhang 2026-03-16 2026-03-19"));
}

TEST_F(AllocatedLater, is_asked_for_as_said_where_days_are_said) {
    allocate("li,t,1,2026-02-01,\n");
    ASSERT_EQ(pull({"--only", "guide_days", "--from", "2026-03-10"}).status, 0);
    EXPECT_THAT(asked(), ElementsAre("guide li 2026-03-10 2026-03-19", "guide zhang 2026-03-10 2026-03-19"));
    const Ended look = pull({"--dry-run", "--only", "guide_days"});
    EXPECT_THAT(look.out, HasSubstr("联系客户统计：2026-02-01 至 2026-03-19，2 位成员"));
}

TEST_F(AllocatedLater, has_the_days_that_are_the_brands_alone) {
    ASSERT_EQ(in({"tenant", "add", "u"}).status, 0);
    allocate("li,t,0.5,2026-02-01,\nli,u,0.5,2026-02-10,2026-02-20\n");
    ASSERT_EQ(pull({"--only", "guide_days"}).status, 1) << "the groups are told";
    EXPECT_THAT(asked(), ElementsAre("guide li 2026-02-01 2026-02-09", "guide li 2026-02-21 2026-03-16",
                                     "guide li 2026-03-17 2026-03-19", "guide zhang 2026-03-17 2026-03-19"));
    ASSERT_EQ(pull({"--only", "guide_days"}).status, 1);
    EXPECT_THAT(asked(), SizeIs(2));
}

// Of u nobody says which company it has: it may be this one.
TEST_F(AllocatedLater, and_to_a_brand_whose_company_is_not_said_is_nobodys_alone) {
    ASSERT_EQ(in({"tenant", "add", "u"}).status, 0);
    open({"--member", "zhang", "--member", "li", "--member", "wang"});
    allocate("li,t,0.5,2026-03-01,\nli,u,0.5,2026-03-12,\nwang,u,1,,\n");
    const std::string settings = slurp(folder_ / "w/siyu.toml");
    const auto settle_corps = [&](const std::string& corps) {
        std::string text = settings;
        const std::string all = "corp_id = 'ww-tests'\n";
        std::ofstream(folder_ / "w/siyu.toml")
            << text.erase(text.find(all), all.size()) + "[wecom.corps]\nt = 'ww-tests'\n" + corps;
    };
    settle_corps("");
    const Ended ended = pull({"--from", "2026-03-01", "--only", "guide_days"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_THAT(ended.err, AllOf(HasSubstr("导购 li 有 8 天同时分配给了别的品牌"), HasSubstr("[wecom.corps]")));
    EXPECT_THAT(questions(), ElementsAre("guide li 2026-03-01 2026-03-11", "guide zhang 2026-03-01 2026-03-19"));
    EXPECT_EQ(pull({"--guide", "wang"}).status, 2);
    const Ended all = pull({"--all", "--from", "2026-03-19", "--only", "guide_days"});
    EXPECT_EQ(all.status, 1) << all.err;
    EXPECT_THAT(all.err, HasSubstr("导购 wang 在这些日子没有分配给 t"));
    EXPECT_THAT(questions(), Not(Contains(HasSubstr("guide wang"))));
    settle_corps("u = 'ww-other'\n");
    EXPECT_EQ(pull({"--all", "--from", "2026-03-19", "--only", "guide_days"}).status, 0);
    EXPECT_THAT(questions(), Contains("guide wang 2026-03-19 2026-03-19"));
}

}  // namespace
}  // namespace siyu
