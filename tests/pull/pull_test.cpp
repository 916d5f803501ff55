// SPDX-License-Identifier: Apache-2.0
#include "tests/pull/company.hpp"

namespace siyu {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using Pulled = Company;

TEST_F(Pulled, the_first_time_all_180_days_in_spans_of_30) {
    const Ended ended = pull();
    EXPECT_EQ(ended.status, 0) << ended.err;
    const auto asked = questions();
    EXPECT_THAT(asked, SizeIs(2 * 6 + 2 * 6));  // of the day before the first one nothing is kept
    EXPECT_EQ(asked.front(), "guide li 2025-09-21 2025-10-20");
    EXPECT_EQ(asked.back(), "group zhang 2026-02-18 2026-03-19");
    EXPECT_THAT(asked, Each(Not(HasSubstr("+"))));  // never two in one question
    EXPECT_EQ(server_->passed("gettoken"), 1);
    EXPECT_EQ(rows(Fact::guide_days), 2 * 180);
    EXPECT_EQ(rows(Fact::group_days), 179);  // li has no groups, and the first day none to count from
    const auto list = batches();
    ASSERT_THAT(list, SizeIs(2));
    EXPECT_EQ(list[0]["file"], "wecom-guide_days-2025-09-21..2026-03-19.csv");
    EXPECT_EQ(list[0]["first"], "2025-09-21");
    EXPECT_EQ(list[0]["last"], "2026-03-19");
    EXPECT_EQ(list[1]["file"], "wecom-group_days-2025-09-22..2026-03-19.csv");
    // zhang 18, li 118, and nobody on the 13th
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 136);
    EXPECT_EQ(total(Fact::guide_days, "messages", "2026-03-18", "2026-03-18"), 272);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-13", "2026-03-13"), 0);
    EXPECT_EQ(total(Fact::group_days, "messages", "2026-03-18", "2026-03-19"), 18 + 19);
    EXPECT_EQ(total(Fact::group_days, "active_members", "2025-09-21", "2026-03-19"), 0);
}

TEST_F(Pulled, the_second_time_nothing_is_new) {
    ASSERT_EQ(pull().status, 0);
    const Ended again = pull();
    EXPECT_EQ(again.status, 0) << again.err;
    const auto list = batches();
    ASSERT_THAT(list, SizeIs(4));
    for (const std::size_t i : {2U, 3U}) {
        EXPECT_EQ(list[i]["added"], 0);
        EXPECT_EQ(list[i]["replaced"], 0);
        EXPECT_EQ(list[i]["first"], "2026-03-17");
    }
}

TEST_F(Pulled, the_next_day_brings_a_day_and_what_changed_late) {
    ASSERT_EQ(pull().status, 0);
    tell("now", "2026-03-21T06:00");
    tell("late", "7");
    const Ended next = pull();
    EXPECT_EQ(next.status, 0) << next.err;
    EXPECT_THAT(questions(), testing::Contains("guide zhang 2026-03-17 2026-03-20"));
    EXPECT_THAT(questions(), testing::Contains("group zhang 2026-03-16 2026-03-20"));
    const auto list = batches();
    EXPECT_EQ(list[2]["added"], 2);     // the 20th of both
    EXPECT_EQ(list[2]["replaced"], 4);  // the 18th and 19th of both
    EXPECT_EQ(list[3]["added"], 1);
    EXPECT_EQ(list[3]["replaced"], 0);
    EXPECT_EQ(total(Fact::guide_days, "new_contacts", "2026-03-18", "2026-03-18"), 18 % 5 + 118 % 5 + 2 * 7);
}

TEST_F(Pulled, a_gap_is_filled_and_an_undone_batch_comes_again) {
    ASSERT_EQ(pull({"--to", "2026-03-05"}).status, 0);
    ASSERT_EQ(pull({"--from", "2026-03-10"}).status, 0);
    ASSERT_EQ(pull().status, 0);
    EXPECT_THAT(questions(), testing::Contains("guide li 2026-03-03 2026-03-19"));
    ASSERT_EQ(in({"import", "undo", "t:5"}).status, 0);
    ASSERT_EQ(in({"import", "undo", "t:3"}).status, 0);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-06", "2026-03-19"), 0);
    ASSERT_EQ(pull().status, 0);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 136);
    EXPECT_EQ(rows(Fact::guide_days), 2 * 180);
}

TEST_F(Pulled, each_fact_goes_on_where_its_own_days_end) {
    ASSERT_EQ(pull({"--only", "guide_days", "--from", "2026-03-01"}).status, 0);
    ASSERT_EQ(pull().status, 0);
    EXPECT_EQ(rows(Fact::guide_days), 2 * 180);
    EXPECT_EQ(rows(Fact::group_days), 179);
    ASSERT_EQ(in({"import", "undo", "t:3"}).status, 0);  // the groups
    const auto asked = questions().size();
    ASSERT_EQ(pull().status, 0);
    EXPECT_EQ(rows(Fact::group_days), 179);
    EXPECT_EQ(questions()[asked], "guide li 2026-03-17 2026-03-19");
    EXPECT_THAT(questions(), SizeIs(asked + 2 + 2 * 6));
}

