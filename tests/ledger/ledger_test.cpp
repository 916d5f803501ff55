// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/ledger/state.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

std::string names(Ledger& ledger, const Customers& set) {
    std::vector<std::string> found;
    for (const std::uint32_t customer : set) found.push_back(ledger.words().text(Space::customer, customer));
    std::sort(found.begin(), found.end());
    std::string text;
    for (const std::string& name : found) text += name + " ";
    return text;
}

// Everything that the ledger answers, day by day, in words.
std::string everything(Ledger ledger, Day first, Day last) {
    std::string text;
    Words& words = ledger.words();
    for (Day day = first; day <= last; ++day) {
        text += to_string(day) + " M " + names(ledger, ledger.members(day)) + "G " +
                names(ledger, ledger.group_members(day));
        for (const Fact fact : {Fact::joins, Fact::leaves, Fact::interactions, Fact::orders})
            text += std::string(to_string(fact)) + " " + names(ledger, ledger.who(fact, day, day));
        text += "twice " + names(ledger, ledger.who(Fact::orders, first, day, {}, 2));
        text += "clicked " +
                names(ledger, ledger.who(Fact::interactions, day, day, {{"kind", Filter::Test::equals, "click"}}));
        text += "by post " + names(ledger, ledger.arrived(day - 3, day, {{"post_id", Filter::Test::present, ""}}));
        text += "gmv " + ledger.total(Fact::orders, "amount", day, day).num() + " back " +
                ledger.refunded(day, day, last).num();
        std::multiset<std::string> sorted;  // the numbers of customers and orders follow the order of arrival
        for (const Booking& booking : ledger.refunds(day, day, last))
            sorted.insert(words.text(Space::order, booking.order) + "/" + words.text(Space::word, booking.channel));
        for (const Arrival& arrival : ledger.arrivals(day - 3, day))
            sorted.insert(words.text(Space::customer, arrival.customer) + "<" +
                          words.text(Space::word, arrival.channel));
        for (const std::string& one : sorted) text += " " + one;
        Customers all;
        all.addRange(0, 1000);
        std::map<std::string, std::string> origins;
        for (const auto& [word, set] : ledger.origins(all, day))
            origins[words.text(Space::word, word)] = names(ledger, set);
        for (const auto& [channel, who] : origins) text += " from " + channel + ": " + who;
        text += "\n";
    }
    return text;
}

struct Piece {
    Fact fact;
    std::string header;
    std::vector<std::string> rows;
    std::string csv() const {
        std::string text = header + "\n";
        for (const std::string& row : rows) text += row + "\n";
        return text;
    }
};

class Random {
  public:
    explicit Random(unsigned seed) : engine_(seed) {}
    int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
    std::string instant() {
        return "2026-0" + std::to_string(1 + below(3)) + "-" + two(1 + below(28)) + " " + two(below(24)) + ":00:00";
    }
    std::string customer() { return "c" + std::to_string(below(12)); }
    std::string guide() { return below(3) ? "g" + std::to_string(below(3)) : ""; }
    std::string group() { return below(3) ? "" : "r" + std::to_string(below(2)); }
    std::string channel() { return std::string(1, static_cast<char>('A' + below(4))); }
    template <class T>
    void shuffle(std::vector<T>& all) {
        std::shuffle(all.begin(), all.end(), engine_);
    }

  private:
    static std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
    std::mt19937 engine_;
};

// The facts as they are in the end, and for some of them what was said earlier.
void make_facts(Random& random, std::vector<Piece>& last, std::vector<Piece>& earlier) {
    last = {{Fact::joins, "joined_at,customer_id,guide_id,group_id,channel,post_id", {}},
            {Fact::leaves, "left_at,customer_id,guide_id,group_id", {}},
            {Fact::interactions, "at,customer_id,kind", {}},
            {Fact::orders, "order_id,paid_at,amount,customer_id,channel,refunded,refunded_at", {}},
            {Fact::refunds, "refund_id,order_id,at,amount", {}}};
    earlier = last;
    for (int i = 0; i < 60; ++i) {
        const std::string key =
            random.instant() + "," + random.customer() + "," + random.guide() + "," + random.group();
        last[0].rows.push_back(key + "," + random.channel() + "," + (random.below(3) ? "" : "p1"));
        if (random.below(4) == 0) earlier[0].rows.push_back(key + "," + random.channel() + ",");
    }
    for (int i = 0; i < 40; ++i)
        last[1].rows.push_back(random.instant() + "," + random.customer() + "," + random.guide() + "," +
                               random.group());
    for (int i = 0; i < 50; ++i)
        last[2].rows.push_back(random.instant() + "," + random.customer() + "," + (random.below(2) ? "click" : "live"));
    for (int i = 0; i < 40; ++i) {
        const auto order = [&] {
            std::string row = "o" + std::to_string(i) + "," + random.instant() + "," +
                              std::to_string(1 + random.below(500)) + "," + (random.below(5) ? random.customer() : "") +
                              "," + random.channel();
            return row + (random.below(3) ? ",," : "," + std::to_string(random.below(100)) + "," + random.instant());
        };
        last[3].rows.push_back(order());
        if (random.below(3) == 0) earlier[3].rows.push_back(order());
    }
    for (int i = 0; i < 15; ++i) {
        const auto refund = [&] {
            return "f" + std::to_string(i) + ",o" + std::to_string(random.below(45)) + "," + random.instant() + "," +
                   std::to_string(random.below(50));
        };
        last[4].rows.push_back(refund());
        if (random.below(2) == 0) earlier[4].rows.push_back(refund());
    }
    // Two rows of one key in the whole would make it matter which comes last.
    for (Piece& piece : last)
        if (piece.fact != Fact::orders && piece.fact != Fact::refunds) {
            std::map<std::string, std::string> by_key;
            for (const std::string& row : piece.rows) {
                std::size_t comma = 0;
                const int columns = piece.fact == Fact::interactions ? 3 : 4;
                for (int i = 0; i < columns && comma != std::string::npos; ++i)
                    comma = row.find(',', comma + (i ? 1 : 0));
                by_key[row.substr(0, comma)] = row;
            }
            piece.rows.clear();
            for (const auto& [key, row] : by_key) piece.rows.push_back(row);
        }
}

