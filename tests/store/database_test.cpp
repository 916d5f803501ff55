// SPDX-License-Identifier: Apache-2.0
// What every store keeps, whatever engine it is.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <set>

#include "core/blueprint/blueprint.hpp"
#include "core/store/batches.hpp"
#include "core/store/retry.hpp"
#include "core/store/tables.hpp"
#include "core/store/words.hpp"
#include "tenants/tenants.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

using namespace std::string_literals;

std::int64_t count(Database& database, const std::string& table) {
    const auto statement = database.prepare("SELECT COUNT(*) FROM " + table);
    statement->step();
    return statement->number(0);
}

std::string id_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        return error.note().id;
    }
    return "nothing thrown";
}

TEST(Store, TextsOfAnyScriptComeBackAsTheyWere) {
    Workshop shop;
    Tenants tenants(shop.database());
    const std::string name = "曙光护肤 “é” 😀 𠮷野家 𪚥 \\ ' \" % _ ; -- ? \t";
    {
        Transaction transaction(shop.database(), agency_tenant);
        const Tenant tenant = tenants.add("aurora", name, "standard", "Asia/Shanghai");
        tenants.agree(tenant, "plugin.motto", earliest_day, name);
        transaction.commit();
    }
    const Tenant found = tenants.find("aurora");
    EXPECT_EQ(found.name, name);
    EXPECT_EQ(*tenants.agreement(found).at("plugin.motto", Day{0}), name);
}

TEST(Store, EveryByteComesBackAsItWas) {
    Workshop shop;
    std::string bytes;
    for (int round = 0; round < 300; ++round)
        for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte * (round % 5 + 1));
    const auto save = shop.database().prepare("REPLACE INTO ledger (tenant, series, day, data) VALUES (?, ?, ?, ?)");
    save->with(std::int64_t{1}, std::int64_t{1}, std::int64_t{1}, std::string_view(bytes)).run();
    save->with(std::int64_t{1}, std::int64_t{1}, std::int64_t{2}, std::string_view()).run();
    const auto load = shop.database().prepare("SELECT day, data FROM ledger WHERE tenant = ? ORDER BY day");
    ASSERT_TRUE(load->with(std::int64_t{1}).step());
    EXPECT_TRUE(load->is_number(0));
    EXPECT_FALSE(load->is_number(1));
    EXPECT_EQ(load->columns(), 2);
    EXPECT_EQ(load->bytes(1), bytes);
    ASSERT_TRUE(load->step());
    EXPECT_EQ(load->bytes(1), "");
    EXPECT_FALSE(load->step());
}

// No collation may make two ids one.
TEST(Store, TextsThatOnlyLookAlikeAreDifferentWords) {
    Workshop shop;
    const std::vector<std::string> alike{"a",
                                         "A",
                                         "a ",
                                         "a  ",
                                         "á",
                                         "a\xCC\x81",
                                         "ａ",
                                         "ß",
                                         "ss",
                                         "",
                                         " ",
                                         "1",
                                         "01",
                                         "1.0",
                                         "\\",
                                         "'",
                                         "a\t",
                                         "a\0"s,
                                         "\xFF",
                                         "\xFF\xFE",
                                         "%",
                                         "_",
                                         "?",
                                         "𠮷",
                                         "吉",
                                         std::string(4096, 'x'),
                                         std::string(4095, 'x'),
                                         std::string(255, 'x'),
                                         std::string(256, 'x')};
    {
        Transaction transaction(shop.database(), 1);
        Words words(shop.database(), 1);
        std::int64_t next = 0;
        for (const std::string& text : alike) EXPECT_EQ(words.intern(Space::word, text), next++) << text;
        words.flush();
        transaction.commit();
    }
    for (std::size_t i = 0; i < alike.size(); ++i) {
        Words words(shop.database(), 1);
        EXPECT_EQ(words.find(Space::word, alike[i]), static_cast<std::int64_t>(i)) << alike[i];
        EXPECT_EQ(words.text(Space::word, static_cast<std::int64_t>(i)), alike[i]);
    }
    EXPECT_EQ(Words(shop.database(), 1).find(Space::word, std::string(254, 'x')), -1);
}

