// SPDX-License-Identifier: Apache-2.0
// What the ledger stands on: rows as blocks, batches, words, rosters.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/ledger/ledger.hpp"
#include "core/store/batches.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

TEST(Rows, BytesAreReadBackTheSame) {
    const FactKind& kind = kind_of(Fact::interactions);
    std::mt19937_64 random(11);
    Rows rows(kind);
    for (int i = 0; i < 500; ++i) {
        auto row = rows.add();
        row[0] = 1'790'000'000'000'000 + static_cast<std::int64_t>(random() % 86400) * 1'000'000;
        row[1] = static_cast<std::int64_t>(random() % 100'000);
        row[2] = 3;
        row[3] = random() % 2 ? absent : 7;
        row[4] = absent;
        row[5] = static_cast<std::int64_t>(random()) / 2;
    }
    Rows back(kind);
    back.decode(rows.encode());
    ASSERT_EQ(back.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_TRUE(std::ranges::equal(back[i], rows[i])) << i;
    std::string bytes = rows.encode();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    Rows broken(kind);
    EXPECT_THROW(broken.decode(bytes), Error);
    EXPECT_THROW(broken.decode(std::string_view(bytes).substr(0, 20)), Error);
}

// Rows as they were taken in before `orders` had its last column.
Rows narrower(const Rows& rows) {
    FactKind kind = kind_of(Fact::orders);
    kind.columns.pop_back();
    Rows found(kind);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = found.add();
        std::copy_n(rows[i].begin(), row.size() - 1, row.begin());
        row.back() = rows[i].back();
    }
    return found;
}

TEST(Rows, ABlockOfFewerColumnsIsReadWithTheNewOnesEmpty) {
    const FactKind& kind = kind_of(Fact::orders);
    Rows rows(kind);
    for (std::int64_t i = 0; i < 3; ++i) {
        const auto row = rows.add();
        for (std::size_t k = 0; k < row.size(); ++k) row[k] = i * 100 + static_cast<std::int64_t>(k);
        row.back() = i == 1 ? 1 : 0;
    }
    Rows back(kind);
    back.decode(narrower(rows).encode());
    ASSERT_EQ(back.size(), 3U);
    for (std::size_t i = 0; i < back.size(); ++i) {
        EXPECT_TRUE(std::equal(rows[i].begin(), rows[i].end() - 2, back[i].begin()));
        EXPECT_EQ(back[i][kind.place("pricing")], absent);
        EXPECT_EQ(back[i].back(), rows[i].back());
    }
    // More columns than the fact has are another siyu's.
    FactKind wider = kind;
    wider.columns.push_back(wider.columns.back());
    Rows more(wider);
    more.add();
    EXPECT_THROW(back.decode(more.encode()), Error);
}

TEST(Ledger, AStoreFromBeforeAColumnGivesTheSameFigures) {
    Workshop shop;
    const std::string csv = "order_id,paid_at,amount,customer_id\no1,2026-01-02,10,a\no2,2026-01-02,20,b\n";
    shop.take(Fact::orders, csv);
    const Day day = date(2026, 1, 2);
    {
        Blocks blocks(shop.database(), 1);
        const Rows old = narrower(blocks.visible(Fact::orders, day));
        FactKind kind = kind_of(Fact::orders);
        kind.columns.pop_back();
        Sums sums(kind);
        sums.add(kind, old);
        shop.database().execute("DELETE FROM fact_block");
        blocks.put(Fact::orders, day, 1, 0, old);
        blocks.flush();
        Shelf shelf(shop.database(), 1);
        shelf.save(Series::sums + static_cast<std::int64_t>(Fact::orders), day, sums.write());
        shelf.flush();
    }
    const auto look = [&](Filter::Test test, const char* value) {
        return shop.ledger().total(Fact::orders, "amount", day, day, {{"pricing", test, value}});
    };
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", day, day), Fraction(3000));
    EXPECT_EQ(look(Filter::Test::equals, ""), Fraction(3000));
    EXPECT_EQ(look(Filter::Test::lacking, ""), Fraction(3000));
    EXPECT_EQ(look(Filter::Test::present, ""), Fraction(0));
    EXPECT_EQ(look(Filter::Test::equals, "full"), Fraction(0));
    EXPECT_FALSE(shop.take(Fact::orders, csv).changed());
    EXPECT_TRUE(
        shop.take(Fact::orders, "order_id,paid_at,amount,customer_id,pricing\no1,2026-01-02,10,a,full\n").changed());
    EXPECT_EQ(look(Filter::Test::equals, "full"), Fraction(1000));
    EXPECT_EQ(look(Filter::Test::equals, ""), Fraction(2000));
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", day, day), Fraction(3000));
}

TEST(Batches, CoverageLeavesUndoneBatchesOut) {
    Workshop shop;
    shop.take(Fact::joins, "joined_at,customer_id\n2026-01-02,a\n2026-01-04,b\n");
    shop.take(Fact::joins, "joined_at,customer_id\n2026-01-09,a\n");
    shop.take(Fact::groups, "group_id,tier\nr,premium\n");
    const Zone zone("Asia/Shanghai");
    Batches batches(shop.database(), 1);
    ASSERT_EQ(batches.coverage(Fact::joins, zone).size(), 2U);
    EXPECT_EQ(batches.coverage(Fact::joins, zone)[0].last, date(2026, 1, 4));
    shop.undo(1);
    ASSERT_EQ(batches.coverage(Fact::joins, zone).size(), 1U);
    EXPECT_EQ(batches.coverage(Fact::joins, zone)[0].first, date(2026, 1, 9));
    EXPECT_TRUE(batches.coverage(Fact::groups, zone).empty());
    EXPECT_TRUE(Batches(shop.database(), 2).coverage(Fact::joins, zone).empty());
}

TEST(Words, TextsComeInRunsAndNewOnesAreSeen) {
    Workshop shop;
    {
        Transaction transaction(shop.database(), 1);
        Words words(shop.database(), 1);
        for (int i = 0; i < 1500; ++i) ASSERT_EQ(words.intern(Space::word, "w" + std::to_string(i)), i);
        words.flush();
        transaction.commit();
    }
    const Transaction transaction(shop.database(), 1);
    Words other(shop.database(), 1);
    for (const int i : {700, 0, 511, 512, 1499, 1023}) EXPECT_EQ(other.text(Space::word, i), "w" + std::to_string(i));
    EXPECT_EQ(other.text(Space::word, -1), "");
    EXPECT_EQ(other.find(Space::word, "new"), -1);
    const std::int64_t fresh = other.intern(Space::word, "new");
    EXPECT_EQ(fresh, 1500);
    EXPECT_EQ(other.find(Space::word, "new"), fresh);
    EXPECT_EQ(other.text(Space::word, fresh), "new");
    EXPECT_EQ(other.find(Space::word, "lent"), -1);
    const std::int64_t lent = other.lend(Space::word, "lent");
    EXPECT_EQ(other.text(Space::word, lent), "lent");
    EXPECT_EQ(other.find(Space::word, "lent"), lent);
    EXPECT_EQ(other.lend(Space::word, "w3"), 3);
    EXPECT_EQ(Words(shop.database(), 1).find(Space::word, "lent"), -1);
}

TEST(Roster, RowsHoldFromTheirFirstToTheirLastDay) {
    EXPECT_EQ(roster_of(Fact::orders), nullptr);
    EXPECT_EQ(roster_by("guide_id")->fact, Fact::store_guides);
    EXPECT_EQ(roster_by("customer_id")->fact, Fact::memberships);
    EXPECT_EQ(roster_by("upline_id"), nullptr);
    EXPECT_EQ(looked_up("guide_id.store_id"), (std::pair<std::string_view, std::string_view>("guide_id", "store_id")));
    EXPECT_EQ(looked_up("guide_id").second, "");
    const Roster& roster = *roster_of(Fact::memberships);
    const FactKind& kind = kind_of(Fact::memberships);
    std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
    EXPECT_TRUE(roster.holds(row, earliest_day));
    EXPECT_TRUE(roster.holds(row, latest_day));
    EXPECT_FALSE(roster.begins(row));
    row[kind.place("from")] = 100;
    row[kind.place("to")] = 200;
    EXPECT_TRUE(roster.begins(row));
    EXPECT_FALSE(roster.holds(row, Day{99}));
    EXPECT_TRUE(roster.holds(row, Day{100}));
    EXPECT_TRUE(roster.holds(row, Day{200}));
    EXPECT_FALSE(roster.holds(row, Day{201}));
}

}  // namespace
}  // namespace siyu
