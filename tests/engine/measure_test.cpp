// SPDX-License-Identifier: Apache-2.0
#include "core/engine/engine.hpp"
#include "tests/engine/bench.hpp"

namespace siyu {
namespace {

using Op = SetNode::Op;
using Figure = MeasureNode::Op;

const Day first = date(2026, 11, 1), last = date(2026, 11, 30);

TEST(Total, MayBeOfTheCustomersOfASetAlone) {
    Bench bench;
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,customer_id,channel,guide_id,refunded,refunded_at\n"
                    "1,2026-11-05,10,a,A,g1,3,2026-11-06\n2,2026-11-06,20,b,A,g1,5,2026-11-07\n"
                    "3,2026-11-07,40,,A,g2,7,2026-11-08\n4,2026-11-08,80,a,B,g2,,\n");
    bench.shop.take(Fact::kocs, "koc_id,customer_id,status,since\nk1,a,active,2026-01-01\nk2,c,active,2026-01-01\n");
    const SetId kocs = bench.listed("kocs");
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {}, kocs), first, last), Value(9000));
    EXPECT_EQ(bench.value(bench.total("orders", "", {}, kocs), first, last), Value(2));
    EXPECT_EQ(bench.value(bench.total("orders", "amount", {is("channel", "A")}, kocs), first, last), Value(1000));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::distinct, "orders", "guide_id", {}, kocs), first, last), Value(2));
    EXPECT_EQ(
        bench.value(bench.of_rows(Figure::distinct, "orders", "guide_id", {is("channel", "A")}, kocs), first, last),
        Value(1));
    EXPECT_EQ(bench.value(bench.quantity("refunds_booked"), first, last), Value(1500));
    EXPECT_EQ(bench.value(bench.quantity("refunds_booked", {}, kocs), first, last), Value(300));
    EXPECT_EQ(refused([&] { bench.value(bench.total("touches", "cost", {}, kocs), first, last); }),
              "kpi.unknown_column");
}

// Rows that hold on the last day: on the first and the last of their own days they do.
TEST(Total, OfARosterIsOfTheRowsThatHold) {
    Bench bench;
    bench.shop.take(Fact::memberships,
                    "customer_id,plan,from,to,price\na,gold,2026-11-05,2026-11-20,100\nb,silver,2026-11-06,,50\n"
                    "a,gold,2026-11-21,,120\n");
    bench.shop.take(Fact::stores, "store_id,region,opened_on\ns1,东,\ns2,西,2026-11-10\ns3,东,2026-12-01\n");
    const MeasureId rows = bench.total("memberships"), price = bench.total("memberships", "price");
    EXPECT_EQ(bench.value(rows, first, date(2026, 11, 4)), Value(0));
    EXPECT_EQ(bench.value(rows, first, date(2026, 11, 5)), Value(1));
    EXPECT_EQ(bench.value(price, first, date(2026, 11, 20)), Value(15000));
    EXPECT_EQ(bench.value(price, date(2026, 11, 21), date(2026, 11, 21)), Value(17000));
    EXPECT_EQ(bench.value(bench.total("memberships", "", {is("plan", "gold")}), first, last), Value(1));
    EXPECT_EQ(bench.value(bench.total("stores"), first, date(2026, 11, 9)), Value(1));
    EXPECT_EQ(bench.value(bench.total("stores"), first, date(2026, 11, 10)), Value(2));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::distinct, "stores", "region"), first, last), Value(2));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::distinct, "stores", "region"), first, first), Value(1));
}

TEST(Begun, CountsTheRowsWhoseFirstDayIsInTheWindow) {
    Bench bench;
    bench.shop.take(Fact::agents,
                    "agent_id,customer_id,level,since,to,upline_id\nx1,a,总代,2026-10-31,,\nx2,b,省代,2026-11-01,,x1\n"
                    "x3,,省代,2026-11-30,2026-12-31,x1\nx4,d,市代,2026-12-01,,x2\n");
    bench.shop.take(Fact::stores, "store_id,opened_on\ns1,\ns2,2026-11-10\n");
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "agents"), first, last), Value(2));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "agents", "", {is("level", "省代")}), first, last), Value(2));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "agents", "", {is("level", "总代")}), first, last), Value(0));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "agents"), first + 1, last - 1), Value(0));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "stores"), earliest_day, last), Value(1));  // s1 always was
    MeasureNode node;
    node.op = Figure::begun;
    node.name = "agents";
    node.trailing_days = 31;
    EXPECT_EQ(bench.value(bench.measure(node), last, last), Value(3));
}

