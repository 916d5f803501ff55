// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/intake/parcel.hpp"
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
    Parcel parcel(const std::string& csv, std::int64_t tenant = 1) {
        const auto file = shop.folder() / (std::to_string(++files_) + "-orders.csv");
        std::ofstream(file, std::ios::binary) << csv;
        Parcel made{.file = file, .owner = "shop", .zone = Zone(shop.zone().name()), .open = [this, file] {
                        return std::make_unique<FactSource>(file, Choice{Fact::orders, ""}, profiles_);
                    }};
        made.order.tenant = tenant;
        made.order.file = "orders.csv";
        made.order.token = files_;
        made.source = made.open();
        return made;
    }
    // What was refused, by its place.
    std::string take(std::vector<std::pair<std::string, std::int64_t>> files) {
        std::vector<Parcel> parcels;
        for (const auto& [csv, tenant] : files) parcels.push_back(parcel(csv, tenant));
        take_in(shop.database(), parcels);
        std::string refused;
        for (const Parcel& one : parcels) {
            EXPECT_NE(one.refused.has_value(), one.result.has_value());
            refused += one.refused ? 'x' : '.';
        }
        return refused;
    }
    // What the ledger says of the month, and whether it says what the rows say.
    static std::string state(Workshop& shop, std::int64_t tenant = 1) {
        Ledger ledger = shop.ledger(tenant);
        std::string text = recompute(shop.database(), tenant, shop.zone(), false).empty() ? "true" : "false";
        for (Day day = date(2026, 10, 1); day <= date(2026, 10, 6); ++day)
            text += " " + ledger.total(Fact::orders, "amount", day, day).rounded(0) + "/" +
                    std::to_string(ledger.who(Fact::orders, day, day).cardinality());
        return text + " " + std::to_string(Batches(shop.database(), tenant).list().size());
    }

    Workshop shop;

  private:
    Profiles profiles_;
    int files_ = 0;
};

TEST_F(Together, ARefusedFileLeavesNothingAndTheOthersStand) {
    EXPECT_EQ(take({{first, 1}, {hopeless(), 1}, {second, 1}, {hopeless(), 1}}), ".x.x");
    Workshop straight;
    straight.take(Fact::orders, first);
    straight.take(Fact::orders, second);
    EXPECT_EQ(state(shop), state(straight));
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "stranger"), -1);
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "c3"), 2);
}

TEST_F(Together, FilesOfSeveralTenantsAreEachTheirOwn) {
    EXPECT_EQ(take({{first, 1}, {second, 1}, {first, 2}, {hopeless(), 2}, {hopeless(), 3}, {second, 3}}), "...xx.");
    Workshop straight;
    straight.take(Fact::orders, first, 1);
    straight.take(Fact::orders, second, 1);
    straight.take(Fact::orders, first, 2);
    straight.take(Fact::orders, second, 3);
    const auto revision = [this](std::int64_t tenant) {
        const auto number = shop.database().prepare("SELECT number FROM revision WHERE tenant = ?");
        const bool there = number->with(tenant).step();
        const std::int64_t found = there ? number->number(0) : 0;
        number->reset();
        return found;
    };
    for (const std::int64_t tenant : {1, 2, 3}) {
        EXPECT_EQ(state(shop, tenant), state(straight, tenant)) << tenant;
        EXPECT_GT(revision(tenant), 0) << tenant;
    }
}

// What is wrong with one tenant's ledger is nothing to the others that were to be taken in with it.
TEST_F(Together, ADamagedLedgerStopsItsTenantOnly) {
    const std::string refund =
        "order_id,paid_at,amount,customer_id,refunded,refunded_at\no9,2026-10-01 10:00,9,c9,1,2026-10-02 10:00\n";
    EXPECT_EQ(take({{refund, 1}, {refund, 2}, {refund, 3}}), "...");
    shop.database().execute("UPDATE ledger SET data = 'damaged' WHERE tenant = 2");
    const std::string more =
        "order_id,paid_at,amount,customer_id,refunded,refunded_at\no8,2026-10-01 10:00,9,c8,1,2026-10-02 10:00\n";
    EXPECT_EQ(take({{more, 1}, {more, 2}, {first, 2}, {more, 3}}), ".xx.");
    EXPECT_EQ(Batches(shop.database(), 1).list().size(), 2U);
    EXPECT_EQ(Batches(shop.database(), 2).list().size(), 1U);
    EXPECT_EQ(Batches(shop.database(), 3).list().size(), 2U);
}

TEST_F(Together, NothingStandsUntilItIsCommitted) {
    const std::string before = state(shop);
    {
        Import import(shop.database());
        for (const std::string& csv : {first, second}) {
            const Parcel one = parcel(csv);
            import.take(*one.source, one.order, one.zone);
        }
    }
    EXPECT_EQ(state(shop), before);
    EXPECT_EQ(Words(shop.database(), 1).find(Space::customer, "c1"), -1);
}

}  // namespace
}  // namespace siyu
