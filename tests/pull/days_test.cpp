// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <deque>
#include <nlohmann/json.hpp>

#include "core/pull/pull_days.hpp"
#include "core/pull/statistics.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

Instant at(const char* text) { return *Zone(wecom_zone).parse(text); }
Day date(const char* text) { return *parse_day(text); }

TEST(PullDays, end_with_yesterday_once_it_is_six_in_beijing) {
    const PullDays morning = pull_days(at("2026-03-20 05:59:59"));
    EXPECT_EQ(to_string(morning.latest), "2026-03-18");
    EXPECT_EQ(to_string(morning.yesterday()), "2026-03-19");
    EXPECT_EQ(to_string(morning.earliest), "2025-09-21");
    const PullDays six = pull_days(at("2026-03-20 06:00"));
    EXPECT_EQ(to_string(six.latest), "2026-03-19");
    EXPECT_EQ(six.latest - six.earliest + 1, 180);
    EXPECT_TRUE(six.zeros_wait);
    EXPECT_FALSE(pull_days(at("2026-03-20 12:00")).zeros_wait);
    EXPECT_EQ(to_string(pull_days(at("2026-03-20 00:00")).latest), "2026-03-18");
}

TEST(PullDays, come_in_pieces_of_thirty) {
    const auto pieces = [](const char* first, const char* last) {
        std::vector<std::string> found;
        for (const DaySpan& piece : pieces_of({date(first), date(last)}))
            found.push_back(to_string(piece.first) + ".." + to_string(piece.last));
        return found;
    };
    EXPECT_THAT(pieces("2026-03-01", "2026-03-30"), ElementsAre("2026-03-01..2026-03-30"));
    EXPECT_THAT(pieces("2026-03-01", "2026-03-31"), ElementsAre("2026-03-01..2026-03-30", "2026-03-31..2026-03-31"));
    EXPECT_THAT(pieces("2026-03-01", "2026-03-01"), ElementsAre("2026-03-01..2026-03-01"));
    EXPECT_THAT(pieces("2026-03-02", "2026-03-01"), ElementsAre());
}

TEST(PullDays, go_on_where_the_covered_ones_end) {
    const PullDays days = pull_days(at("2026-03-20 10:00"));
    const auto next = [&](std::vector<std::pair<const char*, const char*>> covered) {
        std::vector<DaySpan> spans;
        for (const auto& [first, last] : covered) spans.push_back({date(first), date(last)});
        return to_string(next_pull(spans, days));
    };
    EXPECT_EQ(next({}), "2025-09-21");
    EXPECT_EQ(next({{"2026-03-01", "2026-03-10"}}), "2025-09-21");  // nobody pulled the days before
    EXPECT_EQ(next({{"2025-09-21", "2026-03-10"}}), "2026-03-08");
    EXPECT_EQ(next({{"2026-03-11", "2026-03-19"}, {"2025-09-20", "2026-03-10"}}), "2026-03-17");
    EXPECT_EQ(next({{"2025-09-21", "2026-03-10"}, {"2026-03-15", "2026-03-19"}}), "2026-03-08");  // a gap
    EXPECT_EQ(next({{"2025-09-21", "2026-04-10"}}), "2026-03-17");                                // days to come
    EXPECT_EQ(next({{"2024-01-01", "2024-01-31"}}), "2025-09-21");
    EXPECT_EQ(next({{"2025-09-01", "2025-09-22"}}), "2025-09-21");
}

// A network whose answers are written down before.
class Script : public Network {
  public:
    std::unique_ptr<MailSession> mail(const MailAccount&) const override { return nullptr; }
    Receipt robot(const std::string&, const std::string&, const std::string&, int) const override { return {}; }
    std::unique_ptr<WebServer> serve(const std::string&, std::function<WebAnswer(const WebRequest&)>) const override {
        return nullptr;
    }
    std::string one_line(std::string_view words, const std::vector<std::string>&) const override {
        return std::string(words);
    }
    WebReply ask(const WebQuery& query) const override {
        asked.push_back(query);
        WebReply reply;
        reply.end = WebReply::End::answered;
        reply.status = 200;
        reply.body = answers.empty() ? "{}" : answers.front();
        if (!answers.empty()) answers.pop_front();
        return reply;
    }