TEST_F(Pulled, what_was_imported_by_hand_is_not_pulled) {
    const auto hand = file("guide_days.csv", "date,guide_id,chats,messages\n2026-03-18,zhang,1,1\n");
    ASSERT_EQ(in({"import", "--tenant", "t", hand}).status, 0);
    ASSERT_EQ(pull().status, 0);
    EXPECT_EQ(rows(Fact::guide_days), 2 * 180);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 136);
}

TEST_F(Pulled, the_first_day_that_is_kept_replaces_no_messages) {
    ASSERT_EQ(pull().status, 0);
    const auto messages = total(Fact::group_days, "messages", "2025-09-22", "2025-09-22");
    EXPECT_GT(messages, 0);
    tell("now", "2026-03-21T15:00");  // now nobody tells what there was up to the 21st
    ASSERT_EQ(pull({"--from", "2025-09-22"}).status, 0);
    EXPECT_THAT(questions(), testing::Contains("group zhang 2025-09-22 2025-10-21"));
    EXPECT_EQ(total(Fact::group_days, "messages", "2025-09-22", "2025-09-22"), messages);
    const auto asked = questions().size();
    const Ended alone = pull({"--only", "group_days", "--to", "2025-09-22"});
    EXPECT_EQ(alone.status, 0) << alone.err;
    EXPECT_THAT(alone.err, HasSubstr("没有可导入的数据"));
    EXPECT_THAT(questions(), SizeIs(asked));
    EXPECT_EQ(pull({"--to", "2025-09-21"}).status, 2);
}

TEST_F(Pulled, before_six_yesterday_is_not_there) {
    open({"--now", "2026-03-20T05:59"});
    const Ended early = pull();
    EXPECT_EQ(early.status, 0) << early.err;
    EXPECT_THAT(early.err, HasSubstr("2026-03-19 的统计要到今天早上 6 点以后才有"));
    EXPECT_EQ(batches()[0]["last"], "2026-03-18");
    EXPECT_THAT(questions(), Each(Not(HasSubstr("2026-03-19"))));
    // Who asks for it is told, and gets the days before.
    const Ended asked = pull({"--from", "2026-03-15", "--to", "2026-03-19"});
    EXPECT_EQ(asked.status, 1) << asked.err;
    EXPECT_THAT(asked.err, HasSubstr("6 点"));
    const Ended alone = pull({"--from", "2026-03-19"});
    EXPECT_EQ(alone.status, 0) << alone.err;
    EXPECT_THAT(alone.err, HasSubstr("没有可导入的数据"));
    EXPECT_THAT(questions(), Each(Not(HasSubstr("2026-03-19"))));
    tell("now", "2026-03-20T06:00");
    ASSERT_EQ(pull().status, 0);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-19", "2026-03-19"), 19 + 119);
}

TEST_F(Pulled, zeros_in_the_morning_replace_nothing) {
    ASSERT_EQ(pull().status, 0);
    open_to_fail({"guide:*:zeros", "group:*:zeros"});
    const Ended morning = pull();
    EXPECT_EQ(morning.status, 1) << morning.err;
    EXPECT_THAT(morning.err, HasSubstr("2026-03-19 至 2026-03-19 企业微信还没有数据"));
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-19", "2026-03-19"), 19 + 119);
    EXPECT_EQ(batches()[2]["last"], "2026-03-18");
    tell("now", "2026-03-20T12:00");
    const Ended noon = pull();
    EXPECT_EQ(noon.status, 0) << noon.err;  // then it was a quiet day
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-19", "2026-03-19"), 0);
}

TEST_F(Pulled, a_day_without_rows_is_not_covered) {
    open_to_fail({"guide:*:no_rows"});
    tell("now", "2026-03-20T15:00");
    const Ended ended = pull({"--only", "guide_days"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_EQ(batches()[0]["last"], "2026-03-18");
    EXPECT_EQ(batches()[0]["file"], "wecom-guide_days-2025-09-21..2026-03-18.csv");
}

TEST_F(Pulled, some_guides_alone_cover_nothing) {
    ASSERT_EQ(pull({"--guide", "zhang", "--from", "2026-03-10"}).status, 0);
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 18);
    EXPECT_TRUE(batches()[0]["first"].is_null());
    ASSERT_EQ(pull({"--guide", "zhang", "--guide", "li", "--from", "2026-03-10"}).status, 0);
    EXPECT_EQ(batches()[2]["first"], "2026-03-10");
}

TEST_F(Pulled, everybody_whom_wecom_has) {
    open({"--member", "zhang", "--member", "li", "--member", "wang"});
    ASSERT_EQ(pull({"--all", "--from", "2026-03-18", "--only", "guide_days"}).status, 0);
    EXPECT_THAT(questions(), ElementsAre("members", "guide li 2026-03-18 2026-03-19",
                                         "guide wang 2026-03-18 2026-03-19", "guide zhang 2026-03-18 2026-03-19"));
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 18 + 118 + 18);
}

