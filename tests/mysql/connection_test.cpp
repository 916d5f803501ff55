// SPDX-License-Identifier: Apache-2.0
// What becomes of a change when the connection breaks or another one is quicker.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/catalogue.hpp"
#include "core/store/mysql.hpp"
#include "core/store/retry.hpp"
#include "tests/mysql/server_fixture.hpp"
#include "tests/support/mariadb.hpp"

namespace siyu {
namespace {

using Connection = OnServer;

TEST_F(Connection, KilledBeforeTheCommitKeepsNothingAndSaysSo) {
    const std::int64_t id = connection();
    database_->begin();
    put(1);
    kill(id);
    EXPECT_EQ(id_of([&] { database_->commit(); }), "store.unsure");
    database_->rollback();
    EXPECT_EQ(rows(), 0);
    // The next change goes through a new connection.
    database_->begin();
    put(2);
    database_->commit();
    EXPECT_EQ(rows(), 1);
    EXPECT_NE(connection(), id);
}

TEST_F(Connection, KilledInTheMiddleNothingMoreOfTheChangeIsWritten) {
    const std::int64_t id = connection();
    database_->begin();
    put(1);
    kill(id);
    EXPECT_EQ(id_of([&] { put(2); }), "store.lost");
    EXPECT_EQ(id_of([&] { put(3); }), "store.lost");
    EXPECT_EQ(id_of([&] { database_->commit(); }), "store.lost");
    database_->rollback();
    EXPECT_EQ(rows(), 0);
}

TEST_F(Connection, BulkIsForgottenWithItsChange) {
    const auto bulk = database_->bulk("INSERT INTO revision (tenant, number)", 2);
    const std::int64_t id = connection();
    database_->begin();
    bulk->add(std::int64_t{1}, std::int64_t{1});
    kill(id);
    EXPECT_EQ(id_of([&] { database_->commit(); }), "store.lost");  // while the rows were sent
    database_->rollback();
    database_->begin();
    bulk->add(std::int64_t{2}, std::int64_t{1});
    database_->commit();
    EXPECT_EQ(number(*database_, "SELECT tenant FROM revision"), 2);
}

TEST_F(Connection, ReadingGoesOnThroughAnotherConnection) {
    put(1);
    const auto statement = database_->prepare("SELECT COUNT(*) FROM revision WHERE tenant < ?");
    for (int i = 0; i < 3; ++i) {
        kill(connection());
        ASSERT_TRUE(statement->with(std::int64_t{9}).step());
        EXPECT_EQ(statement->number(0), 1);
        statement->reset();
    }
    kill(connection());
    {
        const Snapshot moment(*database_);
        EXPECT_EQ(number(*database_, "SELECT COUNT(*) FROM revision"), 1);
        kill(number(*database_, "SELECT CONNECTION_ID()"));
        // One moment cannot be had again.
        EXPECT_EQ(id_of([&] { number(*database_, "SELECT 1"); }), "store.lost");
        EXPECT_EQ(id_of([&] { number(*database_, "SELECT 1"); }), "store.lost");
    }
    EXPECT_EQ(number(*database_, "SELECT COUNT(*) FROM revision"), 1);
}

TEST_F(Connection, ChangeByItselfIsNeverMadeTwice) {
    kill(connection());
    EXPECT_EQ(id_of([&] { put(1); }), "store.unsure");
    put(2);
    EXPECT_EQ(rows(), 1);
}

TEST_F(Connection, StreamThatBreaksDoesNotEndQuietly) {
    const auto bulk = database_->bulk("REPLACE INTO timeline (tenant, customer, data)", 3);
    const std::string data(2000, 'x');
    for (std::int64_t i = 0; i < 20'000; ++i) bulk->add(std::int64_t{1}, i, std::string_view(data));
    bulk->flush();
    const std::int64_t id = connection();
    const auto rows = database_->stream("SELECT customer, data FROM timeline WHERE tenant = 1 ORDER BY customer");
    ASSERT_TRUE(rows->step());
    kill(id);
    std::int64_t count = 0;
    EXPECT_EQ(id_of([&] {
                  while (rows->step()) ++count;
              }),
              "store.lost");
    EXPECT_LT(count, 20'000);
}

TEST_F(Connection, WaitingTooLongForAnotherWriterIsAConflict) {
    const auto other = open("?timeout=2");
    const Transaction mine(*database_, 1);
    EXPECT_EQ(id_of([&] { const Transaction theirs(*other, 1); }), "store.conflict");
    // Other tenants do not wait.
    Transaction another(*other, 2);
    another.commit();
}

TEST_F(Connection, OfTwoInEachOthersWayOneIsAConflictAndGetsThroughAfterwards) {
    put(1);
    put(2);
    const auto change = [this](std::int64_t first, std::int64_t second) {
        const auto database = open();
        retrying([&] {
            database->begin();
            try {
                for (const std::int64_t tenant : {first, second}) {
                    database->prepare("UPDATE revision SET number = number + 1 WHERE tenant = ?")->with(tenant).run();
                    std::this_thread::sleep_for(std::chrono::milliseconds(200));
                }
                database->commit();
            } catch (...) {
                database->rollback();
                throw;
            }
        });
    };
    std::thread other([&] { change(2, 1); });
    change(1, 2);
    other.join();
    EXPECT_EQ(number(*database_, "SELECT MIN(number) FROM revision"), 3);
    EXPECT_EQ(number(*database_, "SELECT MAX(number) FROM revision"), 3);
}

TEST_F(Connection, SecondRowWithOneKeyIsAConflict) {
    put(1);
    EXPECT_EQ(id_of([&] { put(1); }), "store.conflict");
}

TEST_F(Connection, ConflictEndsTheWholeChange) {
    put(1);
    database_->begin();
    put(2);
    EXPECT_EQ(id_of([&] { put(1); }), "store.conflict");
    EXPECT_EQ(id_of([&] { put(3); }), "store.conflict");
    EXPECT_EQ(id_of([&] { database_->commit(); }), "store.conflict");
    database_->rollback();
    EXPECT_EQ(rows(), 1);
}

TEST_F(Connection, WrongPasswordIsSaidWithoutAnyPassword) {
    const auto database = open_mysql(ServerUrl::read(store_.url()), "s3cret", {});
    try {
        database->begin();
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "store.denied");
        const std::string said = Catalogue(Language::zh).say(error.note());
        EXPECT_EQ(said.find("s3cret"), std::string::npos);
        EXPECT_NE(said.find("Access denied"), std::string::npos);
    }
}

TEST_F(Connection, MissingDatabaseIsSaid) {
    EXPECT_EQ(id_of([] { open_database(server_url("no_such_database"), {}, OpenFor::create); }), "store.denied");
}

// Another host of the URL, behind one that is dead and one that takes connections and never says a word.
TEST_F(Connection, FirstHostThatAnswersIsUsed) {
    const int silent = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(silent, 8), 0);
    ASSERT_EQ(getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size), 0);
    std::string url = store_.url();
    url.replace(
        url.find('@') + 1, 0,
        "127.0.0.1:" + std::to_string(free_port()) + ",127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + ",");
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(number(*open_database(url, {}, OpenFor::use), "SELECT COUNT(*) FROM revision"), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(20));
    close(silent);
    const std::string dead = "mysql://siyu@127.0.0.1:" + std::to_string(free_port()) + "/siyu";
    EXPECT_EQ(id_of([&] { open_database(dead, {}, OpenFor::use); }), "store.lost");
}

TEST_F(Connection, ServerCannotAskForFilesOfThisMachine) {
    const std::string file = std::filesystem::temp_directory_path() / ("siyu-infile-" + std::to_string(getpid()));
    std::ofstream(file) << "1\t1\n";
    EXPECT_EQ(id_of([&] { database_->execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE revision"); }),
              "store.server_failed");
    EXPECT_EQ(rows(), 0);
    std::filesystem::remove(file);
}

TEST_F(Connection, ReadsWhatWasCommittedOnAnyNode) { EXPECT_EQ(number(*database_, "SELECT @@wsrep_sync_wait"), 1); }

}  // namespace
}  // namespace siyu
