// SPDX-License-Identifier: Apache-2.0
#include "core/host/expressions.hpp"
#include "core/host/template.hpp"
#include "tests/host/figures.hpp"

// What is wrong with what a plugin declares, or with what it does when it is asked.
namespace siyu {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Declarations, AllFaultsAreToldAtOnce) {
    const std::string words = refusal("many_faults");
    EXPECT_THAT(words, StartsWith("The declarations of plugin many_faults ("));
    for (const char* part : {
             "- The name “Bad Id” of kpi is against the rules.",
             "- untitled.title_zh must hold text",
             "- There is no fact “order”. Facts stand in docs/facts.md.\n  - Did you mean orders?\n  - It stands in ",
             "- orders has no column “amout”. Its columns",
             "- channel of orders is neither a count nor money",
             "- forecast is a plan",
             "- orders has no column “chanel”. Its columns",
             "- path of orders is never “teleport”.",
             "- There is no quantity “tickets_answerd”. Quantities stand in docs/plugins.md, Expressions.\n  - Did you "
             "mean tickets_answered?",
             "- tickets_answered takes 1 arguments and got 0.",
             "- “At least 2” does not fit here",
             "- 100000 days back is too long",
             "- KPI no_below does not add up over days and cannot be projected.",
             "- KPI gmw is to be redefined, but no extended plugin declares it.\n  - Did you mean gmv?",
             "- KPI retention_rate is a ratio or multiple and has nothing below the line.",
             "- Lines are given for KPI gmw, which nobody declares.\n  - Did you mean gmv?",
             "- The lines normal, good, excess of KPI gmv are in the wrong order.",
             "- members_per_guide is 0.00; it must be above 0.",
             "- koc.per_person is -1.00; it must be above 0.",
             "- open.template_zh is no valid Mustache template (Unclosed section \"gmv\" at 0).",
             "- gmv in raw.template_zh is not escaped.",
             "- gmv in raw.template_en is not escaped.",
             "- strange.template_zh uses the key gmw, which nobody gives.\n  - Did you mean gmv?",
             "- strange.template_en includes another template, gmv",
             "- secret.template_zh uses labour_leverage, which the agency alone sees",
             "- Section keyless declares keys of its own but has no fill",
         })
        EXPECT_THAT(words, HasSubstr(part));
    // Lines that go down are right for a KPI of which less is better.
    EXPECT_THAT(words, Not(HasSubstr("churn_rate")));
    EXPECT_THAT(words, HasSubstr("(26 in all)"));
}

// A faulty expression may come out like a sound one, bought(trailing(100'000)) like bought().
TEST(Declarations, FaultOfAnExpressionNamesTheDeclarationThatItStandsIn) {
    Blueprint blueprint;
    Problems problems;
    Expressions expressions(blueprint, problems);
    siyu_set_expression bought{};
    bought.size = sizeof bought, bought.op = SIYU_BOUGHT;
    siyu_set_expression too_long = bought;
    too_long.trailing_days = 100'000;
    const auto size_of = [&](const siyu_set_expression& set) {
        siyu_measure_expression size{};
        size.size = sizeof size, size.op = SIYU_SIZE, size.set = expressions.add(&set);
        return expressions.add(&size);
    };
    const siyu_measure faulty = size_of(too_long), sound = size_of(bought);
    siyu_measure_expression sum{};
    sum.size = sizeof sum, sum.op = SIYU_PLUS, sum.left = sound, sum.right = faulty;
    expressions.used(sound, "sound.above");
    expressions.used(faulty, "faulty.above");
    expressions.used(expressions.add(&sum), "sum.above");
    ASSERT_EQ(problems.notes().size(), 1U);
    const std::vector<Note> places{{"plugin.stands_in", {{"what", "faulty.above"}}},
                                   {"plugin.stands_in", {{"what", "sum.above"}}}};
    EXPECT_EQ(problems.notes()[0].parts, places);
}

TEST(Declarations, KeyOfARowWrittenAsDeclaredIsToldToStandInItsList) {
    Problems problems;
    const OwnKeys own({"guides.name"});
    check_template("s.template_en", "{{guides.name}}", {}, {}, own, problems);
    ASSERT_EQ(problems.notes().size(), 1U);
    EXPECT_EQ(problems.notes()[0].id, "plugin.key_outside_list");
}

