// SPDX-License-Identifier: Apache-2.0
// A server ends a transaction at each step of a migration: whatever was done, by whomever, the next start goes on.
#include <csignal>
#include <thread>

#include "core/store/tables.hpp"
#include "tests/mysql/server_fixture.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

// The schema as the server tells it.
std::string schema(Database& database) {
    std::string found;
    const auto statement = database.prepare(
        "SELECT CONCAT_WS(' ', table_name, column_name, column_type, collation_name, column_key, is_nullable) FROM "
        "information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position");
    while (statement->step()) found.append(statement->bytes(0)).append("\n");
    const auto keys = database.prepare(
        "SELECT CONCAT_WS(' ', table_name, index_name, column_name, sub_part) FROM information_schema.statistics WHERE "
        "table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index");
    while (keys->step()) found.append(keys->bytes(0)).append("\n");
    return found + std::to_string(number(database, "SELECT COUNT(*) FROM migration"));
}

using Migration = OnServer;

TEST_F(Migration, IsFinishedFromWhereverItEnded) {
    const std::string whole = schema(*database_);
    EXPECT_NE(whole.find("word word_by_text text 255"), std::string::npos);
    const std::int64_t versions = number(*database_, "SELECT MAX(version) FROM migration");
    for (std::int64_t version = 0; version < versions; ++version) {
        // It ended before a table was made, before a key was, or with all made and nothing noted.
        for (const StoreTable& table : store_tables()) {
            database_->prepare("DELETE FROM migration WHERE version > ?")->with(version).run();
            if (version == 0) database_->execute("DROP TABLE " + std::string(table.name));
            EXPECT_EQ(schema(*open()), whole) << version << " " << table.name;
        }
        database_->prepare("DELETE FROM migration WHERE version > ?")->with(version).run();
        if (version == 0) {
            database_->execute("DROP INDEX fact_block_by_batch ON fact_block");
            database_->execute("ALTER TABLE batch DROP COLUMN token");
        }
        EXPECT_EQ(schema(*open()), whole) << version;
    }
    put(1);
    database_->execute("DELETE FROM migration");
    EXPECT_EQ(number(*open(), "SELECT COUNT(*) FROM revision"), 1);
}

using MigrationOfProcesses = Program;

TEST_F(MigrationOfProcesses, RunByManyAtOnceEndsAsByOne) {
    const std::string whole = schema(*open_database(store_.url(), {}, OpenFor::use));
    for (int round = 0; round < 3; ++round) {
        const FreshStore store;
        std::vector<pid_t> children;
        children.reserve(6);
        for (int i = 0; i < 6; ++i)
            children.push_back(start({"init", (folder_ / (std::to_string(round) + "-" + std::to_string(i))).string(),
                                      "--store", store.url()}));
        for (const pid_t child : children) {
            int status = -1;
            waitpid(child, &status, 0);
            EXPECT_EQ(status, 0) << slurp(folder_ / "err");
        }
        EXPECT_EQ(schema(*open_database(store.url(), {}, OpenFor::use)), whole);
    }
}

TEST_F(MigrationOfProcesses, KilledAtAnyInstantIsFinishedByTheNext) {
    const std::string whole = schema(*open_database(store_.url(), {}, OpenFor::use));
    for (int round = 0; round < 12; ++round) {
        const FreshStore store;
        const std::vector<std::string> init{"init", (folder_ / std::to_string(round)).string(), "--store", store.url()};
        const pid_t child = start(init);
        std::this_thread::sleep_for(std::chrono::milliseconds(10 + 9 * round));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        const Ended next = run(init);
        EXPECT_TRUE(next.status == 0 || (status == 0 && next.status == 3)) << next.err;
        EXPECT_EQ(schema(*open_database(store.url(), {}, OpenFor::use)), whole);
    }
}

}  // namespace
}  // namespace siyu
