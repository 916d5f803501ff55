// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/engine/engine.hpp"
#include "core/engine/forecast.hpp"
#include "core/host/plugins.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

// A brand with a plugin, whose reports are made as the program makes them.
class Brand {
  public:
    explicit Brand(const std::string& plugin = "standard", const std::string& zone = "Asia/Shanghai")
        : shop(zone), plugin_(plugin), zone_(zone) {}
    Scorecard report(Rhythm rhythm, Day day) {
        const Plugins plugins({SIYU_PLUGINS});
        return compute(shop.database(), {{1, "t", "某品牌", plugin_, zone_},
                                         plugins.blueprint(plugin_),
                                         agreement,
                                         period_of(rhythm, day),
                                         false,
                                         staff_of(shop.database(), "t")});
    }
    Value value(const std::string& kpi, Day day, Rhythm rhythm = Rhythm::daily) {
        return report(rhythm, day).figure(kpi)->value;
    }

    Workshop shop;
    Agreement agreement;

  private:
    std::string plugin_, zone_;
};

bool has(const Scorecard& card, const std::string& id) {
    for (const Quality& quality : card.quality)
        if (quality.note.id == id) return true;
    return false;
}

// Trap 11: 99.5 % lies below 100 %, and what is exactly on a line has reached it.
TEST(Lines, AreHalfOpenAndComparedExactly) {
    const Fraction normal(1, 2), good(1);
    EXPECT_EQ(line_of(Fraction(995, 1000), Better::higher, normal, good, {}), Line::normal);
    EXPECT_EQ(line_of(Fraction(1), Better::higher, normal, good, {}), Line::good);
    EXPECT_EQ(line_of(Fraction(4999999, 10000000), Better::higher, normal, good, {}), Line::fail);
    EXPECT_EQ(line_of(Fraction(1, 2), Better::lower, Fraction(3, 4), normal, {}), Line::good);
    EXPECT_EQ(line_of(Fraction(5000001, 10000000), Better::lower, Fraction(3, 4), normal, {}), Line::normal);
    EXPECT_EQ(line_of(Fraction(1), Better::higher, {}, {}, {}), std::nullopt);
    EXPECT_EQ(line_of(Fraction(5), Better::higher, {}, {}, Fraction(6)), Line::fail);
}

// Traps 1 and 2: who joined in March and leaves today leaves today; who joins and leaves today is in both; it adds up.
TEST(Movement, AddsUpOnEveryDay) {
    Brand brand;
    brand.shop.take(Fact::joins,
                    "joined_at,customer_id,guide_id,group_id\n2026-03-01,old,g,\n2026-11-10 09:00,same,g,\n2026-11-10 "
                    "10:00,new,g,\n"
                    "2026-11-12,old,g,\n2026-11-11,new,,r\n");
    brand.shop.take(Fact::leaves,
                    "left_at,customer_id,guide_id,group_id\n2026-11-10 12:00,old,g,\n2026-11-10 "
                    "12:00,same,g,\n2026-11-13,new,g,\n");
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 10));
    EXPECT_EQ(card.movement.opening, 1);
    EXPECT_EQ(card.movement.in, 2);
    EXPECT_EQ(card.movement.out, 2);
    EXPECT_EQ(card.movement.closing, 1);
    for (Day day = date(2026, 2, 25); day <= date(2026, 11, 20); day = day + 3)
        for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
            ASSERT_TRUE(brand.report(rhythm, day).movement.adds_up()) << to_string(day);
}

// Trap 12: a target and nothing sold is a shortfall of all of it.
TEST(Forecast, NothingSoldIsAShortfallOfEverythingDue) {
    Brand brand;
    brand.shop.take(Fact::forecast, "month,kpi,forecast,good\n2026-11,gmv,300,300\n");
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 10));
    const Standing& standing = *card.figure("gmv")->standing;
    EXPECT_EQ(standing.due, Value(10000));
    EXPECT_EQ(standing.attainment, Value(0));
    EXPECT_EQ(standing.agency_gap, Value(10000));
    EXPECT_TRUE(standing.floor_breached);
    EXPECT_EQ(standing.line, Line::fail);
}

TEST(Forecast, NothingDueHasNoLineAndNoAttainment) {
    Brand brand;
    brand.shop.take(Fact::forecast, "month,kpi,forecast,good\n2026-11,gmv,300,300\n2026-11,koc_posts,0,0\n");
    brand.shop.take(Fact::commitments, "month,resource,promised\n2026-11,touches,1000\n");
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 10));
    EXPECT_EQ(card.delivery_factor, Value(0));
    for (const char* kpi : {"gmv", "koc_posts"}) {
        const Standing& standing = *card.figure(kpi)->standing;
        EXPECT_FALSE(standing.attainment) << kpi;
        EXPECT_FALSE(standing.floor_breached) << kpi;
        EXPECT_EQ(standing.line, std::nullopt) << kpi;
    }
    // What is not due is the client's part: traffic that was promised and did not come.
    EXPECT_EQ(card.figure("gmv")->standing->client_gap, Value(10000));
}