TEST(Store, MoneyStaysExactToTheLastFen) {
    Workshop shop;
    using Limits = std::numeric_limits<std::int64_t>;
    const auto put = shop.database().prepare("INSERT INTO revision (tenant, number) VALUES (?, ?)");
    put->with(std::int64_t{1}, Limits::max()).run();
    put->with(std::int64_t{2}, Limits::min()).run();
    put->with(std::int64_t{3}, Limits::max() - 1).run();
    const auto get = shop.database().prepare("SELECT number FROM revision ORDER BY tenant");
    for (const std::int64_t number : {Limits::max(), Limits::min(), Limits::max() - 1}) {
        ASSERT_TRUE(get->step());
        EXPECT_EQ(get->number(0), number);
    }
    get->reset();
    // And in figures: a hundred orders of ninety billion yuan.
    std::string csv = "order_id,paid_at,amount,customer_id\n";
    for (int i = 0; i < 100; ++i) csv += "o" + std::to_string(i) + ",2026-01-02,90071992547.41,c\n";
    shop.take(Fact::orders, csv, 9);
    EXPECT_EQ(shop.ledger(9).total(Fact::orders, "amount", date(2026, 1, 2), date(2026, 1, 2)),
              Fraction(9'007'199'254'741) * Fraction(100));
}

TEST(Store, ChangedCountsWhatWasFoundNotWhatIsOther) {
    Workshop shop;
    const auto add = shop.database().prepare("INSERT INTO revision (tenant, number) VALUES (?, ?)");
    for (std::int64_t tenant = 1; tenant <= 3; ++tenant) add->with(tenant, std::int64_t{7}).run();
    const auto set = shop.database().prepare("UPDATE revision SET number = ? WHERE tenant > ?");
    set->with(std::int64_t{7}, std::int64_t{1}).run();
    EXPECT_EQ(set->changed(), 2);
    set->with(std::int64_t{7}, std::int64_t{9}).run();
    EXPECT_EQ(set->changed(), 0);
}

TEST(Store, BulkStandsAtTheCommitAndGoesWithTheRollback) {
    Workshop shop;
    Database& database = shop.database();
    const auto add = [](Bulk& bulk, std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i) bulk.add(std::int64_t{1}, i, std::string_view("it's \\ \0 data"));
    };
    const auto bulk = database.bulk("REPLACE INTO timeline (tenant, customer, data)", 3);
    database.begin();
    add(*bulk, 0, 2500);
    database.rollback();
    EXPECT_EQ(count(database, "timeline"), 0);
    database.begin();
    add(*bulk, 0, 2500);
    add(*bulk, 0, 10);
    {
        const auto other = database.bulk("REPLACE INTO timeline (tenant, customer, data)", 3);
        add(*other, 2500, 2507);
    }
    database.commit();
    EXPECT_EQ(count(database, "timeline"), 2507);
    // Rows far larger than what goes over at once.
    const std::string large(700'000, '\'');
    database.begin();
    for (std::int64_t i = 0; i < 4; ++i) bulk->add(std::int64_t{2}, i, std::string_view(large));
    bulk->flush();
    database.commit();
    const auto get = database.prepare("SELECT data FROM timeline WHERE tenant = 2");
    while (get->step()) EXPECT_EQ(get->bytes(0), large);
    EXPECT_EQ(count(database, "timeline"), 2511);
}

TEST(Store, ChangeThatIsNotCommittedLeavesNothing) {
    Workshop shop;
    {
        const Transaction transaction(shop.database(), 5);
        Batches(shop.database(), 5).add({1, "f", "", "", 0, false, 0, {}, 0});
    }
    EXPECT_EQ(count(shop.database(), "batch"), 0);
    EXPECT_EQ(count(shop.database(), "revision"), 0);
    Transaction transaction(shop.database(), 5);
    transaction.commit();
    EXPECT_EQ(count(shop.database(), "revision"), 1);
}

TEST(Store, ReaderSeesOneMomentWhileAnotherWrites) {
    Workshop shop;
    const auto other = open_database(shop.url(), shop.folder(), OpenFor::use);
    {
        const Snapshot moment(*other);
        EXPECT_EQ(count(*other, "batch"), 0);
        shop.take(Fact::joins, "joined_at,customer_id\n2026-01-02,a\n");
        EXPECT_EQ(count(*other, "batch"), 0);
        EXPECT_EQ(count(*other, "timeline"), 0);
    }
    EXPECT_EQ(count(*other, "batch"), 1);
    EXPECT_EQ(count(*other, "timeline"), 1);
}

TEST(Store, StreamGivesTheRowsOneAfterTheOther) {
    Workshop shop;
    const auto bulk = shop.database().bulk("REPLACE INTO timeline (tenant, customer, data)", 3);
    for (std::int64_t i = 0; i < 3000; ++i) bulk->add(std::int64_t{1}, i, std::string_view("data"));
    bulk->flush();
    const auto rows = shop.database().stream("SELECT customer, data FROM timeline WHERE tenant = ? ORDER BY customer");
    rows->with(std::int64_t{1});
    for (std::int64_t i = 0; i < 3000; ++i) {
        ASSERT_TRUE(rows->step());
        ASSERT_EQ(rows->number(0), i);
        ASSERT_EQ(rows->bytes(1), "data");
    }
    EXPECT_FALSE(rows->step());
    ASSERT_TRUE(rows->with(std::int64_t{1}).step());
    rows->reset();  // in the middle
    EXPECT_EQ(count(shop.database(), "timeline"), 3000);
}

