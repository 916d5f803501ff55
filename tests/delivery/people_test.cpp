// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/people.hpp"

#include "tests/delivery/office.hpp"

namespace siyu {
namespace {

TEST(Address, WhatCannotStandInAMailIsNone) {
    for (const char* good : {"a@b.cn", "wang.fang+x@mail.aurora.example", "o'neil@a-b.example"})
        EXPECT_TRUE(is_address(good)) << good;
    for (const std::string bad :
         {"", "@", "a@", "@b.cn", "a@b", "a b@c.cn", "a@b@c.cn", "a@b.cn\r\nBcc: x@y.cn", "a@b.cn\n", "王@b.cn",
          "a@b..cn", ".a@b.cn", "a@-b.cn", "<a@b.cn>", "a@b.cn,c@d.cn", "\"a\"@b.cn", "a@[127.0.0.1]"})
        EXPECT_FALSE(is_address(bad)) << bad;
    EXPECT_FALSE(is_address(std::string(65, 'a') + "@b.cn"));
    EXPECT_FALSE(is_address(std::string("a@b.cn\0", 7)));
}

TEST_F(Office, RecipientsWithLineBreaksOrBadGroupsAreRefused) {
    for (const char* bad : {"x@aurora.example\r\nBcc: y@z.example", "wecom:../../etc", "wecom:", "nobody"}) {
        Recipient one;
        one.address = bad;
        EXPECT_THROW(People(database(), tenant.number).add(one), Error) << bad;
    }
    Recipient named;
    named.address = "li@aurora.example";
    named.name = "李\r\nBcc: y@z.example";
    EXPECT_THROW(People(database(), tenant.number).add(named), Error);
    EXPECT_EQ(People(database(), tenant.number).list().size(), 2U);
}

TEST_F(Office, ARemovedRecipientsNumberIsNobodyElses) {
    People people(database(), tenant.number);
    Recipient gone = people.find(reader.address);
    gone.removed = true;
    people.save(gone);
    Recipient other;
    other.address = "li@aurora.example";
    EXPECT_GT(people.add(other).number, pm.number);
    EXPECT_TRUE(people.find(gone.number)->removed);
}

TEST_F(Office, WhoWasRemovedComesBackWithTheirNumberAndUnsubscribed) {
    People people(database(), tenant.number);
    Recipient gone = people.find(reader.address);
    gone.unsubscribed_at = clock.now;
    gone.removed = true;
    people.save(gone);
    Recipient again;
    again.address = "WANG@aurora.example";
    again.language = Language::en;
    again = people.add(again);
    EXPECT_EQ(again.number, reader.number);
    const Recipient kept = people.find(reader.address);
    EXPECT_EQ(kept.address, "WANG@aurora.example");
    EXPECT_EQ(kept.language, Language::en);
    EXPECT_EQ(kept.unsubscribed_at, clock.now);
    EXPECT_EQ(people.list().size(), 2U);
    EXPECT_THROW(people.add(again), Error);
}

TEST_F(Office, AMailboxIsThereOnceHoweverItIsSpelt) {
    People people(database(), tenant.number);
    Recipient again;
    again.address = "Wang@Aurora.example";
    EXPECT_THROW(people.add(again), Error);
    EXPECT_EQ(people.find(again.address).number, reader.number);
}

TEST_F(Office, AGroupIsOneBrands) {
    Recipient group;
    group.address = "wecom:fans";
    People(database(), tenant.number).add(group);
    const Tenant other = add("milou", "米鹿母婴");
    EXPECT_THROW(People(database(), other.number).add(group), Error);
    group.role = Role::agency;
    EXPECT_THROW(People(database(), other.number).add(group), Error)
        << "not even as our own people's: they read it too";
}

TEST(DeliveryTerms, RefuseWhatTheyCannotMean) {
    for (const auto& [key, value] : std::vector<std::pair<const char*, const char*>>{{"logo", "../../../etc/passwd"},
                                                                                     {"logo", "/etc/passwd"},
                                                                                     {"logo", ".."},
                                                                                     {"logo", "a\nb.png"},
                                                                                     {"colour", "red"},
                                                                                     {"colour", "#12345"},
                                                                                     {"colour", "#1234567"},
                                                                                     {"domains", "aurora"},
                                                                                     {"domains", "a..b"},
                                                                                     {"domains", "*.cn"},
                                                                                     {"approval", "yes"},
                                                                                     {"unapproved", "delete"},
                                                                                     {"send_weekly", "09:00 mon"},
                                                                                     {"ready_by", "25:00"},
                                                                                     {"mail_contact", "a\r\nb"}})
        EXPECT_THROW(Agreement::check(key, value), Error) << key << "=" << value;
    EXPECT_NO_THROW(Agreement::check("domains", "aurora.cn, aurora.com"));
    EXPECT_NO_THROW(Agreement::check("logo", "标志.png"));
}

}  // namespace
}  // namespace siyu