// Late, in pieces, repeated, corrected and undone: the same figures as if all had come in order (facts.md, Import
// rules).
TEST(Ledger, FactsInAnyOrderGiveTheFiguresOfTheStraightWay) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        Random random(seed);
        std::vector<Piece> last, earlier;
        make_facts(random, last, earlier);
        Workshop straight;
        for (const Piece& piece : last) straight.take(piece.fact, piece.csv());

        Workshop crooked;
        for (const Piece& piece : earlier)
            if (!piece.rows.empty()) crooked.take(piece.fact, piece.csv());
        std::vector<Piece> pieces;
        for (Piece piece : last) {
            random.shuffle(piece.rows);
            while (!piece.rows.empty()) {
                Piece part{piece.fact, piece.header, {}};
                for (int n = 1 + random.below(12); n > 0 && !piece.rows.empty(); --n) {
                    part.rows.push_back(piece.rows.back());
                    piece.rows.pop_back();
                }
                pieces.push_back(part);
                if (random.below(4) == 0) pieces.push_back(part);
            }
        }
        random.shuffle(pieces);
        std::vector<std::int64_t> wrong;
        for (const Piece& piece : pieces) {
            if (random.below(6) == 0) {
                std::vector<Piece> more, ignored;
                make_facts(random, more, ignored);
                const Piece& astray = more[static_cast<std::size_t>(random.below(5))];
                wrong.push_back(crooked.take(astray.fact, astray.csv()).batch.number);
            }
            crooked.take(piece.fact, piece.csv());
        }
        random.shuffle(wrong);
        for (const std::int64_t batch : wrong) crooked.undo(batch);
        const Day first = date(2026, 1, 1), end = date(2026, 4, 1);
        ASSERT_EQ(everything(crooked.ledger(), first, end), everything(straight.ledger(), first, end))
            << "seed " << seed;
    }
}

TEST(Ledger, UndoneBatchGivesBackWhatItReplaced) {
    Workshop shop;
    shop.take(Fact::orders, "order_id,paid_at,amount\no1,2026-01-02,10\n");
    const auto moved = shop.take(Fact::orders, "order_id,paid_at,amount\no1,2026-01-05,20\n").batch.number;
    const Day second = date(2026, 1, 2), fifth = date(2026, 1, 5);
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", second, second), Fraction(0));
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", fifth, fifth), Fraction(2000));
    shop.undo(moved);
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", second, second), Fraction(1000));
    EXPECT_EQ(shop.ledger().total(Fact::orders, "amount", fifth, fifth), Fraction(0));
    EXPECT_THROW(shop.undo(moved), Error);
}

TEST(Ledger, BatchThatRepeatsKeepsTheRowsWhenTheFirstIsUndone) {
    Workshop shop;
    const std::string csv = "joined_at,customer_id\n2026-01-02,a\n";
    const auto first = shop.take(Fact::joins, csv);
    const auto again = shop.take(Fact::joins, csv);
    EXPECT_TRUE(first.changed());
    EXPECT_FALSE(again.changed());
    shop.undo(first.batch.number);
    EXPECT_EQ(shop.ledger().members(date(2026, 1, 2)).cardinality(), 1U);
    shop.undo(again.batch.number);
    EXPECT_EQ(shop.ledger().members(date(2026, 1, 2)).cardinality(), 0U);
}

