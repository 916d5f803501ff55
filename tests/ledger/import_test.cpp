// SPDX-License-Identifier: Apache-2.0
#include "core/intake/import.hpp"

#include <gtest/gtest.h>

#include "core/ledger/recompute.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

const std::string first = "order_id,paid_at,amount,customer_id\no1,2026-10-01 10:00,10,c1\no2,2026-10-02 10:00,20,c2\n";
const std::string second =
    "order_id,paid_at,amount,customer_id\no2,2026-10-03 10:00,25,c2\no3,2026-10-02 11:00,30,c3\n";

// One good row that moves an order and brings a customer, and more bad ones than may be.
std::string hopeless() {
    std::string rows = "order_id,paid_at,amount,customer_id\no1,2026-10-05 10:00,99,stranger\n";
    for (int i = 0; i < 12; ++i) rows += "b" + std::to_string(i) + ",some day,1,c1\n";
    return rows;
}

class Together : public testing::Test {
  protected:
    ImportResult take(Import& import, const std::string& csv) {
        const auto file = shop.folder() / "orders.csv";
        std::ofstream(file, std::ios::binary) << csv;
        FactSource source(file, {Fact::orders, ""}, profiles_);
        ImportOrder order;
        order.tenant = 1;
        order.file = "orders.csv";
        return import.take(source, order);
    }
    // What the ledger says of the month, and whether it says what the rows say.
    static std::string state(Workshop& shop) {
        Ledger ledger = shop.ledger();
        std::string text = recompute(shop.database(), 1, shop.zone(), false).empty() ? "true" : "false";
        for (Day day = date(2026, 10, 1); day <= date(2026, 10, 6); ++day)
            text += " " + ledger.total(Fact::orders, "amount", day, day).rounded(0) + "/" +
                    std::to_string(ledger.who(Fact::orders, day, day).cardinality());
        return text + " " + std::to_string(Batches(shop.database(), 1).list().size());
    }

    Workshop shop;

  private:
    Profiles profiles_;
};

TEST_F(Together, ARefusedFileLeavesNothingAndTheOthersStand) {
    {
        Import import(shop.database(), 1, shop.zone());
        take(import, first);
        EXPECT_THROW(take(import, hopeless()), Error);
        EXPECT_EQ(take(import, second).batch.number, 2);
        import.commit();
    }
    Workshop straight;
    straight.take(Fact::orders, first);
    straight.take(Fact::orders, second);
    EXPECT_EQ(state(shop), state(straight));
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "stranger"), -1);
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "c3"), 2);
}

TEST_F(Together, NothingStandsUntilItIsCommitted) {
    const std::string before = state(shop);
    {
        Import import(shop.database(), 1, shop.zone());
        take(import, first);
        take(import, second);
    }
    EXPECT_EQ(state(shop), before);
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "c1"), -1);
}

}  // namespace
}  // namespace siyu
