// SPDX-License-Identifier: Apache-2.0
#include "core/engine/split.hpp"

#include "tests/engine/bench.hpp"

namespace siyu {
namespace {

using Op = SetNode::Op;
using Figure = MeasureNode::Op;

const Day first = date(2026, 11, 1), last = date(2026, 11, 30);

class Split : public testing::Test {
  protected:
    void SetUp() override {
        bench.shop.take(Fact::store_guides, "store_id,guide_id,from\ns1,g1,\ns1,g2,\ns2,g3,\n");
        bench.shop.take(Fact::joins,
                        "joined_at,customer_id,guide_id,group_id,channel\n2026-10-01,a,g1,,A\n2026-10-01,b,g1,,B\n"
                        "2026-10-01,b,,r1,B\n2026-11-02,c,g2,,A\n2026-11-03,c,g3,,B\n2026-11-04,d,,,\n");
        bench.shop.take(Fact::leaves, "left_at,customer_id,guide_id\n2026-11-20,b,g1\n");
        bench.shop.take(
            Fact::orders,
            "order_id,paid_at,amount,customer_id,guide_id,channel,category,refunded,refunded_at\n"
            "1,2026-11-05,10,a,g2,A,x,,\n2,2026-11-06,20,a,g2,A,y,5,2026-11-07\n3,2026-11-07,40,b,g3,B,x,,\n"
            "4,2026-11-08,80,c,,B,,,\n5,2026-11-09,160,,g3,A,x,7,2026-11-10\n");
        bench.shop.take(Fact::interactions,
                        "at,customer_id,kind,guide_id,campaign\n2026-11-05,a,click,g1,m\n"
                        "2026-11-06,a,click,g1,n\n2026-11-07,b,click,g1,m\n2026-11-07,c,live,,m\n");
    }
    std::string by(const std::string& column, MeasureId id) { return bench.split(id, column, first, last); }
    std::string by(const std::string& column, SetId id, bool) { return by(column, bench.size(id)); }
    Bench bench;
};

TEST_F(Split, TotalsByColumnAndByRoster) {
    const MeasureId gmv = bench.total("orders", "amount");
    EXPECT_EQ(by("guide_id", gmv), "=8000 g2=3000 g3=20000 ");
    EXPECT_EQ(by("guide_id.store_id", gmv), "=8000 s1=3000 s2=20000 ");
    EXPECT_EQ(by("category", gmv), "=8000 x=21000 y=2000 ");
    EXPECT_EQ(by("customer_id", gmv), "=16000 a=3000 b=4000 c=8000 ");
    EXPECT_EQ(by("导购ID", gmv), "=8000 g2=3000 g3=20000 ");
    EXPECT_EQ(by("guide_id", bench.total("orders")), "=1 g2=2 g3=2 ");
    EXPECT_EQ(by("guide_id", bench.total("orders", "amount", {is("channel", "A")})), "g2=3000 g3=16000 ");
    EXPECT_EQ(by("channel", bench.of_rows(Figure::distinct, "orders", "category")), "A=2 B=1 ");
    EXPECT_EQ(by("guide_id", bench.of_rows(Figure::distinct, "orders", "customer_id")), "=1 g2=1 g3=1 ");
    EXPECT_EQ(bench.split(gmv, "guide_id", last, last), "");
    EXPECT_EQ(by("store_id", bench.total("store_guides")), "s1=2 s2=1 ");
    EXPECT_EQ(by("guide_id", bench.quantity("refunds_booked")), "g2=500 g3=700 ");
}

// A ratio of a value is the ratio of its sums, never a mean of ratios.
TEST_F(Split, RatiosAreOfTheSumsOfEachValue) {
    bench.ask(first, last, [&](Evaluation& evaluation) {
        const MeasureId gmv = bench.total("orders", "amount"), rows = bench.total("orders");
        const auto above = evaluation.split(gmv, "guide_id.store_id", first, last);
        const auto below = evaluation.split(rows, "guide_id.store_id", first, last);
        EXPECT_EQ(above.size(), 3U);
        EXPECT_EQ(ratio(above[1].second, below[1].second), Value(1500));
        EXPECT_EQ(ratio(above[2].second, below[2].second), Value(10000));
        return 0;
    });
}

TEST_F(Split, SetsByTheColumnsOfTheirRows) {
    EXPECT_EQ(by("guide_id", bench.size(bench.set(Op::bought))), "=1 g2=1 g3=1 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.set(Op::bought, {}, 2))), "=0 g2=1 g3=0 ");
    EXPECT_EQ(by("channel", bench.size(bench.set(Op::joined))), "=1 A=1 B=1 ");
    // Of c's joins the earliest speaks.
    EXPECT_EQ(by("channel", bench.size(bench.set(Op::arrived))), "=1 A=1 ");
    EXPECT_EQ(by("guide_id.store_id", bench.size(bench.set(Op::arrived))), "=1 s1=1 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.set(Op::left))), "g1=1 ");
    EXPECT_EQ(by("campaign", bench.size(bench.set(Op::interacted, {is("kind", "click")}))), "m=2 n=1 ");
    EXPECT_EQ(by("category", bench.size(bench.set(Op::spent, {}, 1500))), "=1 x=1 y=1 ");
    EXPECT_EQ(by("category", bench.size(bench.set(Op::basket, {}, 1000, 2000))), "=0 x=1 y=0 ");
    bench.shop.take(Fact::memberships,
                    "customer_id,plan,from\na,gold,2026-01-01\nb,gold,2026-01-01\nc,银,2026-01-01\n");
    EXPECT_EQ(by("plan", bench.size(bench.listed("memberships"))), "gold=2 银=1 ");
    EXPECT_EQ(by("customer_id.plan", bench.total("orders", "amount")), "=16000 gold=7000 银=8000 ");
}

TEST_F(Split, MembersByTheirRelationships) {
    // At the start a and b are in touch with g1, b is in r1 too; at the end a with g1, c with g2 and g3.
    EXPECT_EQ(by("guide_id", bench.size(bench.members(false))), "=1 g1=2 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.members(true))), "=2 g1=1 g2=1 g3=1 ");
    EXPECT_EQ(by("guide_id.store_id", bench.size(bench.members(true))), "=2 s1=2 s2=1 ");
    EXPECT_EQ(by("group_id", bench.size(bench.members(true, {}, Op::group_members))), "r1=1 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.members(true, {is("guide_id.store_id", "s1")}))), "g1=1 g2=1 ");
    const SetId stay = bench.pair(Op::both, bench.members(false), bench.members(true));
    EXPECT_EQ(by("guide_id", bench.size(stay)), "=1 g1=1 g2=0 g3=0 ");
}

TEST_F(Split, JoinedSetsDivideWhereTheirSidesDo) {
    const SetId start = bench.members(false), bought = bench.set(Op::bought), clicked = bench.set(Op::interacted);
    // Both divide by guide: start {"": b, g1: ab}, bought {"": c, g2: a, g3: b}.
    EXPECT_EQ(by("guide_id", bench.size(bench.pair(Op::both, start, bought))), "=0 g1=0 g2=0 g3=0 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.pair(Op::either, start, bought))), "=2 g1=2 g2=1 g3=1 ");
    EXPECT_EQ(by("guide_id", bench.size(bench.pair(Op::without, start, bought))), "=1 g1=2 ");
    // By category the orders alone do; the other side stays whole.
    EXPECT_EQ(by("category", bench.size(bench.pair(Op::both, start, bought))), "=0 x=2 y=1 ");
    EXPECT_EQ(by("category", bench.size(bench.pair(Op::both, bought, start))), "=0 x=2 y=1 ");
    EXPECT_EQ(by("category", bench.size(bench.pair(Op::without, bought, start))), "=1 x=0 y=0 ");
    EXPECT_EQ(refused([&] { by("category", bench.size(bench.pair(Op::without, start, bought))); }),
              "kpi.cannot_divide");
    EXPECT_EQ(refused([&] { by("category", bench.size(bench.pair(Op::either, bought, start))); }), "kpi.cannot_divide");
    // a clicks on the 5th and 6th and buys on both days; b on one.
    const SetId followed = bench.pair(Op::followed, bought, clicked, 1);
    EXPECT_EQ(by("category", bench.size(followed)), "=0 x=1 y=0 ");
    EXPECT_EQ(refused([&] { by("campaign", bench.size(followed)); }), "kpi.cannot_divide");
}

TEST_F(Split, TotalsOfASetDivideByItWhereTheirRowsDoNot) {
    const SetId start = bench.members(false, {}, Op::group_members), bought = bench.set(Op::bought);
    // Orders have no campaign, who clicked there has: a in m and n, b in m, c in m.
    const MeasureId by_campaign = bench.total("orders", "amount", {}, bench.set(Op::interacted));
    EXPECT_EQ(by("campaign", by_campaign), "m=15000 n=3000 ");
    EXPECT_EQ(by("group_id", bench.total("orders", "amount", {}, start)), "r1=4000 ");
    // Where the rows have the column they divide, and the set stays whole.
    EXPECT_EQ(by("guide_id", bench.total("interactions", "", {}, bought)), "=1 g1=3 ");
    EXPECT_EQ(by("channel", bench.of_rows(Figure::distinct, "interactions", "kind", {}, bought)), "A=1 B=2 ");
}

TEST_F(Split, SumsOfMeasuresAddUpValueByValue) {
    const MeasureId gmv = bench.total("orders", "amount"), back = bench.quantity("refunds_booked");
    EXPECT_EQ(by("guide_id", bench.both(Figure::minus, gmv, back)), "=8000 g2=2500 g3=19300 ");
    const MeasureId clicks = bench.total("interactions");
    EXPECT_EQ(by("guide_id", bench.both(Figure::plus, bench.total("orders"), clicks)), "=2 g1=3 g2=2 g3=2 ");
    EXPECT_EQ(by("guide_id", bench.both(Figure::minus, bench.constant(5), clicks)), "=4 g1=2 ");
    EXPECT_EQ(by("guide_id", bench.both(Figure::plus, clicks, bench.constant(Fraction(1, 2)))), "=3/2 g1=7/2 ");
    const MeasureId fee = bench.quantity("service_fee");
    for (const MeasureId bad : {fee, bench.both(Figure::plus, gmv, fee), bench.constant(1),
                                bench.both(Figure::plus, bench.constant(1), bench.constant(2)), bench.total("touches")})
        EXPECT_EQ(refused([&] { by("guide_id", bad); }), "kpi.cannot_divide");
    for (const char* column : {"amount", "paid_at", "colour", "guide_id.colour", "path.tier", ""})
        EXPECT_EQ(refused([&] { by(column, gmv); }), "kpi.cannot_divide") << column;
}

TEST_F(Split, TicketsAndSurveysByGuide) {
    bench.shop.take(Fact::tickets,
                    "ticket_id,opened_at,first_response_at,guide_id\nt1,2026-11-05 10:00,2026-11-05 10:05,g1\n"
                    "t2,2026-11-05 10:00,2026-11-05 10:06,g2\nt3,2026-11-05 10:00,2026-11-05 10:01,\n");
    bench.shop.take(Fact::surveys,
                    "at,score,guide_id,response_id\n2026-11-05,5,g1,1\n2026-11-06,3,g1,2\n2026-11-06,4,g3,3\n");
    EXPECT_EQ(by("guide_id", bench.quantity("tickets_answered", {5})), "=1 g1=1 ");
    EXPECT_EQ(by("guide_id.store_id", bench.quantity("tickets_overdue", {48})), "=1 s1=2 ");
    EXPECT_EQ(by("guide_id", bench.quantity("surveys_satisfied")), "g1=1 g3=1 ");
    EXPECT_EQ(refused([&] { by("customer_id", bench.quantity("surveys_satisfied")); }), "kpi.cannot_divide");
}

}  // namespace
}  // namespace siyu