    mutable std::deque<std::string> answers;
    mutable std::vector<WebQuery> asked;
};

const char* const token = R"({"errcode":0,"access_token":"a","expires_in":7200})";

struct Asking {
    Script script;
    std::vector<int> pauses;
    Wecom wecom{script, WecomAccount{}, [this](int seconds) { pauses.push_back(seconds); }};
};

TEST(Wecom, pauses_get_longer_and_come_to_an_end) {
    Asking asking;
    asking.script.answers = {token};
    for (int i = 0; i < 9; ++i) asking.script.answers.emplace_back(R"({"errcode":45009,"errmsg":"often"})");
    EXPECT_THROW(asking.wecom.ask("x", nullptr), WecomRefusal);
    EXPECT_THAT(asking.pauses, ElementsAre(20, 40, 80));  // together longer than the minute that WeCom keeps one out
    EXPECT_EQ(asking.script.asked.size(), 5U);
}

TEST(Wecom, a_token_is_kept_as_long_as_it_was_said) {
    Asking asking;
    asking.script.answers = {token, R"({"errcode":0})", R"({"errcode":0})"};
    asking.wecom.ask("x", nullptr);
    asking.wecom.ask("x", nullptr);
    EXPECT_EQ(asking.script.asked.size(), 3U);
    Asking short_lived;
    const std::string ended = R"({"errcode":0,"access_token":"a","expires_in":0})";
    short_lived.script.answers = {ended, R"({"errcode":0})", ended, R"({"errcode":0})"};
    short_lived.wecom.ask("x", nullptr);
    short_lived.wecom.ask("x", nullptr);
    EXPECT_EQ(short_lived.script.asked.size(), 4U);
}

TEST(Statistics, a_count_that_goes_down_is_no_day_of_messages) {
    Asking asking;
    const auto item = [](const char* day, int total) {
        const auto seconds = Zone(wecom_zone).start_of(date(day)).micros / micros_per_second;
        return nlohmann::json{
            {"stat_time", seconds},
            {"data", {{"chat_total", 1}, {"new_member_cnt", 1}, {"member_total", 5}, {"msg_total", total}}}};
    };
    const nlohmann::json answer{{"errcode", 0},
                                {"items",
                                 {item("2026-03-01", 100), item("2026-03-02", 130), item("2026-03-03", 90),
                                  item("2026-03-05", 95), item("2026-03-06", 95)}}};
    asking.script.answers = {token, answer.dump()};
    std::vector<std::string> messages;
    for (const MemberDay& day : group_days_of(asking.wecom, "z", {date("2026-03-02"), date("2026-03-06")}))
        messages.push_back(day.cells[0] + " " + day.cells[5]);
    EXPECT_THAT(messages, ElementsAre("2026-03-02 30", "2026-03-03 ", "2026-03-05 ", "2026-03-06 0"));
}

TEST(Statistics, a_time_beyond_all_days_is_refused) {
    for (const char* time : {"999999999999999", "\"999999999999999\"", "9999999999", "-1", "18446744073709551615"}) {
        Asking asking;
        asking.script.answers = {token, R"({"errcode":0,"behavior_data":[{"stat_time":)" + std::string(time) +
                                            R"(,"chat_cnt":1,"message_cnt":1}]})"};
        try {
            guide_days_of(asking.wecom, "z", {date("2026-03-02"), date("2026-03-06")});
            FAIL() << time << " was taken";
        } catch (const Error& error) {
            EXPECT_EQ(error.note().id, "pull.odd_answer") << time;
        }
    }
}

TEST(Statistics, a_file_is_quoted) {
    EXPECT_EQ(canonical_csv(Fact::group_days, {{date("2026-03-01"), {"2026-03-01", "owner:a\"b,c", "5", "", "", "3"}}}),
              "date,group_id,members,new_members,active_members,messages\r\n"
              "\"2026-03-01\",\"owner:a\"\"b,c\",\"5\",\"\",\"\",\"3\"\r\n");
}

}  // namespace
}  // namespace siyu
