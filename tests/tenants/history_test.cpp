// SPDX-License-Identifier: Apache-2.0
#include "tenants/history.hpp"

#include <gtest/gtest.h>

#include "core/blueprint/formula.hpp"

namespace siyu {
namespace {

Day on(unsigned day) { return *day_of(2026, 10, day); }
Period daily(unsigned day) { return {Rhythm::daily, on(day), on(day)}; }
Formulas made(unsigned since, const std::string& version, const std::string& formula) {
    return {on(since), {{"shop", version}}, {}, {{"k", formula}, {"same", "s"}}};
}
using Announced = std::map<std::string, std::string>;

TEST(Formulas, FirstOnesAreKeptAndNothingIsAnnounced) {
    const FormulaCheck check = check_formulas({}, daily(5), made(5, "1", "a"));
    EXPECT_TRUE(check.keep);
    EXPECT_TRUE(check.announced.empty() && check.changed_silently.empty());
}

TEST(Formulas, ChangeNeedsAVersionOrASetting) {
    const std::vector<Formulas> history{made(5, "1", "a")};
    EXPECT_EQ(check_formulas(history, daily(6), made(6, "1", "b")).changed_silently, std::vector<std::string>{"k"});
    EXPECT_TRUE(check_formulas(history, daily(6), made(6, "2", "b")).changed_silently.empty());
    Formulas other_setting = made(6, "1", "b");
    other_setting.settings["days"] = "7";
    EXPECT_TRUE(check_formulas(history, daily(6), other_setting).changed_silently.empty());
    EXPECT_EQ(check_formulas(history, daily(6), other_setting).announced, (Announced{{"k", "a"}}));
}

TEST(Formulas, ChangeIsAnnouncedInPeriodsThatHoldItsDayAndInEarlierOnes) {
    const std::vector<Formulas> history{made(5, "1", "a"), made(10, "2", "b")};
    const Formulas now = made(1, "2", "b");
    EXPECT_EQ(check_formulas(history, daily(10), now).announced, (Announced{{"k", "a"}}));
    EXPECT_TRUE(check_formulas(history, daily(11), now).announced.empty());
    EXPECT_EQ(check_formulas(history, {Rhythm::weekly, on(5), on(11)}, now).announced, (Announced{{"k", "a"}}));
    EXPECT_EQ(check_formulas(history, daily(7), now).announced, (Announced{{"k", "a"}}));
    EXPECT_FALSE(check_formulas(history, daily(7), now).keep) << "the past keeps its formulas";
    EXPECT_TRUE(check_formulas(history, daily(3), now).announced.empty()) << "no report was made before the 5th";
}

TEST(Formulas, KpisThatComeOrGoAreNoChangeOfFormula) {
    Formulas now = made(6, "1", "a");
    now.kpis.erase("same");
    now.kpis["fresh"] = "f";
    const FormulaCheck check = check_formulas({made(5, "1", "a")}, daily(6), now);
    EXPECT_TRUE(check.changed_silently.empty() && check.announced.empty());
    EXPECT_TRUE(check.keep);
}

// Away for one version and back with another meaning is a change all the same.
TEST(Formulas, KpiThatComesBackOtherwiseIsAnnounced) {
    Formulas without = made(6, "2", "");
    without.kpis.erase("k");
    const std::vector<Formulas> history{made(5, "1", "a"), without};
    EXPECT_EQ(check_formulas(history, daily(7), made(7, "3", "b")).announced, (Announced{{"k", "a"}}));
    EXPECT_TRUE(check_formulas(history, daily(7), made(7, "3", "a")).announced.empty());
}

TEST(Formulas, VersionThatComesBackHasToSayWhatItSaid) {
    const std::vector<Formulas> history{made(5, "1", "a"), made(6, "2", "b")};
    EXPECT_EQ(check_formulas(history, daily(7), made(7, "1", "c")).changed_silently, std::vector<std::string>{"k"});
    EXPECT_TRUE(check_formulas(history, daily(7), made(7, "1", "a")).changed_silently.empty());
}

// The report of the first day was made, then the plugin became another one: made again, that report tells it, and so
// does the next one.
TEST(Formulas, ChangeOnTheDayOfTheFirstReportIsAnnounced) {
    std::vector<Formulas> history{made(5, "1", "a")};
    const FormulaCheck again = check_formulas(history, daily(5), made(5, "2", "b"));
    EXPECT_EQ(again.announced, (Announced{{"k", "a"}}));
    EXPECT_FALSE(again.keep) << "it would take the place of what the brand knows";
    const FormulaCheck next = check_formulas(history, daily(6), made(6, "2", "b"));
    EXPECT_EQ(next.announced, (Announced{{"k", "a"}}));
    ASSERT_TRUE(next.keep);
    history.push_back(made(6, "2", "b"));
    EXPECT_TRUE(check_formulas(history, daily(7), made(7, "2", "b")).announced.empty());
}

SetNode set_of(SetNode::Op op) {
    SetNode node;
    node.op = op;
    return node;
}
MeasureNode constant(std::int64_t value) {
    MeasureNode node;
    node.constant = Fraction(value);
    return node;
}
MeasureNode size_of(SetId set) {
    MeasureNode node;
    node.op = MeasureNode::Op::size;
    node.set = set;
    return node;
}

// The text of a formula says nothing of where its nodes stand, and gives the same formula back.
TEST(Formulas, TextIsTheSameWhereverTheNodesStand) {
    Blueprint one, two;
    const auto build = [](Blueprint& blueprint, int before) {
        for (int i = 0; i < before; ++i) {
            blueprint.sets.push_back(set_of(SetNode::Op::joined));
            blueprint.measures.push_back(constant(i));
        }
        SetNode bought = set_of(SetNode::Op::bought);
        bought.trailing_days = 30;
        bought.at_least = 2;
        bought.filters = {{"channel", Filter::Test::equals, "天猫"}};
        blueprint.sets.push_back(bought);
        SetNode members = set_of(SetNode::Op::members);
        members.at_end = true;
        blueprint.sets.push_back(members);
        SetNode both = set_of(SetNode::Op::both);
        both.left = before;
        both.right = before + 1;
        blueprint.sets.push_back(both);
        blueprint.measures.push_back(size_of(before + 2));
        blueprint.measures.push_back(size_of(before + 1));
        Kpi kpi;
        kpi.id = "k";
        kpi.unit = Unit::ratio;
        kpi.above = before;
        kpi.below = before + 1;
        return kpi;
    };
    const Kpi first = build(one, 0), second = build(two, 3);
    const std::string text = write_formula(one, first);
    EXPECT_EQ(write_formula(two, second), text);
    Blueprint read;
    Kpi back;
    ASSERT_TRUE(read_formula(text, read, back));
    EXPECT_EQ(write_formula(read, back), text);
    Kpi other = second;
    std::swap(other.above, other.below);
    EXPECT_NE(write_formula(two, other), text);
}

// A formula of DAG shape does not grow into a tree: sixty doublings are sixty nodes.
TEST(Formulas, SharedNodesAreWrittenOnce) {
    Blueprint blueprint;
    blueprint.measures.push_back(constant(1));
    for (int i = 0; i < 60; ++i) {
        MeasureNode twice;
        twice.op = MeasureNode::Op::plus;
        twice.left = twice.right = i;
        blueprint.measures.push_back(twice);
    }
    Kpi kpi;
    kpi.above = 60;
    EXPECT_LT(write_formula(blueprint, kpi).size(), 10'000U);
}

TEST(Formulas, WhatIsNotAFormulaIsNotReadAndLeavesNothing) {
    for (const char* text : {"", "{}", "[]", R"({"code":"shop"})", R"({"measures":[{"op":99}],"above":0,"unit":0})",
                             R"({"measures":[{"op":5,"left":0,"right":7}],"above":0,"unit":0})",
                             R"({"measures":[{"op":0}],"above":3,"unit":0})"}) {
        Blueprint blueprint;
        Kpi kpi;
        EXPECT_FALSE(read_formula(text, blueprint, kpi)) << text;
        EXPECT_TRUE(blueprint.measures.empty()) << text;
    }
}

}  // namespace
}  // namespace siyu