TEST(Sales, AtTheChannelOfOriginAndElsewhere) {
    Bench bench;
    // a came by A, b by A and later by B, c without a channel, d never.
    bench.shop.take(Fact::joins,
                    "joined_at,customer_id,channel\n2026-10-01,a,A\n2026-10-02,b,A\n2026-10-03,b,B\n"
                    "2026-10-03,c,\n2026-11-20,e,B\n");
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,customer_id,channel\n1,2026-11-05,1,a,A\n2,2026-11-06,2,a,B\n"
                    "3,2026-11-07,4,b,B\n4,2026-11-08,8,c,\n5,2026-11-09,16,d,A\n6,2026-11-09,32,,A\n"
                    "7,2026-11-10,64,e,B\n8,2026-11-10,128,a,\n");
    const MeasureId at_origin = bench.quantity("sales_at_origin"), elsewhere = bench.quantity("sales_elsewhere");
    EXPECT_EQ(bench.value(at_origin, first, last), Value(6500));
    EXPECT_EQ(bench.value(elsewhere, first, last), Value(13400));
    // Before e joined nothing was known of where e came from.
    EXPECT_EQ(bench.value(at_origin, first, date(2026, 11, 19)), Value(100));
    EXPECT_EQ(bench.split(elsewhere, "channel", first, last), "=12800 B=600 ");
}

TEST(ReplyMinutes, AreWeightedByChatsWhereTheyAreGiven) {
    Bench bench;
    bench.shop.take(Fact::guide_days,
                    "date,guide_id,chats,messages,reply_percentage,avg_reply_minutes\n2026-11-05,g1,10,1,50,1.5\n"
                    "2026-11-06,g1,4,1,,\n2026-11-06,g2,3,1,100,0.25\n");
    EXPECT_EQ(bench.value(bench.quantity("reply_minutes"), first, last), Value(Fraction(63, 4)));
    EXPECT_EQ(bench.value(bench.quantity("chats_replied"), first, last), Value(8));
    EXPECT_EQ(bench.value(bench.total("guide_days", "chats", {has("avg_reply_minutes")}), first, last), Value(13));
    EXPECT_EQ(bench.split(bench.quantity("reply_minutes"), "guide_id", first, last), "g1=15 g2=3/4 ");
}

TEST(Memberships, AreDueAfterTheirGraceAndRenewedWithinIt) {
    Bench bench;
    bench.shop.take(Fact::memberships,
                    "customer_id,plan,from,to\n"
                    "a,gold,2025-11-06,2026-11-05\na,gold,2026-11-12,2027-11-11\n"  // seven days after its end
                    "b,gold,2025-11-06,2026-11-05\nb,gold,2026-11-13,2027-11-12\n"  // a day too late
                    "c,gold,2025-11-06,2026-11-05\nc,gold,2026-10-01,\n"            // before its end
                    "d,gold,2025-11-06,2026-11-05\n"                                // not at all
                    "e,gold,2025-01-01,2026-10-24\n"                                // due on 31 October
                    "f,gold,2025-01-01,2026-11-24\n"                                // due on 1 December
                    "g,gold,2025-01-01,\n");
    EXPECT_EQ(bench.value(bench.quantity("memberships_due", {7}), first, last), Value(4));
    EXPECT_EQ(bench.value(bench.quantity("memberships_renewed", {7}), first, last), Value(2));
    EXPECT_EQ(bench.value(bench.quantity("memberships_renewed", {8}), first, last), Value(3));
    EXPECT_EQ(bench.value(bench.quantity("memberships_due", {7}), date(2026, 11, 12), date(2026, 11, 12)), Value(4));
    EXPECT_EQ(bench.value(bench.quantity("memberships_due", {7}), first, date(2026, 11, 11)), Value(0));
    EXPECT_EQ(bench.value(bench.quantity("memberships_due", {0}), first, last), Value(5));
}

TEST(StoreGuideDays, CountAGuideOnceADay) {
    Bench bench;
    bench.shop.take(Fact::store_guides,
                    "store_id,guide_id,from,to\ns1,g1,,2026-11-03\ns2,g1,2026-11-03,2026-11-04\ns1,g2,2026-11-04,\n");
    bench.shop.take(
        Fact::guide_actions,
        "at,guide_id,kind,target,count\n2026-11-03 10:00,g1,moment,,3\n2026-11-03 10:00,g1,private_chat,,2\n"
        "2026-11-03 11:00,g1,private_chat,,1\n2026-11-03 10:00,g1,group_message,,3\n"
        "2026-11-04 10:00,g1,moment,,3\n2026-11-04 10:00,g2,moment,,9\n2026-11-03 10:00,g2,moment,,9\n"
        "2026-11-03 10:00,g2,private_chat,,9\n2026-11-03 10:00,g2,group_message,,9\n");
    const MeasureId days = bench.quantity("store_guide_days");
    const MeasureId reaching = bench.quantity("store_guide_days_reaching", {3, 3, 3});
    // g1 on the 1st to the 4th, g2 on the 4th and 5th.
    EXPECT_EQ(bench.value(days, first, date(2026, 11, 5)), Value(6));
    // On the 3rd g2 was in no store yet.
    EXPECT_EQ(bench.value(reaching, first, date(2026, 11, 5)), Value(1));
    EXPECT_EQ(bench.value(bench.quantity("store_guide_days_reaching", {3, 0, 0}), first, date(2026, 11, 5)), Value(3));
    EXPECT_EQ(bench.split(days, "guide_id", first, date(2026, 11, 5)), "g1=4 g2=2 ");
    EXPECT_EQ(bench.split(days, "guide_id.store_id", first, date(2026, 11, 4)), "s1=1 s2=4 ");
    EXPECT_EQ(bench.split(days, "guide_id.store_id", first, date(2026, 11, 5)), "=4 s1=2 ");  // g1 is gone
}