TEST_F(Pulled, who_left_the_company_keeps_nobody_else_back) {
    open({"--member", "li"});
    const Ended ended = pull({"--from", "2026-03-10"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("没有 zhang 这位成员"));
    EXPECT_EQ(total(Fact::guide_days, "chats", "2026-03-18", "2026-03-18"), 118);
    open({"--member", "wang"});
    const Ended nobody = pull();
    EXPECT_EQ(nobody.status, 4) << nobody.err;
    EXPECT_THAT(nobody.err, AllOf(HasSubstr("60111"), HasSubstr("没有这个 userid")));
}

TEST_F(Pulled, brands_that_share_a_company_get_the_days_that_are_theirs_alone) {
    ASSERT_EQ(in({"tenant", "add", "u"}).status, 0);
    ASSERT_EQ(in({"import", "undo", "agency:1"}).status, 0);
    allocate("zhang,t,1,2026-03-05,2026-03-14\nli,t,0.5,,\nli,u,0.5,2026-03-12,\nwang,u,1,,\n");
    const Ended ended = pull({"--from", "2026-03-01", "--only", "guide_days"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("导购 li 有 8 天同时分配给了别的品牌"));
    EXPECT_THAT(questions(), ElementsAre("guide li 2026-03-01 2026-03-11", "guide zhang 2026-03-05 2026-03-14"));
    const Ended all = pull({"--all"});
    EXPECT_EQ(all.status, 2) << all.err;
    const Ended foreign = pull({"--guide", "wang"});
    EXPECT_EQ(foreign.status, 2) << foreign.err;
    EXPECT_THAT(questions(), SizeIs(2));
    EXPECT_EQ(pull({"--from", "2026-03-05", "--only", "group_days"}).status, 1);
    EXPECT_EQ(questions().back(), "group zhang 2026-03-04 2026-03-14");
    EXPECT_THAT(questions(), SizeIs(3));  // li's groups may be the other brand's
    ASSERT_EQ(in({"import", "undo", "agency:2"}).status, 0);
    allocate("li,t,1,2026-03-05,\nli,u,1,2026-01-01,2026-03-04\n");
    const Ended apart = pull({"--from", "2026-03-01"});
    EXPECT_EQ(apart.status, 1) << apart.err;
    EXPECT_THAT(apart.err, HasSubstr("群聊统计没有取"));
    EXPECT_EQ(questions().back(), "guide li 2026-03-05 2026-03-19");
    // With a company of its own the brand has all that is counted there.
    settle("http://127.0.0.1:" + std::to_string(server_->port()), "[wecom.corps]\nu = 'ww-other'\n");
    EXPECT_EQ(pull({"--all", "--from", "2026-03-19"}).status, 0);
    EXPECT_EQ(in({"pull", "wecom", "--tenant", "u"}).status, 4);  // that company has another secret
}

TEST_F(Pulled, a_look_takes_nothing_in) {
    const Ended look = pull({"--dry-run", "--from", "2026-03-18"});
    EXPECT_EQ(look.status, 0) << look.err;
    EXPECT_THAT(look.out, HasSubstr("联系客户统计：2026-03-18 至 2026-03-19，2 位成员，4 行；聊天数 274，消息数 548"));
    const auto json = nlohmann::json::parse(pull({"--dry-run", "--json", "--from", "2026-03-18"}).out);
    EXPECT_EQ(json["fetched"][0]["table"][0]["reply_percentage"], "60.25");
    EXPECT_EQ(json["fetched"][1]["table"][0]["group_id"], "owner:zhang");
    EXPECT_TRUE(json["batches"].empty());
    EXPECT_TRUE(batches().empty());
    EXPECT_EQ(rows(Fact::guide_days), 0);
}

TEST_F(Pulled, what_wecom_leaves_out_is_no_value) {
    open_to_fail({"guide:1:texts", "guide:2:without=new_contact_cnt", "group:*:null=new_member_cnt"});
    const Ended ended = pull({"--from", "2026-03-12", "--to", "2026-03-13", "--dry-run", "--json"});
    EXPECT_EQ(ended.status, 4) << ended.err;  // how many are new is needed
    open_to_fail({"guide:1:texts", "guide:2:without=new_contact_cnt"});
    const auto json =
        nlohmann::json::parse(pull({"--from", "2026-03-12", "--to", "2026-03-13", "--dry-run", "--json"}).out);
    const auto& table = json["fetched"][0]["table"];
    ASSERT_THAT(table, SizeIs(4));
    EXPECT_EQ(table[0]["chats"], "112");
    EXPECT_EQ(table[0]["reply_percentage"], "60.25");
    EXPECT_EQ(table[1]["chats"], "0");
    EXPECT_EQ(table[1]["reply_percentage"], "");
    EXPECT_EQ(table[1]["avg_reply_minutes"], "");
    EXPECT_EQ(table[2]["new_contacts"], "");
    EXPECT_EQ(pull({"--from", "2026-03-12", "--to", "2026-03-13"}).status, 0);
}

}  // namespace
}  // namespace siyu
