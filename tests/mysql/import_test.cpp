// SPDX-License-Identifier: Apache-2.0
// An import whose connection the server ends again and again is in the store once, or not at all and said so.
#include <thread>

#include "tests/mysql/server_fixture.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

class BrokenImport : public Program {
  protected:
    std::string many_rows(int round = 0) {
        std::string rows = "at,customer_id,kind\n";
        for (int i = 0; i < 30'000; ++i)
            rows += "2026-10-" + std::to_string(10 + i % 20) + " 10:" + std::to_string(10 + i / 20 % 50) + ":00,c" +
                    std::to_string(round) + "_" + std::to_string(i) + ",k" + std::to_string(i % 5) + "\n";
        return file("interactions" + std::to_string(round) + ".csv", rows);
    }
    // Ends every connection to this test's database from the server's side, or only those that are writing into it.
    // Gives how many.
    int end_connections(Database& admin, bool only_writers = false) const {
        const std::string name = store_.url().substr(store_.url().rfind('/') + 1);
        std::vector<std::int64_t> ids;
        const auto list = admin.prepare(std::string("SELECT id FROM information_schema.processlist WHERE db = ?") +
                                        (only_writers ? " AND info LIKE 'INSERT%'" : ""));
        list->with(std::string_view(name));
        while (list->step()) ids.push_back(list->number(0));
        for (const std::int64_t id : ids) try {
                admin.execute("KILL " + std::to_string(id));
            } catch (const Error&) {  // it ended by itself
            }
        return static_cast<int>(ids.size());
    }
};

TEST_F(BrokenImport, GetsThroughOnceTheConnectionHolds) {
    const auto admin = server_connection();
    for (int round = 0; round < 3; ++round) {
        const pid_t child = start(inside({"import", "--tenant", "t", many_rows(round)}));
        int status = -1, broken = 0;
        while (waitpid(child, &status, WNOHANG) == 0) {
            if (broken <= round) broken += end_connections(*admin, true);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        EXPECT_GT(broken, 0);
        EXPECT_EQ(status, 0) << slurp(folder_ / "err");
        const std::string list = in({"import", "list", "--json"}).out;
        EXPECT_NE(list.find("\"t:" + std::to_string(round + 1) + "\""), std::string::npos) << list;
        EXPECT_EQ(list.find("\"t:" + std::to_string(round + 2) + "\""), std::string::npos) << list;
    }
    const std::string found = figures();
    EXPECT_EQ(in({"doctor"}).status, 0);
    // The same as by imports that nothing happened to.
    ASSERT_EQ(in({"tenant", "add", "quiet"}).status, 0);
    for (int round = 0; round < 3; ++round) ASSERT_EQ(in({"import", "--tenant", "quiet", many_rows(round)}).status, 0);
    const std::string same =
        without_files(in({"kpi", "--tenant", "quiet", "--period", "monthly", "--date", "2026-10-31", "--json"}).out);
    const auto without_name = [](std::string text) { return text.substr(text.find("\"kpis\"")); };
    EXPECT_EQ(without_name(found), without_name(same));
}

TEST_F(BrokenImport, IsRefusedWithNothingChangedWhenNoConnectionHolds) {
    const auto admin = server_connection();
    const std::string path = many_rows(), before = figures();
    const pid_t child = start(inside({"import", "--tenant", "t", path}));
    int status = 0, ended = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        ended += end_connections(*admin);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_GT(ended, 0);
    EXPECT_EQ(WEXITSTATUS(status), 4);
    EXPECT_NE(slurp(folder_ / "err").find("MySQL"), std::string::npos) << slurp(folder_ / "err");
    EXPECT_EQ(figures(), before);
    EXPECT_EQ(in({"import", "list", "--json"}).out, "[]\n");
}

}  // namespace
}  // namespace siyu
