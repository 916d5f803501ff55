// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/bench.hpp"

namespace siyu {
namespace {

using Op = SetNode::Op;

const Day first = date(2026, 11, 1), last = date(2026, 11, 30);

// a: 60 + 40 = 100; b: 99.99; c: 300; without a customer: 500.
constexpr const char* orders =
    "order_id,paid_at,amount,customer_id,path\n"
    "1,2026-11-01 00:00:00,60,a,self\n2,2026-11-30 23:59:59,40,a,live\n3,2026-11-10,99.99,b,self\n"
    "4,2026-11-11,300,c,self\n5,2026-11-12,500,,self\n6,2026-12-01,1000,b,self\n7,2026-10-31 23:59:59,1000,b,self\n";

TEST(Spent, IsTheSumOfTheCustomersOrdersInTheWindow) {
    Bench bench;
    bench.shop.take(Fact::orders, orders);
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 1), first, last), Value(3));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 9999), first, last), Value(3));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 10000), first, last), Value(2));  // a is exactly there
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 10001), first, last), Value(1));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 0, 10000), first, last), Value(1));  // b alone, a is not below
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 9999, 30001), first, last), Value(3));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {is("path", "self")}, 10000), first, last), Value(1));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 0), last + 1, last + 1), Value(1));
    EXPECT_EQ(bench.count(bench.set(Op::spent, {}, 0), last + 2, last + 9), Value(0));
}

// a: mean 50; d: 33.34 + 33.33 + 33.33 is a mean of 33.33…, below 33.34.
TEST(Basket, IsTheMeanOrderComparedWithoutRounding) {
    Bench bench;
    bench.shop.take(Fact::orders, orders);
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,customer_id\n11,2026-11-02,33.34,d\n12,2026-11-03,33.33,d\n"
                    "13,2026-11-04,33.33,d\n");
    EXPECT_EQ(bench.count(bench.set(Op::basket, {}, 5000), first, last), Value(3));
    EXPECT_EQ(bench.count(bench.set(Op::basket, {}, 5001), first, last), Value(2));
    EXPECT_EQ(bench.count(bench.set(Op::basket, {}, 3333, 3334), first, last), Value(1));
    EXPECT_EQ(bench.count(bench.set(Op::basket, {}, 3334, 5000), first, last), Value(0));
}

TEST(Spent, ThresholdsAndWindowsThatMoveGiveTheFiguresOfTheirOwnDays) {
    Bench bench;
    bench.shop.take(Fact::orders, orders);
    SetNode node;
    node.op = Op::spent;
    node.at_least = 4000;
    node.trailing_days = 10;
    const MeasureId trailing = bench.size(bench.set(node));
    const MeasureId more = bench.size(bench.set(Op::spent, {}, 50000));
    // One evaluator for all, forth and back.
    bench.ask(last, last + 30, [&](Evaluation& evaluation) {
        const std::pair<Day, int> expected[] = {
            {date(2026, 11, 10), 2}, {date(2026, 11, 11), 2}, {date(2026, 11, 19), 2}, {date(2026, 11, 20), 1},
            {date(2026, 11, 21), 0}, {date(2026, 11, 30), 1}, {date(2026, 12, 1), 2},  {date(2026, 12, 10), 1},
            {date(2026, 11, 5), 2},  {date(2026, 11, 30), 1}, {date(2026, 11, 20), 1}};
        for (const auto& [day, customers] : expected)
            EXPECT_EQ(evaluation.measure(trailing, day, day), Value(customers)) << to_string(day);
        EXPECT_EQ(evaluation.measure(more, first - 1, last), Value(1));
        return 0;
    });
}

