// SPDX-License-Identifier: Apache-2.0
// The ledger made anew from its rows says the same, or says where it had been damaged.
#include "core/ledger/recompute.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "core/ledger/state.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

constexpr std::int64_t tenant = 1;

// A brand with something of everything that the ledger keeps, over more days than lie between two whole sets.
class Recompute : public testing::Test {
  protected:
    Recompute() {
        std::string joins = "joined_at,customer_id,guide_id,group_id,channel,inviter_id,post_id\n",
                    orders = "order_id,paid_at,amount,customer_id,refunded,refunded_at\n",
                    interactions = "at,customer_id,kind\n";
        for (int i = 0; i < 90; ++i) {
            const std::string at = to_string(first + i) + " 09:00:00", who = "c" + std::to_string(i % 20);
            joins += at + "," + who + ",g1," + (i % 3 ? "r1" : "") + ",天猫," + (i % 4 ? "" : "c1") + ",p1\n";
            orders += "o" + std::to_string(i) + "," + at + ",10," + who + (i % 5 ? ",," : ",1," + at) + "\n";
            interactions += at + "," + who + ",click\n";
        }
        shop.take(Fact::joins, joins);
        shop.take(Fact::orders, orders);
        shop.take(Fact::interactions, interactions);
        shop.take(Fact::leaves, "left_at,customer_id,guide_id,group_id\n2026-02-03 10:00:00,c3,,\n");
        shop.take(Fact::refunds, "refund_id,order_id,at,amount\nf1,o1,2026-01-20,2\nf2,o2,2026-01-21,3\n");
    }

    std::vector<LedgerFault> look(bool mend = false) { return recompute(shop.database(), tenant, shop.zone(), mend); }
    std::string figures() {
        std::string text;
        Ledger ledger = shop.ledger();
        for (Day day = first; day < first + 90; ++day) {
            text += to_string(day) + " " + std::to_string(ledger.members(day).cardinality()) + " " +
                    std::to_string(ledger.group_members(day).cardinality()) + " " +
                    std::to_string(ledger.who(Fact::interactions, day, day).cardinality()) + " " +
                    ledger.total(Fact::orders, "amount", day, day).num() + " " + ledger.refunded(day, day, day).num() +
                    "\n";
        }
        return text;
    }
    // Every kind of damage is said, leaves what there is as it is until it is mended, and is then gone.
    void damage(const std::function<void()>& harm, const std::function<bool(const LedgerFault&)>& expected) {
        const std::string before = figures();
        {
            Transaction transaction(shop.database(), tenant);
            harm();
            transaction.commit();
        }
        for (const bool mend : {false, true}) {
            const auto faults = look(mend);
            EXPECT_EQ(faults.size(), 1U);
            for (const LedgerFault& fault : faults) EXPECT_TRUE(expected(fault)) << fault.series << " " << fault.first;
        }
        EXPECT_TRUE(look().empty());
        EXPECT_EQ(figures(), before);
    }
    void damage_cell(std::int64_t series, Day day, const std::string& name, std::string_view bytes) {
        damage([&] { write(tenant, series, day, bytes); },
               [&](const LedgerFault& fault) {
                   return fault.where == LedgerFault::Where::cell && fault.series == name && fault.day == day;
               });
    }
    void write(std::int64_t whose, std::int64_t series, Day day, std::string_view bytes) {
        Shelf shelf(shop.database(), whose);
        shelf.save(series, day, bytes);
        shelf.flush();
    }
    std::string cell(std::int64_t series, Day day) { return Shelf(shop.database(), tenant).load(series, day).value(); }
    std::int64_t customer(const char* name) {
        Words words(shop.database(), tenant);
        return words.find(Space::customer, name);
    }

    const Day first = date(2026, 1, 1);
    Workshop shop;
};

TEST_F(Recompute, WhatImportsMadeIsFoundTrue) { EXPECT_TRUE(look().empty()); }

