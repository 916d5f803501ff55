// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <siyu/testing.hpp>

// The C++ layer and its fake host, as an author uses them: no shared object, no siyu.
namespace {

using namespace siyu;
using siyu::testing::FakeHost;
using siyu::testing::text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Does what the settings say.
class Sample final : public Plugin {
    void declare(Declarations& d) override {
        const Settings settings = d.settings();
        if (settings.yes("refuse", false)) throw Failure(SIYU_BAD_CONFIG, "refuse is set");
        d.extend("standard");
        const Measure gmv = total("orders", "amount");
        d.ratio("kept", {"留存", "Kept"}, count(members(at_start) & members(at_end)), count(members(at_start)))
            .group(service)
            .headline();
        d.redefine("arpu", gmv, rows("groups"));
        d.lines("kept", Fraction(85, 100), std::nullopt, Fraction(90, 100));
        d.staffing(settings.positive("each", 500));
        d.role("advisor", {"顾问", "Advisor"}, count(members(at_end)), settings.number("share", Fraction(1, 2)), 1);
        const Asked sales = d.measure(gmv), groups = d.measure(rows("groups"));
        d.computed("each_group", {"每群", "Each group"}, Unit::money,
                   [=](const Evaluation& e) -> std::optional<Fraction> {
                       const auto money = e(sales), n = e(groups);
                       if (!money || !n || *n == Fraction(0)) return std::nullopt;
                       return *money / *n;
                   });
        d.computed("before", {"前一天", "The day before"}, Unit::money,
                   [=](const Evaluation& e) { return e.over(sales, e.period().first - 1, e.period().first - 1); });
        if (settings.yes("no_lists", false)) return;
        d.section("groups", {"群", "Groups"}, {"{{note}}{{#groups}}{{name}}{{/groups}}", "{{total}}"})
            .agency_only()
            .fills({"note", "total", "groups.name", "groups.sales"}, [=](const Evaluation& e, const Texts& texts) {
                e.log(SIYU_NOTICE, "filling");
                texts.put("note", "as of " + day_text(e.period().last));
                texts.put("total", e(sales), Unit::money);
                const auto parts = e.split(sales, "group_id.koc_id");
                for (const RosterRow& row : e.roster("kocs", {"koc_id", "since"})) {
                    std::optional<Fraction> sold;
                    for (const Part& part : parts)
                        if (part.value == row["koc_id"]) sold = part.figure;
                    texts.row("groups", {{"name", row["koc_id"] + " since " + day_text(row.day("since").value_or(0))},
                                         {"sales", sold, Unit::money}});
                }
                if (e.cancelled()) texts.put("undeclared", "");
            });
    }
};

}  // namespace

SIYU_PLUGIN(Sample, "sample", "1.0.0")

TEST(SdkFraction, IsExactAndRefusesWhatDoesNotFit) {
    EXPECT_EQ(Fraction(6, -4), Fraction(-3, 2));
    EXPECT_EQ(Fraction(1, 6) + Fraction(1, 10), Fraction(4, 15));
    EXPECT_EQ(Fraction(7, 3) / Fraction(14, 9), Fraction(3, 2));
    EXPECT_EQ(Fraction(INT64_MAX, 3) * Fraction(3), Fraction(INT64_MAX));
    EXPECT_TRUE(Fraction(1, 3) < Fraction(1, 2));
    EXPECT_TRUE(Fraction(1, 2) >= Fraction(1, 2) && Fraction(2, 3) > Fraction(1, 2) && Fraction(1) != Fraction(2));
    EXPECT_EQ(Fraction(-7, 2).floor(), -4);
    EXPECT_EQ(Fraction(-7, 2).ceiling(), -3);
    EXPECT_EQ(Fraction(7, 2).ceiling(), 4);
    EXPECT_EQ(Fraction(6, 2).floor(), 3);
    EXPECT_THROW(Fraction(INT64_MAX) + Fraction(1), Failure);
    EXPECT_THROW(Fraction(1) / Fraction(0), Failure);
}

