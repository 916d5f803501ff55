// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/base/zone.hpp"
#include "tests/send/mailroom.hpp"

namespace siyu {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(Mailroom, ARoleThatDoesNotFitIsToldAtOnce) {
    const Ended ended = in({"recipient", "set", "--tenant", "t", "wang@brand.example", "--role", "agency"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("brand.example 不是代运营自己的"));
    EXPECT_EQ(in({"recipient", "set", "--tenant", "t", "wang@brand.example", "--role", "brand"}).status, 0);
    EXPECT_EQ(in({"recipient", "set", "--tenant", "t", "wang@brand.example", "--name", "王"}).status, 0);
}

TEST_F(Mailroom, ABrandsGroupBecomesNeitherOursNorAnothers) {
    done({"tenant", "add", "u", "--name", "另一品牌"});
    EXPECT_EQ(in({"recipient", "add", "--tenant", "t", "wecom:fans"}).status, 0);
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"recipient", "set", "--tenant", "t", "wecom:fans", "--role", "agency"},
                                               {"recipient", "add", "--tenant", "u", "wecom:fans", "--role", "agency"},
                                               {"recipient", "add", "--tenant", "u", "wecom:fans"}}) {
        const Ended ended = in(words);
        EXPECT_EQ(ended.status, 2);
        EXPECT_THAT(ended.err, AllOf(HasSubstr("[robots]"), Not(HasSubstr("某品牌"))));
    }
    EXPECT_THAT(in({"recipient", "list", "--tenant", "u"}).err, HasSubstr("还没有收件人"));
}

// Yesterday's report is prepared, due late today, and waits for somebody.
TEST_F(Mailroom, AChangeOfTheTimeSaysWhatGoesOutAllTheSame) {
    std::string settings = slurp(folder_ / "w/siyu.toml");
    const std::size_t at = settings.find("[delivery]\n") + std::string_view("[delivery]\n").size();
    std::ofstream(folder_ / "w/siyu.toml") << settings.insert(at, "prepare_minutes = 1440\n");
    const Day today = Zone("Asia/Shanghai").today();
    const std::string name = "t:daily:" + to_string(today - 1) + ":1";
    EXPECT_THAT(done({"tenant", "set", "t", "approval=review", "send_daily=23:59"}).err, Not(HasSubstr("send cancel")));
    done({"send", "run"});
    const Ended off = done({"tenant", "set", "t", "send_daily=off"});
    EXPECT_THAT(off.err, AllOf(HasSubstr("siyu send cancel " + name), HasSubstr(to_string(today) + " 23:59")));
    EXPECT_THAT(done({"tenant", "set", "t", "send_weekly=off"}).err, Not(HasSubstr("send cancel")));
    EXPECT_THAT(done({"tenant", "set", "t", "send_daily=off", "--from", "2199-01-01"}).err,
                Not(HasSubstr("send cancel")));
    EXPECT_EQ(done({"send", "cancel", name}).status, 0);
    EXPECT_THAT(done({"tenant", "set", "t", "send_daily=off"}).err, Not(HasSubstr("send cancel")));
}

}  // namespace
}  // namespace siyu