TEST_F(Recompute, CorrectionsMovesAndUndosLeaveItTrue) {
    shop.take(Fact::orders, "order_id,paid_at,amount,customer_id\no7,2026-03-30,99,c9\no8,2026-01-05,98,c9\n");
    EXPECT_TRUE(look().empty());
    // A refund that goes to another day and another order, and back.
    const auto moved = shop.take(Fact::refunds, "refund_id,order_id,at,amount\nf1,o40,2026-03-01,2\n").batch.number;
    EXPECT_TRUE(look().empty());
    shop.undo(moved);
    EXPECT_TRUE(look().empty());
    shop.undo(1);
    EXPECT_TRUE(look().empty());
    shop.undo(2);
    EXPECT_TRUE(look().empty());
}

TEST_F(Recompute, ASumThatDiffersIsNamedByFactAndDay) {
    const std::int64_t series = Series::sums + static_cast<std::int64_t>(Fact::orders);
    const std::string other = cell(series, first + 30);
    damage_cell(series, first + 30, "sums orders", other.substr(0, other.size() - 1) + "\x05");
}

TEST_F(Recompute, ASetWithOneMoreIsSeen) {
    Customers set = read_set(cell(Series::interacted + 0, first + 4));
    set.add(17);
    damage_cell(Series::interacted + 0, first + 4, "interacted", write_set(set));
}

TEST_F(Recompute, ACellThatIsGoneOrTooManyIsSeen) {
    damage_cell(Series::bought + 0, first + 10, "bought", {});
    damage_cell(Series::bought + 0, first + 200, "bought", cell(Series::bought + 0, first + 11));
    damage_cell(Series::refunds + 0, first + 20, "refunds", {});
}

TEST_F(Recompute, AWholeSetThatIsNotTheSumOfItsDaysIsSeen) {
    const std::int64_t whole = Series::members + 0 + whole_sets;
    const auto days = Shelf(shop.database(), tenant).days_from(whole, first);
    ASSERT_FALSE(days.empty());
    Customers set = read_set(cell(whole, days.back()));
    set.flip(0, 1);
    damage_cell(whole, days.back(), "members (whole)", write_set(set));
}

TEST_F(Recompute, ACellThatFailsItsChecksumIsNamedAndDoesNotStopTheLook) {
    damage(
        [&] {
            shop.database()
                .prepare("UPDATE ledger SET data = ? WHERE tenant = ? AND series = ? AND day = ?")
                ->with(std::string_view("no cell"), tenant, Series::joined + 0, std::int64_t{(first + 2).number})
                .run();
        },
        [&](const LedgerFault& fault) { return fault.series == "joined" && fault.day == first + 2; });
}

TEST_F(Recompute, ATimelineThatIsGoneIsNamedByItsCustomers) {
    const std::int64_t who = customer("c3");
    damage(
        [&] {
            shop.database().prepare("DELETE FROM timeline WHERE tenant = ? AND customer = ?")->with(tenant, who).run();
        },
        [&](const LedgerFault& fault) {
            return fault.where == LedgerFault::Where::timeline && fault.first <= who && who <= fault.last;
        });
}

TEST_F(Recompute, AKeyWhoseDayIsNotNotedIsNamedAndCanMoveAgainOnceMended) {
    const std::int64_t order = Words(shop.database(), tenant).find(Space::order, "o7");
    damage(
        [&] {
            shop.database()
                .prepare("DELETE FROM key_day WHERE tenant = ? AND fact = ? AND number = ?")
                ->with(tenant, static_cast<std::int64_t>(Fact::orders), order)
                .run();
        },
        [&](const LedgerFault& fault) {
            return fault.where == LedgerFault::Where::key_day && fault.series == "orders" && fault.first <= order &&
                   order <= fault.last;
        });
    shop.take(Fact::orders, "order_id,paid_at,amount,customer_id\no7,2026-03-30,99,c9\n");
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", first, first + 90), Fraction(90 * 1000 - 1000 + 9900));
}

TEST_F(Recompute, AnotherTenantsLedgerIsLeftAlone) {
    const std::string joins = "joined_at,customer_id\n2026-01-02,a\n";
    shop.take(Fact::joins, joins, 2);
    write(2, Series::joined + 0, date(2026, 1, 2), {});
    EXPECT_TRUE(look(true).empty());
    EXPECT_EQ(recompute(shop.database(), 2, shop.zone(), false).size(), 1U);
}

}  // namespace
}  // namespace siyu