TEST(SdkDay, TextsAndDaysAreTheCalendars) {
    EXPECT_EQ(day_text(0), "1970-01-01");
    EXPECT_EQ(parse_day("2026-11-20"), 20'777);
    for (std::int32_t day = 0; day < 84'006; ++day) ASSERT_EQ(parse_day(day_text(day)), day);
    for (const char* wrong :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-2", "20261120", "1969-12-31", "2026-04-31"})
        EXPECT_EQ(parse_day(wrong), std::nullopt) << wrong;
    EXPECT_EQ(weekday(*parse_day("2026-11-22")), 6);
    EXPECT_EQ(day_text(last_of_month(*parse_day("2028-02-10"))), "2028-02-29");
    EXPECT_EQ(day_text(first_of_month(*parse_day("2026-12-31"))), "2026-12-01");
}

TEST(FakeHost, ShowsWhatWasDeclared) {
    FakeHost host(siyu_plugin_v1);
    host.setting("each", "800");
    host.setting("share", "12.5%");
    ASSERT_TRUE(host.declare()) << host.failure();
    EXPECT_THAT(host.faults(), ElementsAre());
    EXPECT_THAT(host.extended(), ElementsAre("standard"));
    const auto& kept = host.kpi("kept");
    EXPECT_EQ(kept.above, text(count(members(at_start) & members(at_end))));
    EXPECT_EQ(kept.below, "count(members(at_start))");
    EXPECT_TRUE(kept.headline && kept.group == service && kept.unit == Unit::ratio && !kept.computed);
    EXPECT_TRUE(host.kpi("arpu").redefined);
    EXPECT_EQ(host.lines("kept").normal, Fraction(17, 20));
    EXPECT_EQ(host.lines("kept").good, std::nullopt);
    EXPECT_EQ(host.staffing().members_per_guide, Fraction(800));
    EXPECT_EQ(host.role("advisor").per_person, Fraction(1, 8));
    EXPECT_EQ(host.role("advisor").driver, text(count(members(at_end))));
    EXPECT_TRUE(host.section("groups").agency_only && host.section("groups").fills);
    EXPECT_EQ(host.section("groups").title.en, "Groups");
    EXPECT_THROW(host.kpi("nobody"), std::out_of_range);
}

TEST(FakeHost, WritesExpressionsAsTheirAuthorDoes) {
    EXPECT_EQ(text(total("orders", "amount", where("channel", "天猫"), trailing(30)) - refunds_booked()),
              R"((total("orders", "amount", where("channel", "天猫"), trailing(30)) - quantity("refunds_booked")))");
    EXPECT_EQ(text(count(at_least(2, bought(trailing(28).ago(7))) - listed("kocs", lacking("name")))),
              R"(count(at_least(2, bought(trailing(28).ago(7))) - listed("kocs", lacking("name"))))");
    EXPECT_EQ(text(distinct("orders", "guide_id", of(spent(100, below(200))))),
              R"(distinct("orders", "guide_id", of(spent(100, below(200)))))");
    EXPECT_EQ(text(count(followed(joined(), bought(), 30)) + Fraction(1, 3)),
              "(count(followed(joined(), bought(), 30)) + 1/3)");
    EXPECT_NE(text(Measure(3) - (Measure(2) - Measure(1))), text((Measure(3) - Measure(2)) - Measure(1)));
}

TEST(FakeHost, ComputesWithTheFiguresOfTheTest) {
    FakeHost host(siyu_plugin_v1);
    ASSERT_TRUE(host.declare());
    const Measure sales = total("orders", "amount");
    host.period(SIYU_DAILY, 20'777, 20'777);
    host.give(sales, 1'000);
    host.give(rows("groups"), 3);
    EXPECT_EQ(host.compute("each_group").value, Fraction(1'000, 3));
    EXPECT_EQ(host.compute("before").value, Fraction(1'000));
    host.give(sales, 20'776, 20'776, 7);
    EXPECT_EQ(host.compute("before").value, Fraction(7));
    host.give(rows("groups"), 0);
    EXPECT_EQ(host.compute("each_group").status, SIYU_NO_VALUE);
    host.give_gap(sales, SIYU_NOT_READY);
    EXPECT_EQ(host.compute("each_group").status, SIYU_NOT_READY);
    EXPECT_THAT(host.faults(), ElementsAre());
}

TEST(FakeHost, AFigureThatTheTestForgotIsNamed) {
    FakeHost host(siyu_plugin_v1);
    ASSERT_TRUE(host.declare());
    EXPECT_EQ(host.compute("each_group").status, SIYU_BAD_CALL);
    EXPECT_THAT(host.faults(), ElementsAre(R"(the test gives no figure for total("orders", "amount"))"));
}

TEST(FakeHost, FillsTextsFiguresAndRows) {
    FakeHost host(siyu_plugin_v1);
    ASSERT_TRUE(host.declare());
    host.give(total("orders", "amount"), std::nullopt);
    host.give_split(total("orders", "amount"), "group_id.koc_id", {{"", Fraction(5)}, {"k1", Fraction(70)}});
    host.give_roster("kocs", {"koc_id", "name", "since"}, {{"k1", "小麦", "2026-01-31"}, {"k2", "", ""}});
    const auto filled = host.fill("groups");
    ASSERT_EQ(filled.status, SIYU_OK);
    EXPECT_EQ(filled.text("note"), "as of 2026-11-22");
    EXPECT_EQ(filled.figure("total"), std::nullopt);
    EXPECT_EQ(filled.keys.at("total").status, SIYU_NO_VALUE);
    ASSERT_EQ(filled.rows("groups").size(), 2u);
    EXPECT_EQ(filled.rows("groups")[0].at("name").text, "k1 since 2026-01-31");
    EXPECT_EQ(filled.rows("groups")[0].at("sales").figure, Fraction(70));
    EXPECT_EQ(filled.rows("groups")[1].at("sales").status, SIYU_NO_VALUE);
    ASSERT_EQ(host.log().size(), 1u);
    EXPECT_EQ(host.log()[0].words, "filling");
    host.cancel();
    EXPECT_EQ(host.fill("groups").status, SIYU_BAD_CALL);
    EXPECT_THAT(host.faults(), ElementsAre("the section did not declare the key undeclared"));
}

TEST(FakeHost, FailuresComeInTheWordsOfThePlugin) {
    FakeHost host(siyu_plugin_v1);
    host.setting("refuse", "是");
    EXPECT_FALSE(host.declare());
    EXPECT_EQ(host.failure(), "refuse is set");
    FakeHost wrong(siyu_plugin_v1);
    wrong.setting("each", "many");
    EXPECT_TRUE(wrong.declare());
    EXPECT_THAT(wrong.faults(), ElementsAre("setting each is many, which is of the wrong form"));
}

// Whichever call of the host fails, the plugin says so and breaks nothing.
TEST(FakeHost, TheNthCallFailing) {
    std::size_t calls = 0;
    for (std::size_t n = 1; n == 1 || n <= calls; ++n) {
        FakeHost host(siyu_plugin_v1);
        ASSERT_TRUE(host.declare());
        host.give(total("orders", "amount"), 10);
        host.give_split(total("orders", "amount"), "group_id.koc_id", {{"k1", Fraction(70)}});
        host.give_roster("kocs", {"koc_id", "since"}, {{"k1", "2026-01-31"}});
        const std::size_t before = host.calls();
        host.fail_call(n);
        EXPECT_EQ(host.fill("groups").status, SIYU_FAILED) << n;
        host.fail_call(1'000);
        const std::size_t start = host.calls();
        EXPECT_EQ(host.fill("groups").status, SIYU_OK);
        calls = host.calls() - start;
        EXPECT_GT(before, 0u);
    }
    EXPECT_GE(calls, 7u);
    FakeHost host(siyu_plugin_v1);
    host.fail_call(3);
    host.declare();  // declaring functions report to the host; the plugin lives
}

TEST(FakeHost, AnOlderHostIsToldWhatIsNeeded) {
    FakeHost host(siyu_plugin_v1, 0);
    EXPECT_FALSE(host.declare());
    EXPECT_EQ(host.failure(), "needs siyu contract 1.1, this host offers 1.0");
    FakeHost enough(siyu_plugin_v1, 0);
    enough.setting("no_lists", "yes");
    ASSERT_TRUE(enough.declare()) << "what it declares was there in 1.0";
    enough.give(total("orders", "amount"), 1);
    const auto before = enough.compute("before");
    EXPECT_EQ(before.status, SIYU_UNSUPPORTED);
    EXPECT_EQ(before.words, "needs siyu contract 1.1, this host offers 1.0");
    EXPECT_THAT(enough.faults(), ElementsAre());
}
