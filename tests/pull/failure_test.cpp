// SPDX-License-Identifier: Apache-2.0
#include "tests/pull/company.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;
using PullFailure = Company;

TEST_F(PullFailure, what_passes_is_tried_again) {
    open_to_fail({"gettoken:1:errcode=-1", "guide:1:errcode=-1", "guide:2:errcode=45009", "guide:3:errcode=45033",
                  "guide:5:errcode=42001", "group:1:http=503", "group:2:close", "group:3:cut", "group:5:errcode=40014",
                  "group:7:silent"});
    const Ended ended = pull({"--from", "2026-03-01"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(rows(Fact::guide_days), 2 * 19);
    EXPECT_EQ(rows(Fact::group_days), 19);
    EXPECT_EQ(server_->passed("gettoken"), 3);
}

TEST_F(PullFailure, a_token_that_ends_early_is_renewed) {
    open({"--token-calls", "5"});
    const Ended ended = pull();
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(rows(Fact::guide_days), 2 * 180);
    EXPECT_EQ(server_->passed("gettoken"), 5);  // 24 questions
}

// Every failure is told with its code and what to do, with exit status 4, and leaves all as it was.
TEST_F(PullFailure, half_a_pull_is_none) {
    ASSERT_EQ(pull({"--from", "2026-03-01", "--to", "2026-03-10"}).status, 0);
    const auto before = batches();
    const struct {
        const char* action;
        const char* says;
    } failures[] = {
        {"gettoken:*:errcode=40001", "secret）不对"},
        {"gettoken:*:errcode=40013", "企业 ID 不对"},
        {"gettoken:*:http=500", "500"},
        {"gettoken:*:http=404", "404"},
        {"gettoken:*:redirect", "302"},
        {"gettoken:*:close", "断开"},
        {"gettoken:*:silent", "超时"},
        {"gettoken:*:text", "不是企业微信接口的格式"},
        {"gettoken:*:without=access_token", "不是企业微信接口的格式"},
        {"guide:*:errcode=60020", "企业可信 IP"},
        {"guide:*:errcode=60011", "可见范围"},
        {"guide:*:errcode=84074", "没有客户联系权限"},
        {"guide:*:errcode=40003", "40003"},
        {"guide:*:errcode=600018", "600018"},
        {"guide:*:errcode=84061", "84061"},
        {"guide:2:errcode=48002", "可调用接口的应用"},
        {"guide:*:errcode=-1", "请过几分钟再取"},
        {"guide:*:errcode=45009", "频率限制"},
        {"guide:*:errcode=45033", "同时调用"},
        {"guide:*:errcode=42001", "令牌又失效"},
        {"guide:2:errcode=41045", "41045"},
        {"guide:2:http=403", "403"},
        {"guide:2:broken", "不是企业微信接口的格式"},
        {"guide:2:text", "不是企业微信接口的格式"},
        {"guide:*:close", "断开"},
        {"guide:*:cut", "中途断开"},
        {"guide:2:without=chat_cnt", "chat_cnt"},
        {"guide:2:without=stat_time", "stat_time"},
        {"guide:2:odd=message_cnt", "message_cnt"},
        {"guide:2:null=message_cnt", "message_cnt"},
        {"guide:2:odd=reply_percentage", "reply_percentage"},
        {"guide:2:other_day", "stat_time"},
        {"group:*:errcode=48002", "--only guide_days"},
        {"group:2:errcode=81017", "81017"},
        {"group:2:without=msg_total", "msg_total"},
        {"group:2:without=data", "group"},
        {"group:*:http=502", "502"},
    };
    for (const auto& failure : failures) {
        SCOPED_TRACE(failure.action);
        open_to_fail({failure.action});
        const Ended ended = pull({"--from", "2026-03-01"});
        EXPECT_EQ(ended.status, 4) << ended.err;
        EXPECT_THAT(ended.err, HasSubstr(failure.says));
        EXPECT_EQ(ended.out, "");
    }
    EXPECT_EQ(batches(), before);
    EXPECT_EQ(rows(Fact::guide_days), 2 * 10);
    EXPECT_EQ(rows(Fact::group_days), 10);
}

TEST_F(PullFailure, after_so_many_calls_no_more_are_made) {
    open({"--limit", "3"});
    const Ended ended = pull();
    EXPECT_EQ(ended.status, 4) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("45009"));
    EXPECT_EQ(rows(Fact::guide_days), 0);
}

TEST_F(PullFailure, what_wecom_says_back_stays_hidden) {
    open_to_fail({"guide:*:echo"});
    const Ended ended = pull();
    EXPECT_EQ(ended.status, 4);
    EXPECT_THAT(ended.err, HasSubstr("***"));
    say_secret("wecom_secret = 'wrong-secret'\n");
    open();
    const Ended wrong = pull();
    EXPECT_EQ(wrong.status, 4);
    EXPECT_THAT(wrong.err, HasSubstr("40001"));
    EXPECT_THAT(wrong.err, Not(HasSubstr("wrong-secret")));
}

TEST_F(PullFailure, days_that_cannot_be_had_are_told) {
    const struct {
        std::vector<std::string> words;
        const char* says;
    } wrong[] = {
        {{"--from", "2025-09-20"}, "最早是 2025-09-21"},
        {{"--to", "2026-03-20"}, "昨天（2026-03-19）"},
        {{"--from", "2026-03-10", "--to", "2026-03-09"}, "其间没有日子"},
        {{"--from", "2026-03-20"}, "其间没有日子"},
        {{"--from", "gestern"}, "gestern"},
        {{"--guide", "zhang", "--all"}, "--all"},
        {{"--only", "orders"}, "orders"},
    };
    for (const auto& one : wrong) {
        const Ended ended = pull(one.words);
        EXPECT_EQ(ended.status, 2) << ended.err;
        EXPECT_THAT(ended.err, HasSubstr(one.says));
    }
    EXPECT_TRUE(questions().empty());
}

TEST_F(PullFailure, nobody_allocated_is_told) {
    ASSERT_EQ(in({"tenant", "add", "u"}).status, 0);
    const Ended ended = in({"pull", "wecom", "--tenant", "u"});
    EXPECT_EQ(ended.status, 2);
    EXPECT_THAT(ended.err, HasSubstr("没有导购分配给 u"));
}

TEST_F(PullFailure, secrets_are_for_the_owner) {
    std::filesystem::permissions(folder_ / "w/secrets.toml", std::filesystem::perms(0640));
    const Ended open_to_others = pull();
    EXPECT_EQ(open_to_others.status, 4);
    EXPECT_THAT(open_to_others.err, HasSubstr("chmod 600"));
    EXPECT_EQ(server_->passed("gettoken"), 0);
    std::filesystem::remove(folder_ / "w/secrets.toml");
    const Ended none = pull();
    EXPECT_EQ(none.status, 2);
    EXPECT_THAT(none.err, HasSubstr("SIYU_WECOM_SECRET_T"));
    setenv("SIYU_WECOM_SECRET", "another", 1);
    EXPECT_EQ(pull({"--from", "2026-03-19"}).status, 4);
    setenv("SIYU_WECOM_SECRET_T", secret, 1);
    EXPECT_EQ(pull({"--from", "2026-03-19"}).status, 0);
    unsetenv("SIYU_WECOM_SECRET_T");
    setenv("SIYU_WECOM_SECRET", secret, 1);
    EXPECT_EQ(pull({"--from", "2026-03-19"}).status, 0);
    say_secret("[wecom_secrets]\nt = 'another'\n");  // the brand's own comes first
    EXPECT_EQ(pull({"--from", "2026-03-19"}).status, 4);
    unsetenv("SIYU_WECOM_SECRET");
}

TEST_F(PullFailure, settings_are_checked) {
    const auto says = [&](const std::string& line) {
        std::ofstream(folder_ / "w/siyu.toml") << "store = '" << store_.url() << "'\n[wecom]\n" << line << "\n";
        return pull();
    };
    EXPECT_EQ(says("").status, 2);  // no company
    for (const char* line : {"url = 'ftp://x'", "corp = 'ww'", "pause_seconds = -1", "timeout_seconds = 0",
                             "corps = 'ww'", "[wecom.corps]\nt = 5", "corp_id = 'a b'"}) {
        const Ended ended = says(line);
        EXPECT_EQ(ended.status, 3) << line << ended.err;
        EXPECT_THAT(ended.err, HasSubstr("wecom."));
    }
    EXPECT_EQ(says("corp_id = 'ww-tests'\nurl = 'http://127.0.0.1.example'").status, 4);
    EXPECT_EQ(says("corp_id = 'ww-tests'\nurl = 'http://127.0.0.1:1'").status, 4);
}

TEST_F(PullFailure, a_certificate_has_to_be_right) {
    const Certificates& certificates = Certificates::get();
    const auto pulled = [&](const std::string& certificate, const std::string& authority) {
        open({"--certificate", certificate, "--key", certificates.key()});
        settle("https://127.0.0.1:" + std::to_string(server_->port()),
               authority.empty() ? "" : "authority = '" + authority + "'\n");
        return pull({"--from", "2026-03-19"}).status;
    };
    EXPECT_EQ(pulled(certificates.good(), certificates.authority()), 0);
    EXPECT_EQ(pulled(certificates.good(), ""), 4);
    EXPECT_EQ(pulled(certificates.other_host(), certificates.authority()), 4);
    EXPECT_EQ(pulled(certificates.expired(), certificates.authority()), 4);
}

}  // namespace
}  // namespace siyu
