// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/letters.hpp"
#include "tests/delivery/links.hpp"

// What somebody may read follows what they are to the brand today, and what a link leads to what they were sent.
namespace siyu {
namespace {

class Roles : public Links {
  protected:
    static Recipient group(Role role) {
        Recipient one;
        one.address = "wecom:fans";
        one.role = role;
        return one;
    }
    // What a recipient's link of a purpose answers, with the agency's edition told apart.
    std::pair<int, bool> page_for(const Recipient& one, Link::Purpose purpose) {
        const WebAnswer answer =
            ask("GET", signer.path({purpose, tenant.number, one.number, daily("2026-11-19"), clock.now + 86'400}));
        return {answer.status, answer.body.find("代运营内部") != std::string::npos};
    }
    void change(Recipient& one, Role role) {
        one.role = role;
        People(database(), tenant.number).save(one);
    }
};

const std::pair<int, bool> nothing{404, false}, brands{200, false}, agencys{200, true};

TEST_F(Roles, AGroupIsOneBrandsAndNeverOurOwnPeoplesToo) {
    People own(database(), tenant.number);
    Recipient fans = own.add(group(Role::brand));
    People other(database(), add("milou", "米鹿母婴").number);
    for (const Role role : {Role::brand, Role::agency, Role::pm}) EXPECT_THROW(other.add(group(role)), Error);
    for (const Role role : {Role::agency, Role::pm}) EXPECT_THROW(change(fans, role), Error);
    fans.role = Role::brand;
    fans.removed = true;
    own.save(fans);
    EXPECT_THROW(other.add(group(Role::agency)), Error) << "the brand's people are still in it";
    EXPECT_NO_THROW(other.add(group(Role::brand))) << "the name is free for another group";
}

TEST_F(Roles, OurOwnPeoplesGroupHearsOfSeveralBrandsAndBecomesNoBrands) {
    People(database(), tenant.number).add(group(Role::agency));
    People other(database(), add("milou", "米鹿母婴").number);
    Recipient staff = other.add(group(Role::agency));
    staff.role = Role::brand;
    EXPECT_THROW(other.save(staff), Error);
    EXPECT_THROW(People(database(), add("pawpaw", "爪爪").number).add(group(Role::brand)), Error);
}

TEST_F(Roles, AWrongRoleShowsNobodyTheAgencysEdition) {
    EXPECT_EQ(page_for(reader, Link::Purpose::page), brands);
    EXPECT_EQ(page_for(pm, Link::Purpose::inside), agencys);
    change(reader, Role::agency);  // whose domain is the brand's
    for (const auto purpose : {Link::Purpose::page, Link::Purpose::inside, Link::Purpose::answer})
        EXPECT_EQ(page_for(reader, purpose), nothing);
    agree("domains", "aurora.example,agency.example");
    change(pm, Role::brand);
    EXPECT_EQ(page_for(pm, Link::Purpose::inside), nothing) << "sent when they were the agency's";
    EXPECT_EQ(page_for(pm, Link::Purpose::page), brands);
    change(pm, Role::agency);
    EXPECT_EQ(page_for(pm, Link::Purpose::page), brands) << "sent when they were the brand's";
    EXPECT_EQ(page_for(pm, Link::Purpose::answer), nothing);
}

TEST_F(Roles, AMailLeadsToTheEditionOfItsReader) {
    MailSettings settings;
    settings.from = "reports@agency.example";
    settings.url = "https://c.agency.example";
    const Letters letters(settings, "0123456789abcdef0123456789abcdef", delivery);
    const Publication sent = now(daily("2026-11-19"));
    const auto purpose = [&](const Recipient& to) {
        const std::string text = letters.group(tenant, sent, content(sent.key), to).message;
        const std::size_t at = text.find(settings.url) + settings.url.size();
        return signer.read(text.substr(at, text.find_first_of(")\" \n", at) - at), clock.now)->purpose;
    };
    EXPECT_EQ(purpose(reader), Link::Purpose::page);
    EXPECT_EQ(purpose(pm), Link::Purpose::inside);
}

TEST_F(Roles, ADomainThatIsAllowedNoMoreOpensNoPage) {
    agree("domains", "other.example");
    for (const auto purpose : {Link::Purpose::page, Link::Purpose::answer})
        EXPECT_EQ(page_for(reader, purpose), nothing);
    EXPECT_EQ(ask("POST", signer.path(to(Link::Purpose::unsubscribe))).status, 200) << "which anybody may";
}

TEST_F(Roles, AnUnsubscribedReaderStillOpensWhatWasSent) {
    reader.unsubscribed_at = clock.now;
    People(database(), tenant.number).save(reader);
    EXPECT_EQ(page_for(reader, Link::Purpose::page), brands);
}

TEST_F(Roles, AnotherLanguageLaterStillOpensWhatWasSent) {
    reader.language = Language::en;
    People(database(), tenant.number).save(reader);
    EXPECT_EQ(page_for(reader, Link::Purpose::page), brands);
    EXPECT_EQ(page_for(reader, Link::Purpose::answer).first, 200);
    const WebAnswer page = ask("GET", signer.path(to(Link::Purpose::page)));
    EXPECT_NE(page.body.find("lang=\"zh-CN\""), std::string::npos);
    EXPECT_EQ(page.body.find("In one sentence"), std::string::npos) << "one language on a page";
}

}  // namespace
}  // namespace siyu
