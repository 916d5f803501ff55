// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/links.hpp"

// What a brand says of its figures: nothing of it is lost, and nobody is taken to have said more.
namespace siyu {
namespace {

class Answers : public Links {
  protected:
    std::string path() const { return signer.path(to(Link::Purpose::answer)); }
    std::vector<KeptObjection> said() { return FollowUps(database(), tenant.number).objections(); }
    // The line of a report about confirmations, or nothing.
    std::string confirmed_in(const PublicationKey& key, Audience audience = Audience::brand,
                             Language language = Language::zh) {
        for (const Content& content : Publications(database()).contents(key))
            if (content.audience == audience && content.language == language)
                for (const PagePart& part : read_document(content.bytes).parts)
                    if (part.id == "confirmations") return std::get<Paragraph>(part.blocks.at(0)).text;
        return {};
    }
};

TEST_F(Answers, WhoDoubtsAndPressesTheWrongButtonIsAskedAgainAndLosesNothing) {
    const std::vector<std::map<std::string, std::string>> doubts = {
        {{"do", "confirm"}, {"figure", "churn"}, {"said", "少了 3 万 <b>"}},
        {{"do", "confirm"}, {"figure", "churn"}},
        {{"do", "confirm"}, {"said", "少了 3 万 <b>"}},
        {{"do", "dispute"}, {"said", "少了 3 万 <b>"}},
        {{"do", "confirm"}, {"figure", "no_such_figure"}},
        {},
        {{"do", ""}},
        {{"do", "Confirm"}},
        {{"figure", "churn"}, {"said", "少了 3 万 <b>"}}};
    for (const auto& form : doubts) {
        const WebAnswer again = ask("POST", path(), form);
        EXPECT_EQ(again.status, 400);
        EXPECT_NE(again.body.find("¥1,000.00"), std::string::npos) << "the form once more";
        EXPECT_EQ(again.body.find("value=\"churn\" checked") != std::string::npos,
                  form.contains("figure") && form.at("figure") == "churn");
        EXPECT_EQ(again.body.find("少了 3 万 &lt;b&gt;</textarea>") != std::string::npos, form.contains("said"));
        EXPECT_EQ(again.body.find("value=\"gmv\" checked"), std::string::npos);
    }
    EXPECT_TRUE(said().empty());
    EXPECT_EQ(ask("POST", path(), {{"do", "dispute"}, {"figure", "churn"}, {"said", "少了"}}).status, 200)
        << "the link is still good";
    ASSERT_EQ(said().size(), 1U);
    EXPECT_EQ(said()[0].figure, "churn");
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_NE(catalogue(Language::zh).say(notes[0]).find("王芳"), std::string::npos) << "the PM reads who";
}

TEST_F(Answers, BlanksInTheTextAreNoDoubt) {
    EXPECT_EQ(ask("POST", path(), {{"do", "confirm"}, {"said", " \r\n"}}).status, 200);
    ASSERT_EQ(said().size(), 1U);
    EXPECT_TRUE(said()[0].figure.empty());
}

TEST_F(Answers, AConfirmationStandsInTheNextReportAndInNoOther) {
    enlist("smith@aurora.example", Role::brand, Language::en);
    at("2026-11-20 15:00");
    EXPECT_EQ(ask("POST", path(), {{"do", "confirm"}}).status, 200);
    settle_at("2026-11-21 09:00");
    const std::string line = "品牌方已确认 2026-11-19 的 GMV 等 2 项数字（王芳，11月20日）。";
    EXPECT_EQ(confirmed_in(daily("2026-11-20")), line);
    EXPECT_EQ(confirmed_in(daily("2026-11-20"), Audience::agency), line);
    EXPECT_NE(confirmed_in(daily("2026-11-20"), Audience::brand, Language::en).find("GMV and the other figures"),
              std::string::npos);
    EXPECT_EQ(confirmed_in(daily("2026-11-19")), "") << "what was sent stays";
    settle_at("2026-11-22 09:00");
    EXPECT_EQ(confirmed_in(daily("2026-11-21")), "");
}

TEST_F(Answers, AConfirmationTakesNoApprovalBack) {
    agree("approval", "review");
    settle_at("2026-11-21 07:00");
    approve(daily("2026-11-20"));
    EXPECT_EQ(ask("POST", path(), {{"do", "confirm"}}).status, 200);
    settle_at("2026-11-21 09:00");
    EXPECT_EQ(now(daily("2026-11-20")).state, PublicationState::released);
    EXPECT_EQ(confirmed_in(daily("2026-11-20")), "") << "which is the next one's to tell";
    settle_at("2026-11-22 08:00");
    EXPECT_NE(confirmed_in(daily("2026-11-21")), "");
}

TEST_F(Answers, ADailyReportsConfirmationIsNoMatterOfTheWeeks) {
    agree("send_weekly", "mon 09:30");
    at("2026-11-21 15:00");
    EXPECT_EQ(ask("POST", path(), {{"do", "confirm"}}).status, 200);
    settle_at("2026-11-23 09:30");
    const PublicationKey week{tenant.number, Rhythm::weekly, *parse_day("2026-11-22"), 1};
    EXPECT_FALSE(Publications(database()).contents(week).empty());
    EXPECT_EQ(confirmed_in(week), "");
}

}  // namespace
}  // namespace siyu