TEST(Callback, MayAskForAnyDaysUpToTheEnd) {
    Bench bench;
    bench.shop.take(Fact::orders, "order_id,paid_at,amount\n1,2026-10-05,1\n2,2026-11-05,2\n3,2026-11-30,4\n");
    const MeasureId gmv = bench.total("orders", "amount");
    bench.ask(first, last, [&](Evaluation& evaluation) {
        EXPECT_EQ(evaluation.period(), (Period{Rhythm::monthly, first, last}));
        EXPECT_EQ(evaluation.measure(gmv), Value(600));
        EXPECT_EQ(evaluation.measure(gmv, date(2026, 10, 1), date(2026, 10, 31)), Value(100));
        EXPECT_EQ(evaluation.measure(gmv, date(2026, 10, 5), last - 1), Value(300));
        EXPECT_EQ(evaluation.measure(gmv, earliest_day, last), Value(700));
        EXPECT_EQ(refused([&] { evaluation.measure(gmv, first, last + 1); }), "kpi.after_period");
        EXPECT_EQ(refused([&] { evaluation.measure(gmv, last, first); }), "kpi.no_days");
        EXPECT_EQ(refused([&] { evaluation.measure(gmv, Day{INT32_MIN}, last); }), "kpi.no_days");
        EXPECT_EQ(refused([&] { evaluation.split(gmv, "channel", first, Day{INT32_MAX}); }), "kpi.after_period");
        return 0;
    });
}

TEST(Callback, IsToldWhatIsNotReady) {
    Bench bench;
    bench.agreement.set("required", earliest_day, "orders");
    bench.shop.take(Fact::orders, "order_id,paid_at,amount,channel\n1,2026-11-01,1,A\n2,2026-11-05,2,B\n");
    bench.shop.take(Fact::joins, "joined_at,customer_id\n2026-11-07,a\n");
    const MeasureId gmv = bench.total("orders", "amount"), joins = bench.total("joins");
    const MeasureId of_joined = bench.total("joins", "", {}, bench.set(Op::bought));
    const MeasureId step = bench.size(bench.set(Op::spent, {}, 100));
    const Day fifth = date(2026, 11, 5), sixth = date(2026, 11, 6), seventh = date(2026, 11, 7);
    bench.ask(first, seventh, [&](Evaluation& evaluation) {
        EXPECT_EQ(evaluation.measure(gmv, first, fifth), Value(300));
        EXPECT_TRUE(evaluation.measure(gmv, first, sixth).not_ready());
        EXPECT_TRUE(evaluation.measure(gmv).not_ready());
        EXPECT_TRUE(evaluation.measure(step).not_ready());
        EXPECT_TRUE(evaluation.measure(of_joined).not_ready());
        EXPECT_EQ(evaluation.measure(joins), Value(1));
        using Parts = Evaluation::Parts;
        EXPECT_EQ(evaluation.split(gmv, "channel", first, fifth), (Parts{{"A", 100}, {"B", 200}}));
        EXPECT_EQ(evaluation.split(gmv, "channel", first, sixth),
                  (Parts{{"A", Gap::not_ready}, {"B", Gap::not_ready}}));
        EXPECT_EQ(evaluation.split(gmv, "channel", sixth, sixth), (Parts{{"", Gap::not_ready}}));
        return 0;
    });
}