TEST(Window, EndsDaysAgo) {
    Bench bench;
    bench.shop.take(Fact::orders, orders);
    SetNode node;
    node.op = Op::bought;
    node.trailing_days = 10;
    node.days_ago = 19;  // of 30 November: 2 to 11 November
    EXPECT_EQ(bench.count(bench.set(node), last, last), Value(2));
    EXPECT_EQ(bench.count(bench.set(node), first, last), Value(2));
    EXPECT_EQ(bench.count(bench.set(node), last + 1, last + 1), Value(2));
    EXPECT_EQ(bench.count(bench.set(node), last + 8, last + 8), Value(2));
    EXPECT_EQ(bench.count(bench.set(node), last + 9, last + 9), Value(1));
    node.days_ago = 0;
    EXPECT_EQ(bench.count(bench.set(node), last, last), Value(1));
}

TEST(Listed, NamesWhoIsInTheRosterOnTheLastDay) {
    Bench bench;
    bench.shop.take(Fact::memberships,
                    "customer_id,plan,from,to\na,gold,2026-11-05,2026-11-20\nb,silver,2026-11-06,\n");
    bench.shop.take(Fact::kocs, "koc_id,customer_id,status,since\nk1,a,active,2026-11-03\nk2,,active,2026-11-03\n");
    const SetId members = bench.listed("memberships"), gold = bench.listed("memberships", {is("plan", "gold")});
    const SetId kocs = bench.listed("kocs", {is("status", "active")});
    EXPECT_EQ(bench.count(members, first, date(2026, 11, 4)), Value(0));
    EXPECT_EQ(bench.count(members, first, date(2026, 11, 5)), Value(1));
    EXPECT_EQ(bench.count(members, first, date(2026, 11, 20)), Value(2));
    EXPECT_EQ(bench.count(gold, first, date(2026, 11, 20)), Value(1));
    EXPECT_EQ(bench.count(gold, first, date(2026, 11, 21)), Value(0));
    EXPECT_EQ(bench.count(kocs, first, date(2026, 11, 2)), Value(0));
    EXPECT_EQ(bench.count(kocs, first, date(2026, 11, 3)), Value(1));
    EXPECT_EQ(bench.count(bench.pair(Op::without, members, kocs), first, last), Value(1));
    EXPECT_EQ(refused([&] { bench.count(bench.listed("groups"), first, last); }), "kpi.no_customers");
}

TEST(Followed, IsStrictlyLaterAndWithinSoManyTimes24Hours) {
    Bench bench;
    // a at once, b one second later, c exactly two days later, d one second more, e before, f another customer's.
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,customer_id,path\n"
                    "1,2026-11-10 10:00:00,1,a,pickup\n2,2026-11-10 10:00:00,1,a,self\n"
                    "3,2026-11-10 10:00:00,1,b,pickup\n4,2026-11-10 10:00:01,1,b,self\n"
                    "5,2026-11-10 10:00:00,1,c,pickup\n6,2026-11-12 10:00:00,1,c,self\n"
                    "7,2026-11-10 10:00:00,1,d,pickup\n8,2026-11-12 10:00:01,1,d,self\n"
                    "9,2026-11-10 10:00:00,1,e,self\n10,2026-11-10 11:00:00,1,e,pickup\n"
                    "11,2026-11-10 10:00:00,1,f,pickup\n");
    const SetId pickup = bench.set(Op::bought, {is("path", "pickup")}),
                self = bench.set(Op::bought, {is("path", "self")});
    const auto within = [&](int days) { return bench.pair(Op::followed, pickup, self, days); };
    EXPECT_EQ(bench.count(within(1), first, last), Value(1));
    EXPECT_EQ(bench.count(within(2), first, last), Value(2));
    EXPECT_EQ(bench.count(within(3), first, last), Value(3));
    EXPECT_EQ(bench.count(within(3), first, date(2026, 11, 11)), Value(1));
    EXPECT_EQ(bench.count(within(3), date(2026, 11, 11), last), Value(0));
    // With itself: a second order, not the same one.
    const SetId bought = bench.set(Op::bought);
    EXPECT_EQ(bench.count(bench.pair(Op::followed, bought, bought, 3), first, last), Value(4));
}