TEST(Ledger, LastOfTwoRowsWithOneKeyInOneFileWinsAlsoOnAnotherDay) {
    Workshop shop;
    shop.take(Fact::orders, "order_id,paid_at,amount\no1,2026-01-02,10\no2,2026-01-02,1\no1,2026-01-03,30\n");
    auto ledger = shop.ledger();
    EXPECT_EQ(ledger.total(Fact::orders, "amount", date(2026, 1, 2), date(2026, 1, 2)), Fraction(100));
    EXPECT_EQ(ledger.total(Fact::orders, "amount", date(2026, 1, 3), date(2026, 1, 3)), Fraction(3000));
}

TEST(Ledger, RefundRowsReplaceTheColumnsOfTheirOrderWhateverComesFirst) {
    const std::string order = "order_id,paid_at,amount,refunded,refunded_at\no1,2026-01-02,100,30,2026-01-03\n";
    const std::string refunds = "refund_id,order_id,at,amount\nf1,o1,2026-01-04,5\nf2,o1,2026-01-05,6\n";
    for (const bool order_first : {true, false}) {
        Workshop shop;
        if (order_first) shop.take(Fact::orders, order);
        shop.take(Fact::refunds, refunds);
        if (!order_first) shop.take(Fact::orders, order);
        auto ledger = shop.ledger();
        const Day end = date(2026, 1, 31);
        EXPECT_EQ(ledger.refunded(date(2026, 1, 3), date(2026, 1, 3), end), Fraction(0));
        EXPECT_EQ(ledger.refunded(date(2026, 1, 4), date(2026, 1, 4), end), Fraction(500));
        EXPECT_EQ(ledger.refunded(date(2026, 1, 1), end, end), Fraction(1100));
    }
}

TEST(Ledger, TenantsDoNotSeeEachOther) {
    Workshop shop;
    shop.take(Fact::joins, "joined_at,customer_id\n2026-01-02,a\n", 1);
    shop.take(Fact::joins, "joined_at,customer_id\n2026-01-02,a\n2026-01-02,b\n", 2);
    EXPECT_EQ(shop.ledger(1).members(date(2026, 1, 2)).cardinality(), 1U);
    EXPECT_EQ(shop.ledger(2).members(date(2026, 1, 2)).cardinality(), 2U);
    shop.undo(1, 2);
    EXPECT_EQ(shop.ledger(1).members(date(2026, 1, 2)).cardinality(), 1U);
}

TEST(State, AnyDayIsRightAcrossManyMonthsAddedInAnyOrder) {
    Workshop shop;
    Shelf shelf(shop.database(), 1);
    std::mt19937 random(7);
    std::map<Day, Customers> changes;
    std::vector<Day> days;
    for (Day day = date(2025, 1, 1); day < date(2026, 6, 1); ++day)
        if (random() % 3) days.push_back(day);
    std::shuffle(days.begin(), days.end(), random);
    for (std::size_t i = 0; i < days.size();) {
        std::map<Day, Customers> some;
        for (std::size_t n = 1 + random() % 5; n > 0 && i < days.size(); --n, ++i) {
            for (int k = 0; k < 3; ++k) some[days[i]].add(static_cast<std::uint32_t>(random() % 200));
            changes[days[i]] = some[days[i]];
        }
        State(shelf, 10).toggle(some);
    }
    Customers expected;
    for (Day day = date(2025, 1, 1); day < date(2026, 6, 1); ++day) {
        if (const auto change = changes.find(day); change != changes.end()) expected ^= change->second;
        ASSERT_EQ(State(shelf, 10).at(day), expected) << to_string(day);
    }
}

TEST(Tally, AtLeastKIsWhatCountingSays) {
    std::mt19937 random(3);
    std::map<std::uint32_t, std::int64_t> counts;
    Tally tally;
    for (int day = 0; day < 20; ++day) {
        std::vector<std::uint32_t> rows;
        for (int i = 0; i < 200; ++i) rows.push_back(static_cast<std::uint32_t>(random() % 50));
        for (const std::uint32_t customer : rows) ++counts[customer];
        tally.add(Tally::read(Tally::of(rows).write()));
    }
    for (const std::int64_t k : {1, 2, 3, 50, 64, 80, 100, 1000}) {
        Customers expected;
        for (const auto& [customer, count] : counts)
            if (count >= k) expected.add(customer);
        EXPECT_EQ(tally.at_least(k), expected) << k;
    }
}

TEST(Shelf, DamagedCellIsSaidAndDoesNotTakeTheProgramDown) {
    Workshop shop;
    shop.take(Fact::joins, "joined_at,customer_id\n2026-01-02,a\n2026-01-02,b\n");
    shop.database().execute("UPDATE ledger SET data = X'00000000ffffffffffffffff' WHERE series = 1");
    EXPECT_THROW(shop.ledger().who(Fact::joins, date(2026, 1, 2), date(2026, 1, 2)), Error);
}

TEST(Bookings, CellOfAnotherShapeIsRefusedAndNotReadAsMoney) {
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{8}, std::size_t{80}, sizeof(Booking) * 10})
        EXPECT_THROW(read_bookings(std::string(bytes, '\1')), Error) << bytes;
}

}  // namespace
}  // namespace siyu