TEST(Declarations, FaultsAgainstVersionOneOneAreToldAtOnce) {
    const std::string words = refusal("faults_of_1_1");
    for (const char* part : {
             "- 10000 to below 5000 (fen) is no step",
             "- -1 to below 0 (fen) is no step",
             "- siyu_set_expression.below means nothing here but is 5000.",
             "- There is no roster “koc”; rosters are ",
             "- There is no roster “orders”; rosters are ",
             "- groups has no customer_id",
             "- Both sides of followed must be joined, interacted or bought",
             "- followed must say within how many days, 1 to 3660.",
             "- days_ago 7 needs trailing_days",
             "- members cannot be filtered by channel.",
             "- members cannot be filtered by group_id.",
             "- store_guides has no column “stor_id”. Its columns",
             "- channel.region: no roster is looked up by channel.",
             "- group_id.tier of joins is never “golden”.",
             "- guide_id.store_id of orders is neither a count nor money",
             "- touches has no customer_id",
             "- tickets_due cannot be narrowed to a set of customers",
             "- refunds_booked cannot be filtered by order_id.",
             "- The name “a.b.c” of lists.keys is against the rules.",
             "- The template key guides.name of lists is also made by another name.",
             "- The template key guides of lists is also made by another name.",
             "- lists.template_zh uses the list guides like a text. Write {{#guides}} … {{/guides}}.",
             "- lists.template_zh uses name outside of the list guides that it belongs to. Write it between "
             "{{#guides}} and "
             "{{/guides}}.",
             "- lists.template_zh uses the key nam, which nobody gives.\n  - Did you mean name?",
             "- lists.template_en changes the brackets",
         })
        EXPECT_THAT(words, HasSubstr(part));
}

TEST(Declarations, TheSameIdTwiceInOnePluginIsRefused) {
    EXPECT_THAT(refusal("said_twice"), HasSubstr("- kpi orders is declared twice."));
}

TEST(Declarations, TextThatIsNoUtf8IsRefused) {
    EXPECT_THAT(refusal("bad_utf8"), HasSubstr("- orders.title_zh must hold text without control characters"));
}

TEST(Declarations, HandlesFlagsAndStructsThatAreNoneAreRefused) {
    EXPECT_THAT(refusal("bad_handles"), AllOf(HasSubstr("- made_up.above uses the handle 4711, which does not exist."),
                                              HasSubstr("- a_set.above uses the handle "),
                                              HasSubstr("- flags.flags is 1048576, which means nothing."),
                                              HasSubstr("- The size or an array of siyu_kpi is against the contract."),
                                              HasSubstr("- The size or an array of siyu_section"),
                                              HasSubstr("- siyu_set_expression.op is 77, which means nothing.")));
}

TEST(Declarations, FailureOfThePluginComesInItsWords) {
    EXPECT_THAT(refusal("create_fails"), HasSubstr("- create: no licence on this machine"));
    EXPECT_THAT(refusal("throws"), HasSubstr("- declare: the rate card is missing"));
    EXPECT_THAT(refusal("throws_oddly"), HasSubstr("- declare: an exception that is no std::exception"));
    EXPECT_THAT(refusal("fails_silently"), HasSubstr("- declare returned 1234 without saying why."));
    EXPECT_THAT(refusal("throws_raw"), HasSubstr("- An exception crossed the contract: out of the plugin."));
}

TEST(Declarations, AnExtendedPluginThatIsNotThereOrExtendsBackIsNamed) {
    EXPECT_THAT(refusal("extends_nobody"), AllOf(StartsWith("The declarations of plugin extends_nobody"),
                                                 HasSubstr("- Plugin nobody was not found")));
    EXPECT_THAT(refusal("ring_a"), HasSubstr("- Plugin ring_a extends itself in the end."));
}

TEST(Settings, OfTheWrongFormAreToldInWords) {
    EXPECT_THAT(refusal("callbacks", {{"low", "many"}}),
                HasSubstr("- Setting low is “many”; it must be a whole number such as 1, 2, 3."));
    EXPECT_THAT(refusal("callbacks", {{"low", "0"}}), HasSubstr("Setting low is “0”"));
    EXPECT_THAT(refusal("callbacks", {{"lower", "perhaps"}}),
                HasSubstr("Setting lower is “perhaps”; it must be yes or no."));
    EXPECT_THAT(refusal("pawpaw", {{"members_each_guide", "-5"}}), HasSubstr("it must be a number above 0"));
    // The PM mends it, not the author.
    EXPECT_THAT(refusal("pawpaw", {{"members_each_guide", "-5"}}),
                AllOf(HasSubstr("siyu tenant set"), Not(HasSubstr("for its author"))));
}