TEST(Followed, ALaterRowOfLeftMayBeTheOne) {
    Bench bench;
    bench.shop.take(Fact::joins, "joined_at,customer_id\n2026-11-01,a\n2026-11-20,a\n");
    bench.shop.take(Fact::interactions, "at,customer_id,kind\n2026-11-21,a,click\n");
    const SetId set =
        bench.pair(Op::followed, bench.set(Op::joined), bench.set(Op::interacted, {is("kind", "click")}), 1);
    EXPECT_EQ(bench.count(set, first, last), Value(1));
}

class Groups : public testing::Test {
  protected:
    void SetUp() override {
        bench.shop.take(Fact::groups, "group_id,tier,guide_id,opened_on\nr1,premium,g1,\nr2,regular,g2,2026-11-15\n");
        // a in r1 all the time; b from r1 to r2 on the 20th; c with guide g1, then gone; d came and went within a day;
        // e in an unknown group and with guide g2; f with nobody in particular.
        bench.shop.take(Fact::joins,
                        "joined_at,customer_id,guide_id,group_id\n2026-10-01,a,g9,r1\n2026-10-01,b,,r1\n"
                        "2026-11-20 12:00,b,,r2\n2026-10-05,c,g1,\n2026-11-07 08:00,d,g1,\n2026-10-03,e,,r7\n"
                        "2026-10-03,e,g2,\n2026-10-03,f,,\n");
        bench.shop.take(Fact::leaves,
                        "left_at,customer_id,guide_id,group_id\n2026-11-20 12:00,b,,r1\n2026-11-25,c,g1,\n"
                        "2026-11-07 09:00,d,g1,\n");
    }
    SetId group_members(bool at_end, std::vector<Filter> filters) {
        return bench.members(at_end, std::move(filters), Op::group_members);
    }
    Bench bench;
};

TEST_F(Groups, MembersOfAGroupAreThoseWithAnOpenRelationship) {
    const SetId start = group_members(false, {is("group_id", "r1")}), end = group_members(true, {is("group_id", "r1")});
    EXPECT_EQ(bench.count(start, first, last), Value(2));
    EXPECT_EQ(bench.count(end, first, last), Value(1));
    EXPECT_EQ(bench.count(end, first, date(2026, 11, 19)), Value(2));
    EXPECT_EQ(bench.count(group_members(true, {is("group_id", "r2")}), first, date(2026, 11, 19)), Value(0));
    EXPECT_EQ(bench.count(group_members(true, {is("group_id", "r2")}), first, date(2026, 11, 20)), Value(1));
    EXPECT_EQ(bench.count(group_members(true, {is("group_id", "nobody's")}), first, last), Value(0));
}

TEST_F(Groups, TheRosterOnTheLastDayOfTheWindowDecides) {
    const auto tier = [&](const char* value, bool at_end) {
        return group_members(at_end, {is("group_id.tier", value)});
    };
    EXPECT_EQ(bench.count(tier("premium", true), first, last), Value(1));
    EXPECT_EQ(bench.count(tier("premium", false), first, last), Value(2));
    EXPECT_EQ(bench.count(tier("regular", true), first, last), Value(1));
    // r2 stands in the roster from the 15th on: before, nothing is known of it.
    EXPECT_EQ(bench.count(tier("regular", true), first, date(2026, 11, 14)), Value(0));
    EXPECT_EQ(bench.count(tier("", true), first, last), Value(1));  // e, in r7
    EXPECT_EQ(bench.count(group_members(true, {lacks("group_id.tier")}), first, last), Value(1));
    EXPECT_EQ(bench.count(group_members(true, {has("group_id.tier")}), first, last), Value(2));
    EXPECT_EQ(bench.count(group_members(true, {is("group_id.guide_id", "g2")}), first, last), Value(1));
    EXPECT_EQ(bench.count(group_members(true, {is("group_id.guide_id", "g3")}), first, last), Value(0));
}