TEST(Readiness, KpiOnAnUncoveredDayIsNotReadyAndTheReportIsHeld) {
    Brand brand;
    brand.agreement.set("required", earliest_day, "orders");
    brand.shop.take(Fact::orders, "order_id,paid_at,amount\no1,2026-11-09,10\no2,2026-11-10,10\n");
    brand.shop.take(Fact::joins, "joined_at,customer_id\n2026-11-11,a\n");
    EXPECT_EQ(brand.value("gmv", date(2026, 11, 10)), Value(1000));
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 11));
    EXPECT_TRUE(card.figure("gmv")->value.not_ready());
    EXPECT_EQ(card.figure("diverted_users")->value, Value(1));
    EXPECT_TRUE(card.held);
    EXPECT_TRUE(has(card, "quality.not_covered"));
    brand.agreement.set("at_deadline", earliest_day, "send");
    EXPECT_FALSE(brand.report(Rhythm::daily, date(2026, 11, 11)).held);
}

TEST(Readiness, WithoutAListZeroIsZeroAndNothingIsHeld) {
    Brand brand;
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 11));
    EXPECT_EQ(card.figure("gmv")->value, Value(0));
    EXPECT_FALSE(card.held);
}

TEST(Bonus, IsAShareOfWhatLiesAboveTheExcessLineOfAClosedMonth) {
    Brand brand;
    brand.agreement.set("bonus", earliest_day, "gmv 2%");
    brand.shop.take(Fact::forecast, "month,kpi,forecast,excess\n2026-10,gmv,100,120\n");
    brand.shop.take(Fact::orders, "order_id,paid_at,amount\no1,2026-10-09,220\n");
    EXPECT_EQ(brand.report(Rhythm::monthly, date(2026, 10, 31)).bonus, Value(200));
    EXPECT_FALSE(brand.report(Rhythm::daily, date(2026, 10, 31)).bonus);
}

TEST(Quality, TotalRowBesideChannelsIsNoted) {
    Brand brand;
    brand.shop.take(Fact::brand_sales, "date,channel,gmv\n2026-11-10,天猫,10\n2026-11-10,,10\n2026-11-11,天猫,5\n");
    EXPECT_TRUE(has(brand.report(Rhythm::daily, date(2026, 11, 10)), "quality.total_row"));
    EXPECT_FALSE(has(brand.report(Rhythm::daily, date(2026, 11, 11)), "quality.total_row"));
}

TEST(Quality, GuideOverOneAndUnknownGuideAreForTheAgencyAlone) {
    Brand brand;
    brand.shop.take(Fact::allocations, "guide_id,tenant,share,from,to\ng1,t,0.6,,\ng1,other,0.6,,\ng2,t,0.5,,\n", 0);
    brand.shop.take(Fact::guides, "guide_id,name,type,monthly_cost\ng1,王芳,general,6000\n", 0);
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 10));
    EXPECT_TRUE(has(card, "quality.guide_over_one"));
    EXPECT_TRUE(has(card, "quality.guide_unknown"));
    for (const Quality& quality : card.quality) {
        const bool of_guides = quality.note.id.starts_with("quality.guide_");
        EXPECT_EQ(quality.audience, of_guides ? Audience::agency : Audience::brand) << quality.note.id;
    }
    EXPECT_FALSE(card.figure("labour_leverage")->value);
    for (const GuideRow& guide : card.guides) EXPECT_NE(guide.id, "other");
}

TEST(Plugin, ClientsKpisStandBesideTheStandardOnes) {
    Brand brand("pawpaw");
    brand.shop.take(Fact::joins, "joined_at,customer_id\n2026-10-01,a\n2026-10-01,b\n");
    brand.shop.take(
        Fact::orders,
        "order_id,paid_at,amount,customer_id\no1,2026-10-02,10,a\no2,2026-11-02,10,a\no3,2026-11-02,10,b\n");
    const Scorecard card = brand.report(Rhythm::daily, date(2026, 11, 10));
    EXPECT_EQ(card.plugin, "pawpaw");
    EXPECT_EQ(card.figure("regulars_90d")->value, Value(Fraction(1, 2)));
    EXPECT_EQ(card.figure("members")->value, Value(2));
    EXPECT_EQ(card.staffing.required_guides, 1);
}

// Trap 3: the week's rate is the ratio of sums.
TEST(RollUp, WeekIsRatioOfSumsNotMeanOfRatios) {
    Brand brand;
    brand.shop.take(Fact::touches, "date,channel,touches,cost\n2026-11-09,天猫,100,0\n2026-11-10,天猫,10,0\n");
    brand.shop.take(Fact::joins, "joined_at,customer_id\n2026-11-09,a\n2026-11-10,b\n");
    EXPECT_EQ(brand.value("diversion_rate", date(2026, 11, 10), Rhythm::weekly), Value(Fraction(2, 110)));
}

// Trap 6: the report of a period does not change when later facts come.
TEST(Report, IsAFunctionOfTheFactsUpToItsEnd) {
    Brand brand;
    brand.shop.take(Fact::joins, "joined_at,customer_id,channel\n2026-11-09,a,天猫\n");
    brand.shop.take(Fact::orders, "order_id,paid_at,amount,customer_id\no1,2026-11-09,10,a\no2,2026-11-09,10,b\n");
    const Breakdowns before = brand.report(Rhythm::daily, date(2026, 11, 9)).breakdowns;
    brand.shop.take(Fact::joins, "joined_at,customer_id,channel\n2026-11-10,b,抖音\n");
    brand.shop.take(Fact::leaves, "left_at,customer_id\n2026-11-10,a\n");
    const Scorecard after = brand.report(Rhythm::daily, date(2026, 11, 9));
    EXPECT_EQ(before, after.breakdowns);
    EXPECT_EQ(after.movement.closing, 1);
    EXPECT_EQ(after.breakdowns.at("gmv").at("origin").at(""), Fraction(1000));
}

}  // namespace
}  // namespace siyu
