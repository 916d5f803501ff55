// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/links.hpp"

#include <array>
#include <cstdio>
#include <set>
#include <thread>

#include "core/delivery/letters.hpp"
#include "core/delivery/pace.hpp"

namespace siyu {
namespace {

TEST_F(Links, AreSignedAsTheStandardSays) {
    const Link link = to(Link::Purpose::unsubscribe);
    const std::string command = "python3 -c \"import hmac; print(hmac.new(b'0123456789abcdef0123456789abcdef', b'" +
                                link.name() + "', 'sha256').hexdigest()[:40])\"";
    FILE* stream = popen(command.c_str(), "r");
    std::array<char, 64> line{};
    ASSERT_TRUE(std::fgets(line.data(), line.size(), stream));
    ASSERT_EQ(pclose(stream), 0);
    EXPECT_EQ(signer.path(link), "/" + link.name() + "." + std::string(line.data(), 40));
}

TEST_F(Links, NobodyCanMakeOneUpOrTurnOneIntoAnother) {
    const std::string path = signer.path(to(Link::Purpose::page));
    ASSERT_TRUE(signer.read(path, clock.now));
    EXPECT_LT(path.size(), 100U);
    for (std::size_t i = 0; i < path.size(); ++i)
        for (const char c : {'0', '1', 'a', '.', '/'}) {
            std::string other = path;
            if (other[i] == c) continue;
            other[i] = c;
            EXPECT_FALSE(signer.read(other, clock.now)) << other;
        }
    for (const char* odd : {"", "/", "/r/", "/r/.", "/u/1.1", "/x/1.1.00", "/../../etc/passwd", "/r/1.1.0.1.1.1."})
        EXPECT_FALSE(signer.read(odd, clock.now)) << odd;
    EXPECT_FALSE(LinkSigner("another key of the same length!!").read(path, clock.now));
    EXPECT_FALSE(signer.read(path, clock.now + 86'401)) << "it is over";
}

TEST_F(Links, LookingUnsubscribesNobodyAndPostingDoesAtOnce) {
    const std::string path = signer.path(to(Link::Purpose::unsubscribe));
    for (const char* method : {"GET", "HEAD", "GET"}) EXPECT_EQ(ask(method, path).status, 200);
    EXPECT_FALSE(unsubscribed());
    EXPECT_EQ(ask("POST", path, {{"List-Unsubscribe", "One-Click"}}).status, 200);
    EXPECT_TRUE(unsubscribed());
    EXPECT_EQ(ask("POST", path, {{"List-Unsubscribe", "One-Click"}}).status, 200) << "again does no harm";
    settle_at("2026-11-21 09:00");
    EXPECT_TRUE(out(daily("2026-11-20")).empty());
    EXPECT_EQ(ask("POST", path, {{"do", "subscribe"}}).status, 200);
    EXPECT_FALSE(unsubscribed());
}

TEST_F(Links, AReportIsShownAsItWasSent) {
    facts("¥9.00");
    const WebAnswer answer = ask("GET", signer.path(to(Link::Purpose::page)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("¥1,000.00"), std::string::npos);
    Link unsent = to(Link::Purpose::page);
    unsent.about->last = unsent.about->last + 1;
    EXPECT_EQ(ask("GET", signer.path(unsent)).status, 404);
}

TEST_F(Links, AFigureIsDisputedOnceAndComesBackInTheNextReport) {
    const std::string path = signer.path(to(Link::Purpose::answer));
    const WebAnswer form = ask("GET", path);
    EXPECT_NE(form.body.find("¥1,000.00"), std::string::npos);
    EXPECT_EQ(ask("POST", path, {{"do", "dispute"}}).status, 400) << "nothing was ticked, and the link is still good";
    EXPECT_EQ(ask("POST", path, {{"do", "dispute"}, {"figure", "gmv"}, {"said", "我们后台是 <b>1,200</b>"}}).status,
              200);
    EXPECT_EQ(times_told("notice:objection:"), 1U);
    const WebAnswer again = ask("POST", path, {{"do", "dispute"}, {"figure", "churn"}, {"said", "又一次"}});
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body.find("¥1,000.00"), std::string::npos) << "used, it reveals nothing";
    EXPECT_EQ(FollowUps(database(), tenant.number).objections().size(), 1U);
    settle_at("2026-11-21 09:00");
    EXPECT_NE(write_document(content(daily("2026-11-20"))).find("我们后台是 <b>1,200</b>"), std::string::npos);
}

TEST_F(Links, WhatIsNoTextStopsNoReport) {
    const std::string path = signer.path(to(Link::Purpose::answer));
    const std::string said = "\xff\xe6" + std::string(60'000, 'x');
    EXPECT_EQ(ask("POST", path, {{"do", "dispute"}, {"figure", "gmv"}, {"said", said}}).status, 200);
    EXPECT_LE(notes.back().with[1].second.size(), 4000U) << "and no notice is as long as a book";
    settle_at("2026-11-21 09:00");
    EXPECT_EQ(now(daily("2026-11-20")).state, PublicationState::released);
    EXPECT_NE(write_document(content(daily("2026-11-20"))).find("xxx"), std::string::npos);
}

TEST_F(Links, AFigureThatTheReportDoesNotHaveCannotBeDisputed) {
    const std::string path = signer.path(to(Link::Purpose::answer));
    EXPECT_EQ(ask("POST", path, {{"do", "dispute"}, {"figure", "margin_rate"}}).status, 400);
    EXPECT_TRUE(FollowUps(database(), tenant.number).objections().empty());
}

TEST_F(Links, ConfirmingIsKept) {
    EXPECT_EQ(ask("POST", signer.path(to(Link::Purpose::answer)), {{"do", "confirm"}}).status, 200);
    const auto said = FollowUps(database(), tenant.number).objections();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(said[0].figure.empty());
    EXPECT_EQ(times_told("notice:objection:"), 0U);
}

TEST_F(Links, WithoutASignedLinkThereIsNothing) {
    const WebAnswer none = ask("GET", "/");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.body.find(tenant.name), std::string::npos);
    Recipient removed = reader;
    removed.removed = true;
    People(database(), tenant.number).save(removed);
    EXPECT_EQ(ask("GET", signer.path(to(Link::Purpose::page))).body, none.body) << "and nothing tells the two apart";
}

TEST(ForeignName, OtherBrandsAreFoundAndOnesOwnIsNot) {
    const Tenant own{1, "aurora", "曙光护肤", "standard", "Asia/Shanghai"};
    const std::vector<Tenant> all{own,
                                  {2, "sun", "曙光", "standard", ""},
                                  {3, "milou", "米鹿母婴", "standard", ""},
                                  {4, "tea", "Tea", "standard", ""}};
    DeliveryTerms terms;
    const auto find = [&](const std::string& text) {
        return foreign_name(text, own, terms, all, {"zhou@milou.example"});
    };
    EXPECT_FALSE(find("曙光护肤 每日经营简报"));
    EXPECT_EQ(find("曙光护肤与曙光的对比").value_or(""), "曙光");
    EXPECT_EQ(find("渠道：米鹿母婴小程序").value_or(""), "米鹿母婴");
    EXPECT_EQ(find("mail to ZHOU@milou.example.").value_or(""), "zhou@milou.example");
    EXPECT_FALSE(find("our team and steady growth")) << "a part of a word is no name";
    EXPECT_EQ(find("buy tea").value_or(""), "Tea");
    terms.scan_ignores = {"tea"};
    EXPECT_FALSE(find("buy tea"));
}

TEST(ForeignName, OnesOwnNameHidesNoLongerOne) {
    const Tenant own{1, "sun", "曙光", "standard", "Asia/Shanghai"};
    const std::vector<Tenant> all{own, {2, "aurora", "曙光护肤", "standard", ""}};
    EXPECT_EQ(foreign_name("渠道：曙光护肤", own, {}, all, {}).value_or(""), "曙光护肤");
    EXPECT_FALSE(foreign_name("渠道：曙光 护肤", own, {}, all, {}));
}

TEST(ForeignName, IsLookedForInWhatIsSaidAndNotInItsFraming) {
    Document document;
    document.brand = "某品牌";
    document.happened = "渠道 A\"B\\C";
    const std::string texts = texts_in(write_document(document));
    EXPECT_NE(texts.find("渠道 A\"B\\C\n"), std::string::npos);
    EXPECT_EQ(texts.find("happened"), std::string::npos);
}

TEST(GroupMessage, FitsAndSaysWhatIsLeftOut) {
    Document document;
    document.brand = "曙光护肤";
    document.kind = "每日经营简报";
    document.happened = "当日 GMV ¥1,000 <font color=\"warning\">假的</font> [x](http://evil.example)";
    for (int i = 0; i < 200; ++i)
        document.decisions.push_back("第 " + std::to_string(i) + " 项需要决定的事情，说明若干");
    const Catalogue& say = catalogue(Language::zh);
    const std::string text = group_markdown(document, "https://console.agency.example/r/1", say);
    EXPECT_LE(text.size(), 4096U);
    EXPECT_NE(text.find(say("delivery.group.cut")), std::string::npos);
    EXPECT_NE(text.find("https://console.agency.example/r/1"), std::string::npos);
    EXPECT_EQ(text.find("<font color=\"warning\">假的"), std::string::npos);
    EXPECT_EQ(text.find("](http://evil"), std::string::npos);
    document.decisions.clear();
    EXPECT_EQ(group_markdown(document, "https://x.example", say).find(say("delivery.group.cut")), std::string::npos);
}

TEST(GroupMessage, TellsWhatPeopleAdded) {
    Document document;
    FollowUp more;
    more.edition = 2;
    more.why = "10-05 的订单补录";
    more.corrections = {{"GMV", "¥100", "¥700"}};
    more.comment = "直播间周三改版";
    more.steps = {{"补投流", "小王", *day_of(2026, 10, 9), {}}};
    const Catalogue& say = catalogue(Language::zh);
    add(document, more, *day_of(2026, 10, 6), say);
    const std::string text = group_markdown(document, "https://x.example", say);
    for (const char* told : {"10-05 的订单补录", "GMV｜", "¥100，", "¥700", "直播间周三改版", "补投流｜", "小王"})
        EXPECT_NE(text.find(told), std::string::npos) << told << "\n" << text;
}

TEST_F(Office, TurnsAreEachGivenOnce) {
    std::set<std::int64_t> turns;
    std::mutex mutex;
    std::vector<std::unique_ptr<Database>> connections;
    for (int i = 0; i < 4; ++i) connections.push_back(connection());
    std::vector<std::thread> threads;
    for (const auto& one : connections)
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) {
                const std::int64_t turn = Pace(*one).turn("mail", 60, 1'000'000);
                const std::lock_guard lock(mutex);
                EXPECT_TRUE(turns.insert(turn).second);
            }
        });
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(turns.size(), 40U);
    EXPECT_EQ(*turns.begin(), 1'000'000);
    EXPECT_EQ(*turns.rbegin(), 1'000'000 + 39'000);
}

}  // namespace
}  // namespace siyu
