// SPDX-License-Identifier: Apache-2.0
#include "core/worker/served_tenant.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

#include "core/base/error.hpp"
#include "core/ledger/ledger.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {
namespace {

TEST(ReadsOneTenant, TakesWhatIsNarrowedToTheTenantAndNothingElse) {
    for (const char* sql :
         {"SELECT text FROM word WHERE tenant = ?",
          "SELECT COALESCE(MAX(number) + 1, 0) FROM word WHERE tenant = ? AND space = ?",
          "SELECT day, data FROM ledger WHERE tenant = ? AND series = ? AND day BETWEEN ? AND ? ORDER BY day",
          "SELECT data FROM ledger WHERE tenant = ? AND day <= ? ORDER BY day DESC LIMIT 1",
          "SELECT batch FROM batch WHERE tenant = ? AND undone <> 0"})
        EXPECT_TRUE(reads_one_tenant(sql)) << sql;
    for (const char* sql : {"SELECT text FROM word",
                            "SELECT text FROM word WHERE space = ?",
                            "SELECT text FROM word WHERE tenant = ? OR 1",
                            "SELECT text FROM word WHERE tenant = ? AND space = ? OR tenant > 0",
                            "DELETE FROM word WHERE tenant = ?",
                            "SELECT text FROM word WHERE tenant = tenant",
                            "SELECT name FROM tenant WHERE tenant = ?",
                            "SELECT (SELECT name FROM tenant) FROM word WHERE tenant = ?",
                            "SELECT data FROM ledger, word WHERE tenant = ?",
                            "SELECT text FROM word WHERE tenant = ?; DROP TABLE word",
                            "SELECT text FROM word WHERE tenant = ? -- x",
                            "SELECT text FROM word WHERE tenant = ? UNION SELECT text FROM word",
                            "PRAGMA table_info(word)",
                            "SELECT text FROM word WHERE tenant = ? AND space = ? AND text IN (1)",
                            "",
                            "SELECT text FROM formula WHERE tenant = ?",
                            "SELECT load_extension('x') FROM word WHERE tenant = ?",
                            "SELECT (select name from tenant) FROM word WHERE tenant = ?",
                            "SELECT text, (select group_concat(text) from word) FROM word WHERE tenant = ?",
                            "SELECT randomblob(1000000000) FROM word WHERE tenant = ?",
                            "SELECT hex(text) FROM word WHERE tenant = ?"})
        EXPECT_FALSE(reads_one_tenant(sql)) << sql;
    EXPECT_FALSE(reads_one_tenant("SELECT " + std::string(2'000'000, 'a') + " FROM word WHERE tenant = ?"));
}

// A program and a worker in two threads: the worker's ledger reads what the program's does.
TEST(ServedTenant, GivesTheFactsOfItsTenantAlone) {
    Workshop shop;
    std::string rows = "at,customer_id,kind\n";
    for (int i = 0; i < 30'000; ++i)  // more than one message of rows holds
        rows += "2026-11-10 10:00:00,customer-" + std::to_string(i) + ",click\n";
    shop.take(Fact::interactions, rows, 1);
    shop.take(Fact::interactions, "at,customer_id,kind\n2026-11-10 10:00:00,other,click\n", 2);
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    std::thread program([&shop, end = pair[0]] {
        ServedTenant served(shop.database(), 1);
        Wire wire(end);
        try {
            while (true) {
                const std::string answer = served.answer(wire.receive());
                ASSERT_EQ(::send(end, answer.data(), answer.size(), MSG_NOSIGNAL), static_cast<ssize_t>(answer.size()));
            }
        } catch (const Error&) {  // hung up
        }
    });
    {
        Wire wire(pair[1]);
        const auto database = served_database(wire);
        Ledger ledger(*database, 1, shop.zone());
        const Day day = date(2026, 11, 10);
        EXPECT_EQ(ledger.who(Fact::interactions, day, day).cardinality(), 30'000U);
        EXPECT_EQ(ledger.rows(Fact::interactions, day).size(), 30'000U);
        EXPECT_EQ(ledger.words().text(Space::word, ledger.words().find(Space::word, "click")), "click");
        EXPECT_THROW(Ledger(*database, 2, shop.zone()).who(Fact::interactions, day, day), Error);
        EXPECT_THROW(database->prepare("SELECT name FROM tenant")->step(), Error);
        EXPECT_THROW(database->prepare("DELETE FROM word WHERE tenant = ?")->with(std::int64_t{1}).run(), Error);
        EXPECT_THROW(database->execute("DELETE FROM word"), Error);
        // After what was refused the line is as good as before.
        EXPECT_EQ(ledger.total(Fact::interactions, "", day, day), Fraction(30'000));
    }
    ::shutdown(pair[1], SHUT_RDWR);
    program.join();
}

}  // namespace
}  // namespace siyu