// An import that got through although its connection broke is found by its token, and not made again.
TEST(Store, ImportThatGotThroughIsNotMadeTwice) {
    Workshop shop;
    const auto file = shop.folder() / "joins.csv";
    std::ofstream(file) << "joined_at,customer_id,nonsense\n2026-01-02,a,1\nxx,b,2\n";
    const Profiles profiles;
    ImportOrder order;
    order.tenant = 1;
    order.file = "joins.csv";
    order.token = 4711;
    const auto take = [&] {
        FactSource source(file, {Fact::joins, ""}, profiles);
        return import_file(shop.database(), shop.zone(), source, order);
    };
    const ImportResult first = take(), second = take();
    EXPECT_EQ(second.batch.number, 1);
    EXPECT_EQ(second.batch.rejected, 1);
    ASSERT_EQ(second.first_rejects.size(), 1U);
    EXPECT_EQ(second.first_rejects[0].record, first.first_rejects[0].record);
    EXPECT_EQ(second.unknown_columns, first.unknown_columns);
    EXPECT_EQ(count(shop.database(), "batch"), 1);
    order.token = 4712;
    EXPECT_EQ(take().batch.number, 2);
}

TEST(Store, ListOfTablesIsWhatTheMigrationsMake) {
    Workshop shop;
    std::set<std::string> there, listed{"migration"};
    for (const std::string& table : shop.database().tables()) there.insert(table);
    for (const StoreTable& table : store_tables()) listed.insert(std::string(table.name));
    EXPECT_EQ(there, listed);
    for (const StoreTable& table : store_tables()) {
        EXPECT_EQ(table.columns.front(), "tenant") << table.name;
        EXPECT_EQ(table.key.front(), "tenant") << table.name;
        const std::string name(table.name);
        // One row with all columns that are listed; a column that is not listed cannot be left out or breaks the star.
        std::string marks;
        for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "1" : ", 1";
        shop.database().execute("INSERT INTO " + name + " (" + StoreTable::list(table.columns) + ") VALUES (" + marks +
                                ")");
        const auto star = shop.database().prepare("SELECT * FROM " + name);
        ASSERT_TRUE(star->step());
        EXPECT_EQ(star->columns(), static_cast<int>(table.columns.size())) << name;
        star->reset();
        shop.database().execute("DELETE FROM " + name);
    }
}

TEST(Store, CheckFindsAWholeStoreWell) {
    Workshop shop;
    EXPECT_EQ(shop.database().check(), "");
    EXPECT_EQ(count(shop.database(), "revision"), 0);
    EXPECT_GT(shop.database().about().size(), 5U);
}

TEST(Store, NewerStoreIsNotTouched) {
    Workshop shop;
    shop.database().execute("INSERT INTO migration (version) VALUES (1000)");
    EXPECT_EQ(id_of([&] { open_database(shop.url(), shop.folder(), OpenFor::use); }), "store.newer");
}

TEST(Store, EmptyStoreIsNoStoreToWorkWith) {
    const FreshStore store;
    const auto folder = std::filesystem::temp_directory_path() / ("siyu-empty-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "siyu.db").close();
    EXPECT_EQ(id_of([&] { open_database(store.url(), folder, OpenFor::use); }), "store.empty");
    EXPECT_EQ(id_of([&] { open_database(store.url(), folder, OpenFor::use); }), "store.empty");
    EXPECT_EQ(id_of([&] { open_database(store.url(), folder, OpenFor::create); }), "nothing thrown");
    std::filesystem::remove_all(folder);
}

TEST(Retry, WorkThatMayBeTriedAgainIsTriedAgain) {
    int tries = 0;
    EXPECT_EQ(retrying([&] {
                  if (++tries < 3) throw Error(Error::unreachable, tries == 1 ? "store.lost" : "store.conflict");
                  return tries;
              }),
              3);
    tries = 0;
    EXPECT_EQ(id_of([&] {
                  retrying([&] {
                      ++tries;
                      throw Error(Error::unreachable, "store.unsure");
                  });
              }),
              "store.unsure");
    EXPECT_EQ(tries, 1);
    tries = 0;
    EXPECT_EQ(repeating([&] {
                  if (++tries < 2) throw Error(Error::unreachable, "store.unsure");
                  return tries;
              }),
              2);
}

}  // namespace
}  // namespace siyu
