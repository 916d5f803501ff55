// SPDX-License-Identifier: Apache-2.0
#include "tests/host/figures.hpp"

// What compute and fill may ask and put since contract 1.1.
namespace siyu {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

const Section& section_of(const Blueprint& blueprint, const std::string& id) {
    for (const Section& section : blueprint.sections)
        if (section.id == id) return section;
    throw std::out_of_range(id);
}

Shown text(const std::string& words) { return {words, {}}; }
Shown figure(Value value, Unit unit) { return {{}, std::pair{std::move(value), unit}}; }

}  // namespace

TEST(Asking, AMeasureOverOtherDaysReachesTheEngineWithThem) {
    const Blueprint blueprint = Plugins({bad}).blueprint("all_of_1_1");
    Figures figures(std::vector<Value>(40, Value(700)));
    EXPECT_EQ(blueprint.kpi("yesterday")->compute(figures), Value(700));
    EXPECT_THAT(figures.asked, ElementsAre("over 20005-20005"));
    Figures late(std::vector<Value>(40, Value(Gap::not_ready)));
    EXPECT_EQ(blueprint.kpi("yesterday")->compute(late), Value(Gap::not_ready));
}

TEST(Asking, PartsKeepTheirGapsAndFigures) {
    const Blueprint blueprint = Plugins({bad}).blueprint("all_of_1_1");
    Figures figures({});
    figures.parts = {{"", Value(3)}, {"g1", Value(Fraction(7, 2))}, {"g2", Value(Gap::no_value)}};
    EXPECT_EQ(blueprint.kpi("best_guide")->compute(figures), Value(Fraction(7, 2)));
    EXPECT_THAT(figures.asked, ElementsAre("guide_id 20000-20006"));
    figures.parts = {{"g1", Value(Gap::not_ready)}};
    EXPECT_EQ(blueprint.kpi("best_guide")->compute(figures), Value(Gap::not_ready));
    figures.parts = {{"g1", Value(Fraction(INT64_MAX) * Fraction(4))}};
    EXPECT_THAT(fault([&] { blueprint.kpi("best_guide")->compute(figures); }), HasSubstr("does not fit into 64 bits"));
}

TEST(Asking, FiguresTextsAndRowsArriveUnderTheirKeys) {
    const Blueprint blueprint = Plugins({bad}).blueprint("all_of_1_1");
    Figures figures({});
    figures.parts = {{"g1", Value(12'345)}};
    figures.table = {{"g1", "李梅", "2026-01-01"}, {"g2", "王芳", ""}};
    SectionContent expected;
    expected.keys = {{"phase", text("第 2024-10-10 天")}, {"share", figure(Fraction(1, 3), Unit::ratio)}};
    expected.lists["guides"] = {
        {{"name", text("李梅2026-01-01")}, {"gmv", figure(Value(12'345), Unit::money)}},
        {{"name", text("王芳")}, {"gmv", figure(Gap::no_value, Unit::money)}},
    };
    EXPECT_EQ(section_of(blueprint, "guides").fill(figures), expected);
    EXPECT_THAT(figures.asked, ElementsAre("guide_id 20000-20006", "store_guides guide_id name from 20006-20006"));
}

TEST(Asking, AFillThatLacksItsDataShowsThatUnderEachKey) {
    const Blueprint blueprint = Plugins({bad}).blueprint("all_of_1_1");
    Figures figures({});
    figures.parts = {{"g1", Value(Gap::not_ready)}};
    const SectionContent content = section_of(blueprint, "guides").fill(figures);
    EXPECT_EQ(content.keys.at("phase"), text("第 2024-10-10 天"));  // was put before
    EXPECT_EQ(content.keys.at("share"), figure(Fraction(1, 3), Unit::ratio));
    EXPECT_TRUE(content.lists.empty());
    EXPECT_TRUE(content.not_ready);
}

TEST(Asking, DaysNamesAndHandlesThatAreNoneAreToldInWords) {
    const Blueprint blueprint = Plugins({bad}).blueprint("asks_wrongly");
    Figures figures({Value(1)});
    const std::string words = fault([&] { section_of(blueprint, "asks").fill(figures); });
    for (const char* part : {
             "- value_over was asked for 2024-10-10 to 2024-10-04:",
             "- value_over was asked for 2024-10-04 to 2024-10-11: the days must be in order, not after 2024-10-10",
             "- value_over uses the handle 4711, which does not exist.",
             "- No fact has a column “gide_id”. Columns stand in docs/facts.md.\n  - Did you mean guide_id?",
             "- channel.region: no roster is looked up by channel.",
             "- There is no roster “group”; rosters are ",
             "- groups has no column “nam”. Its columns",
             "- tier.name: no roster is looked up by tier.",
             "- The size or an array of roster is against the contract.",
         })
        EXPECT_THAT(words, HasSubstr(part));
    EXPECT_THAT(words, Not(HasSubstr("cannot_divide")));  // a sentence, not an id
    EXPECT_THAT(figures.asked, ElementsAre("kind 20000-20006"));
}

TEST(Asking, CellsAgainstTheContractAreToldInWords) {
    const Blueprint blueprint = Plugins({bad}).blueprint("asks_wrongly");
    Figures figures({Value(1)});
    const std::string words = fault([&] { section_of(blueprint, "puts_rows").fill(figures); });
    for (const char* part : {
             "- The section did not declare the list guide.",
             "- A row of the list guides gives name twice.",
             "- A row of the list guides has a cell without a key.",
             "- The section did not declare the key guides.nam.",
             "- guides.name.unit is 9, which means nothing.",
             "- The fraction 1/-1 of guides.name is wrong",
             "- guides.name has both a text and a figure.",
             "- guides.name is no valid UTF-8, or too long.",
             "- guides.name.status is 8, which means nothing.",
             "- The section did not declare the key guides.name.",
         })
        EXPECT_THAT(words, HasSubstr(part));
    EXPECT_THAT(fault([&] { section_of(blueprint, "puts_many").fill(figures); }),
                HasSubstr("- The list guides has more than 10000 rows."));
}

TEST(Asking, WhatWasLentStaysUntilTheFillReturns) {
    const Blueprint blueprint = Plugins({bad}).blueprint("asks_wrongly");
    Figures figures({Value(1)});
    for (int i = 0; i < 500; ++i)
        figures.parts.emplace_back("channel " + std::to_string(i) + " with a long name", Value(i));
    const SectionContent content = section_of(blueprint, "splits").fill(figures);
    EXPECT_EQ(content.keys.at("share"), figure(Value(499), Unit::count));
    EXPECT_EQ(content.keys.at("phase"), text("channel 0 with a long name"));
}

}  // namespace siyu