TEST(RosterTable, HasTheRowsThatHoldInTheOrderOfTheirKey) {
    Bench bench;
    // Taken in the other way round, so that the numbers of the words do not help.
    bench.shop.take(Fact::memberships,
                    "customer_id,plan,from,to,price\nz,gold,2026-11-05,2026-11-20,99.5\n"
                    "b,银卡,2026-11-06,,\nb,gold,2026-11-01,,10\n");
    const std::vector<std::string> columns{"customer_id", "plan", "from", "to", "price"};
    EXPECT_EQ(bench.roster("memberships", columns, date(2026, 11, 20)),
              "b|gold|2026-11-01||1000 b|银卡|2026-11-06|| z|gold|2026-11-05|2026-11-20|9950 ");
    EXPECT_EQ(bench.roster("会员", {"会员档位", "customer_id.plan"}, date(2026, 11, 21)), "gold|银卡 银卡|银卡 ");
    EXPECT_EQ(bench.roster("memberships", columns, date(2026, 10, 31)), "");
    EXPECT_EQ(refused([&] { bench.roster("orders", {"amount"}, last); }), "kpi.no_roster");
    EXPECT_EQ(refused([&] { bench.roster("memberships", {"colour"}, last); }), "kpi.unknown_column");
}

TEST(RosterTable, OfGuidesShowsThoseWhoWorkForTheBrandOnTheDay) {
    Bench bench;
    bench.shop.take(Fact::guides,
                    "guide_id,name,type,monthly_cost,from\ng1,王芳,general,6000,\ng2,李娜,brand,7000,2026-01-01\n"
                    "g3,赵云,general,1,\n",
                    0);
    bench.shop.take(Fact::allocations,
                    "guide_id,tenant,share,from,to\ng1,t,0.5,2026-11-01,2026-11-10\ng1,t,0.5,2026-11-11,2026-11-20\n"
                    "g1,other,0.5,,\ng2,t,1,,\ng3,other,1,,\n",
                    0);
    bench.staff = staff_of(bench.shop.database(), "t");
    EXPECT_EQ(bench.staff.elsewhere.size(), 1U);
    EXPECT_EQ(bench.staff.elsewhere[0].tenant, "");
    EXPECT_EQ(bench.staff.roster.size(), 2U);
    const std::vector<std::string> columns{"guide_id", "name", "type", "from", "to"};
    EXPECT_EQ(bench.roster("guides", columns, date(2026, 11, 20)),
              "g1|王芳|general|2026-11-01|2026-11-20 g2|李娜|brand|2026-01-01| ");
    EXPECT_EQ(bench.roster("guides", {"guide_id"}, date(2026, 11, 21)), "g2 ");
    EXPECT_EQ(bench.value(bench.total("guides"), first, last), Value(1));
    EXPECT_EQ(bench.value(bench.total("guides", "", {is("type", "general")}), first, date(2026, 11, 20)), Value(1));
    EXPECT_EQ(bench.value(bench.of_rows(Figure::begun, "guides"), first, last), Value(1));
    EXPECT_EQ(refused([&] { bench.value(bench.total("allocations"), first, last); }), "kpi.agency_fact");
}

// By code, of any days; a section's figures and lists as the code puts them.
TEST(Report, HoldsWhatCallbacksComputeAndPut) {
    Bench bench;
    bench.shop.take(Fact::orders,
                    "order_id,paid_at,amount,guide_id\n1,2026-10-31,1,g1\n2,2026-11-05,2,g1\n3,2026-11-30,4,g2\n");
    const MeasureId gmv = bench.total("orders", "amount");
    Kpi kpi;
    kpi.id = "growth";
    kpi.compute = [gmv](Evaluation& evaluation) {
        const Period before = previous(evaluation.period());
        return ratio(evaluation.measure(gmv), evaluation.measure(gmv, before.first, before.last));
    };
    bench.blueprint.kpis = {kpi};
    Section section;
    section.id = "guides";
    section.fill = [gmv](Evaluation& evaluation) {
        SectionContent content;
        content.keys["days"] = {std::to_string(evaluation.period().days()), {}};
        for (const auto& [guide, part] : evaluation.split(gmv, "guide_id", evaluation.period().first, last))
            content.lists["guides"].push_back({{"name", {guide, {}}}, {"gmv", {"", {{part, Unit::money}}}}});
        return content;
    };
    bench.blueprint.sections = {section};
    const Scorecard card = compute(
        bench.shop.database(),
        {{1, "t", "某品牌", "p", "Asia/Shanghai"}, bench.blueprint, bench.agreement, period_of(Rhythm::monthly, last)});
    EXPECT_EQ(card.figure("growth")->value, Value(6));
    SectionContent expected;
    expected.keys["days"] = {"30", {}};
    expected.lists["guides"] = {{{"name", {"g1", {}}}, {"gmv", {"", {{Value(200), Unit::money}}}}},
                                {{"name", {"g2", {}}}, {"gmv", {"", {{Value(400), Unit::money}}}}}};
    EXPECT_EQ(card.sections, (std::map<std::string, SectionContent>{{"guides", expected}}));
}

}  // namespace
}  // namespace siyu
