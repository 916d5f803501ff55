// SPDX-License-Identifier: Apache-2.0
// What decides about a row beyond its form.
#include <gmock/gmock.h>

#include "core/intake/intake.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

// The rows that an import of allocations sets aside, and the tenants that are there in the end.
struct Allocated {
    std::vector<RejectedRow> bad;
    std::vector<std::string> tenants;

    Allocated(const std::string& rows, const RowRules& rules) {
        Workshop shop;
        const auto file = shop.folder() / "allocations.csv";
        std::ofstream(file) << "guide_id,tenant,share\n" << rows;
        const Profiles profiles;
        FactSource source(file, {Fact::allocations, ""}, profiles);
        ImportOrder order;
        order.tenant = 1;
        order.file = "allocations.csv";
        order.rules = rules;
        bad = import_file(shop.database(), shop.zone(), source, order).first_rejects;
        Words words(shop.database(), 1);
        Blocks blocks(shop.database(), 1);
        const FactKind& kind = kind_of(Fact::allocations);
        const Rows there = blocks.visible(Fact::allocations, undated);
        for (std::size_t i = 0; i < there.size(); ++i)
            tenants.push_back(words.text(Space::word, there[i][kind.place("tenant")]));
    }
};

TEST(RowRules, AGuideIsAllocatedToATenantByItsNameOrId) {
    RowRules rules;
    rules.tenants = {{"aurora", "aurora"}, {"曙光护肤", "aurora"}, {"dawn", "dawn"}};
    const Allocated made("g1,曙光护肤,50%\ng2,aurora,0.5\ng3,晨曦,1\ng4, dawn ,1\n", rules);
    EXPECT_THAT(made.tenants, testing::UnorderedElementsAre("aurora", "aurora", "dawn"));
    ASSERT_EQ(made.bad.size(), 1U);
    EXPECT_EQ(made.bad[0].line, 4);
    EXPECT_EQ(made.bad[0].column, "tenant");
    EXPECT_EQ(made.bad[0].reason, (Note{"import.unknown_tenant", {{"tenant", "晨曦"}, {"tenants", "aurora, dawn"}}}));
}

TEST(RowRules, WithoutTenantsAnyIsTaken) { EXPECT_THAT(Allocated("g1,晨曦,1\n", {}).tenants, ElementsAre("晨曦")); }

}  // namespace
}  // namespace siyu
