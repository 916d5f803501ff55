// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/kpi_json.hpp"
#include "reports/page.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

// The KPI as it was: the number of orders, or the plugin's own code.
FormulaChange change_of(Scorecard& card, const std::string& kpi, bool own_code, Value value) {
    FormulaChange change{*card.blueprint.kpi(kpi), std::move(value)};
    change.before.above = change.before.below = none;
    if (!own_code) {
        MeasureNode orders;
        orders.op = MeasureNode::Op::total;
        orders.name = "orders";
        card.blueprint.measures.push_back(orders);
        change.before.above = static_cast<MeasureId>(card.blueprint.measures.size()) - 1;
        change.before.unit = Unit::count;
    }
    return change;
}

const Catalogue& zh() { return catalogue(Language::zh); }

TEST(FormulaChange, BothValuesAndBothDefinitionsStandOnThePage) {
    Scorecard card = sample_scorecard();
    EXPECT_THAT(html_page(card, Audience::brand, zh()), Not(HasSubstr("口径变更")));
    card.changes.push_back(change_of(card, "diverted_users", false, Value(4321)));
    for (const std::string& page : {html_page(card, Audience::brand, zh()), text_page(card, Audience::brand, zh())}) {
        EXPECT_THAT(page, HasSubstr("口径变更"));
        EXPECT_THAT(page, HasSubstr("4,321"));
        EXPECT_THAT(page, HasSubstr("旧口径：付款订单"));
    }
    EXPECT_THAT(text_page(card, Audience::brand, catalogue(Language::en)), HasSubstr("4,321"));
    EXPECT_THAT(kpi_json(card, Audience::brand, zh()), HasSubstr("formula_changes"));
}

TEST(FormulaChange, FormulaOfAPluginsOwnCodeIsSaidToBeUnknownAndNotZero) {
    Scorecard card = sample_scorecard();
    card.changes.push_back(change_of(card, "diverted_users", true, Gap::not_applicable));
    EXPECT_THAT(text_page(card, Audience::brand, zh()), HasSubstr("无法重算"));
}

TEST(FormulaChange, BrandIsNotToldOfWhatOnlyTheAgencySees) {
    Scorecard card = sample_scorecard();
    for (Kpi& kpi : card.blueprint.kpis)
        if (kpi.id == "diverted_users") kpi.audience = Audience::agency;
    card.changes.push_back(change_of(card, "diverted_users", false, Value(4321)));
    EXPECT_THAT(html_page(card, Audience::brand, zh()), Not(HasSubstr("4,321")));
    EXPECT_THAT(kpi_json(card, Audience::brand, zh()), Not(HasSubstr("4321")));
    EXPECT_THAT(html_page(card, Audience::agency, zh()), HasSubstr("4,321"));
}

}  // namespace
}  // namespace siyu