TEST(Settings, ReachThePluginAndUnknownOnesAreRemarked) {
    std::vector<Note> remarks;
    const Blueprint blueprint =
        Plugins({bad}).blueprint("callbacks", {{"low", "7"}, {"lower", "是"}, {"lowr", "1"}}, &remarks);
    EXPECT_EQ(blueprint.staffing.members_per_guide, Fraction(7));
    ASSERT_EQ(remarks.size(), 1u);
    EXPECT_EQ(Catalogue(Language::en).say(remarks[0]),
              "Plugin callbacks does not know the setting lowr; it was not used.\n- Did you mean low?");
}

TEST(Compute, GetsItsMeasuresAndGapsPassThrough) {
    const Blueprint blueprint = Plugins({bad}).blueprint("callbacks");
    const Kpi& basket = *blueprint.kpi("basket");
    ASSERT_TRUE(basket.compute);
    ASSERT_EQ(blueprint.measures.size(), 2u);
    Figures sold({Value(3), Value(1000)}), nothing({Value(0), Value(0)}), late({Value(Gap::not_ready), Value(0)});
    EXPECT_EQ(basket.compute(sold), Value(Fraction(1000, 3)));
    EXPECT_EQ(basket.compute(nothing), Value(Gap::no_value));
    EXPECT_EQ(basket.compute(late), Value(Gap::not_ready));
}

TEST(Compute, OutlivesTheBlueprintAndThePluginsThatMadeIt) {
    std::function<Value(Evaluation&)> compute;
    {
        const Plugins plugins({bad});
        compute = plugins.blueprint("callbacks").kpi("basket")->compute;
    }
    Figures sold({Value(2), Value(500)});
    EXPECT_EQ(compute(sold), Value(250));
}

TEST(Compute, FaultsAreErrorsWithTheWordsOfThePlugin) {
    const Blueprint blueprint = Plugins({bad}).blueprint("callbacks"), late = Plugins({bad}).blueprint("late_calls");
    Figures figures({Value(1), Value(1)});
    EXPECT_THAT(fault([&] { blueprint.kpi("fails")->compute(figures); }),
                AllOf(StartsWith("Plugin callbacks ("), HasSubstr("- fails: the moon is wrong")));
    EXPECT_THAT(fault([&] { late.kpi("declares")->compute(figures); }),
                HasSubstr("- declare_kpi cannot be called now"));
    EXPECT_THAT(fault([&] { late.kpi("undefined_value")->compute(figures); }), HasSubstr("- The fraction 1/0"));
    EXPECT_THAT(fault([&] { late.kpi("silent")->compute(figures); }),
                HasSubstr("- silent returned 8 without saying why"));
}

TEST(Compute, WhatTheEngineThrowsPassesThroughThePluginUnharmed) {
    const Blueprint blueprint = Plugins({bad}).blueprint("callbacks");
    Broken broken;
    try {
        blueprint.kpi("basket")->compute(broken);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "store.gone");
        EXPECT_EQ(error.code(), Error::unreachable);
    }
    Figures sold({Value(2), Value(500)});
    EXPECT_EQ(blueprint.kpi("basket")->compute(sold), Value(250));
}

TEST(Compute, ANumberBeyond64BitsIsAFaultNotAWrongNumber) {
    const Blueprint blueprint = Plugins({bad}).blueprint("callbacks");
    Figures huge({Value(1), Value(Fraction(INT64_MAX) * Fraction(4))});
    EXPECT_THAT(fault([&] { blueprint.kpi("basket")->compute(huge); }), HasSubstr("does not fit into 64 bits"));
}

TEST(Sections, FillTheirOwnKeysAndNoOthers) {
    const Blueprint blueprint = Plugins({bad}).blueprint("callbacks");
    Figures figures({Value(1), Value(1)});
    ASSERT_EQ(blueprint.sections.size(), 2u);
    EXPECT_EQ(blueprint.sections[0].fill(figures).keys, (SectionContent::Row{{"hello", {"第 20006 天", {}}}}));
    EXPECT_THAT(fault([&] { blueprint.sections[1].fill(figures); }),
                HasSubstr("- The section did not declare the key goodbye."));
}

}  // namespace siyu