TEST_F(Groups, MembersOfAGuideAreThoseWhoAreInTouchWithIt) {
    EXPECT_EQ(bench.count(bench.members(false, {is("guide_id", "g1")}), first, last), Value(1));
    EXPECT_EQ(bench.count(bench.members(true, {is("guide_id", "g1")}), first, last), Value(0));
    EXPECT_EQ(bench.count(bench.members(true, {is("guide_id", "g1")}), date(2026, 11, 7), date(2026, 11, 7)), Value(1));
    EXPECT_EQ(bench.count(bench.members(true, {is("guide_id", "g9")}), first, last), Value(0));  // it only invited
    EXPECT_EQ(bench.count(bench.members(true, {has("guide_id")}), first, last), Value(1));
    EXPECT_EQ(bench.count(bench.members(true, {lacks("guide_id")}), first, last), Value(4));  // in groups, and f
    bench.shop.take(Fact::store_guides, "store_id,guide_id,from,to\ns1,g2,,2026-11-29\n");
    EXPECT_EQ(bench.count(bench.members(true, {is("guide_id.store_id", "s1")}), first, last - 1), Value(1));
    EXPECT_EQ(bench.count(bench.members(true, {is("guide_id.store_id", "s1")}), first, last), Value(0));
}

TEST_F(Groups, TogetherAreAllMembers) {
    for (Day day = date(2026, 9, 30); day <= last; ++day) {
        const auto everyone =
            bench.pair(Op::either, bench.members(true, {has("guide_id")}), bench.members(true, {lacks("guide_id")}));
        EXPECT_EQ(bench.count(everyone, day, day), bench.count(bench.members(true), day, day)) << to_string(day);
        EXPECT_EQ(bench.count(group_members(true, {has("group_id")}), day, day),
                  bench.count(group_members(true, {}), day, day));
    }
}

TEST(Lookup, OfSeveralRowsThatHoldTheLatestSpeaks) {
    Bench bench;
    bench.shop.take(Fact::store_guides,
                    "store_id,guide_id,from,to\ns1,g1,,\ns2,g1,2026-11-10,2026-11-20\ns3,g2,2026-11-30,\n");
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,guide_id\n1,2026-11-05,1,g1\n2,2026-11-15,2,g1\n"
                    "3,2026-11-06,4,g2\n4,2026-11-06,8,\n");
    const auto in = [&](const char* store) {
        return bench.total("orders", "amount", {is("guide_id.store_id", store)});
    };
    EXPECT_EQ(bench.value(in("s1"), first, date(2026, 11, 9)), Value(100));
    EXPECT_EQ(bench.value(in("s1"), first, date(2026, 11, 20)), Value(0));
    EXPECT_EQ(bench.value(in("s2"), first, date(2026, 11, 20)), Value(300));  // also what was before
    EXPECT_EQ(bench.value(in("s1"), first, date(2026, 11, 29)), Value(300));
    EXPECT_EQ(bench.value(in(""), first, date(2026, 11, 29)), Value(1200));
    EXPECT_EQ(bench.value(in(""), first, last), Value(800));
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {lacks("guide_id.store_id")}), first, last), Value(800));
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {has("guide_id.store_id")}), first, last), Value(700));
    EXPECT_EQ(refused([&] { bench.value(bench.total("orders", "", {is("guide_id.colour", "x")}), first, last); }),
              "kpi.unknown_column");
    EXPECT_EQ(refused([&] { bench.value(bench.total("orders", "", {is("path.store_id", "x")}), first, last); }),
              "kpi.unknown_column");
}

TEST(Lookup, PlanOfTheCustomer) {
    Bench bench;
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,customer_id\n1,2026-11-05,1,a\n2,2026-11-15,2,b\n"
                    "3,2026-11-06,4,c\n4,2026-11-06,8,\n");
    bench.shop.take(
        Fact::memberships,
        "customer_id,plan,from,to\na,gold,2026-01-01,\nb,gold,2026-01-01,2026-11-29\nb,silver,2026-11-30,\n");
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {is("customer_id.plan", "gold")}), first, last), Value(100));
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {is("customer_id.plan", "silver")}), first, last),
              Value(200));
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {is("customer_id.plan", "")}), first, last), Value(1200));
    EXPECT_EQ(bench.count(bench.set(Op::bought, {is("customer_id.plan", "gold")}), first, last - 1), Value(2));
}

}  // namespace
}  // namespace siyu
