// SPDX-License-Identifier: Apache-2.0
// Jobs and `siyu worker` as their users meet them: processes that are started, stopped and killed.
#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "core/store/database.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Jobs : public Program {
  protected:
    // A process beside others, with its words in files of its own.
    struct Process {
        pid_t id;
        fs::path out, err;
    };

    void SetUp() override {
        Program::SetUp();
        settings("lease_seconds = 2\npause_seconds = 1\n");
        take_in("t", 1);
    }
    void settings(const std::string& jobs) {
        std::ofstream(folder_ / "w/siyu.toml") << "store = \"" << store_.url() << "\"\n[jobs]\n" << jobs;
    }
    void take_in(const std::string& tenant, int orders) {
        std::string text = "order_id,paid_at,amount\n";
        for (int i = 0; i < orders; ++i) text += "o" + std::to_string(i) + ",2026-10-01,10\n";
        ASSERT_EQ(in({"import", "--tenant", tenant, "--as", "orders", file(tenant + ".csv", text)}).status, 0);
    }
    void add_brands(int count) {
        for (int i = 0; i < count; ++i) {
            const std::string id = "b" + std::to_string(i);
            ASSERT_EQ(in({"tenant", "add", id}).status, 0);
            take_in(id, i + 2);
        }
    }
    Ended ask() { return in({"report", "daily", "--date", "2026-10-01", "--queue"}); }
    Ended drain() { return in({"worker", "--drain"}); }
    Process begin(const std::vector<std::string>& words) {
        const std::string name = "process" + std::to_string(++begun_);
        const auto all = inside(words);
        const pid_t parent = getpid();
        Process process{fork(), folder_ / (name + ".out"), folder_ / (name + ".err")};
        if (process.id != 0) return process;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(97);
        std::vector<char*> arguments{const_cast<char*>("siyu")};
        for (const std::string& word : all) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        setenv("LC_ALL", "zh_CN.UTF-8", 1);
        if (!freopen(process.out.c_str(), "w", stdout) || !freopen(process.err.c_str(), "w", stderr)) _exit(99);
        execv(SIYU_PROGRAM, arguments.data());
        _exit(98);
    }
    static int end_of(const Process& process) {
        int status = 0;
        waitpid(process.id, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
    }
    nlohmann::json jobs(const std::string& state = "all") {
        return nlohmann::json::parse(in({"jobs", "list", "--state", state, "--json"}).out);
    }
    std::map<std::string, int> states() {
        std::map<std::string, int> counts;
        for (const auto& job : jobs()) ++counts[job["state"].get<std::string>()];
        return counts;
    }
    static std::map<std::string, std::string> files_in(const fs::path& folder) {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = slurp(entry.path());
        return files;
    }
    // What `siyu report` makes here and now.
    std::map<std::string, std::string> expected() {
        fs::remove_all(folder_ / "expected");
        EXPECT_EQ(in({"report", "daily", "--date", "2026-10-01", "--out", (folder_ / "expected").string()}).status, 0);
        return files_in(folder_ / "expected");
    }
    std::map<std::string, std::string> delivered() { return files_in(folder_ / "w/reports"); }
    static std::multiset<std::string> lines(const std::string& text) {
        std::multiset<std::string> found;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) found.insert(line);
        return found;
    }
    // Until the store says so; false after half a minute.
    bool comes(const std::string& condition, std::int64_t at_least = 1) {
        const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
        const auto statement = database->prepare("SELECT COUNT(*) FROM job WHERE " + condition);
        for (const auto until = std::chrono::steady_clock::now() + 30s; std::chrono::steady_clock::now() < until;) {
            std::int64_t count = 0;
            while (statement->step()) count = statement->number(0);
            if (count >= at_least) return true;
            std::this_thread::sleep_for(1ms);
        }
        return false;
    }

    int begun_ = 0;
};

TEST_F(Jobs, QueuedReportsAreTheSameAsThoseMadeAtOnce) {
    add_brands(3);
    const Ended asked = ask();
    EXPECT_EQ(asked.status, 0) << asked.err;
    EXPECT_EQ(lines(asked.out).count("b1:render:daily:2026-10-01:zh:brand,agency:html,text"), 1U) << asked.out;
    EXPECT_FALSE(fs::exists(folder_ / "w/reports/t"));
    const Ended worked = drain();
    EXPECT_EQ(worked.status, 0) << worked.err;
    EXPECT_EQ(lines(worked.out).size(), 16U);
    EXPECT_EQ(delivered(), expected());
    EXPECT_EQ(states(), (std::map<std::string, int>{{"done", 8}}));
}

TEST_F(Jobs, AskedAgainNothingIsMadeUntilTheDataChange) {
    ask();
    EXPECT_EQ(drain().out.empty(), false);
    const auto first = delivered();
    EXPECT_EQ(ask().status, 0);
    EXPECT_EQ(drain().out, "");
    take_in("t", 5);
    ask();
    const Ended worked = drain();
    EXPECT_EQ(lines(worked.out).size(), 4U) << worked.err;
    EXPECT_NE(delivered(), first);
    EXPECT_EQ(delivered(), expected());
    EXPECT_EQ(jobs().size(), 2U) << "they are the same jobs";
}

TEST_F(Jobs, WorkersSideBySideDoEachJobOnce) {
    add_brands(7);
    ask();
    std::vector<Process> workers;
    for (int i = 0; i < 3; ++i) workers.push_back(begin({"worker", "--drain", "--at-once", "1"}));
    std::multiset<std::string> all;
    for (const Process& worker : workers) {
        EXPECT_EQ(end_of(worker), 0) << slurp(worker.err);
        const auto files = lines(slurp(worker.out));
        all.insert(files.begin(), files.end());
    }
    EXPECT_EQ(all.size(), 32U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 32U);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, WhatAKilledWorkerHeldTheNextOneDoesAtOnce) {
    settings("lease_seconds = 3600\n");
    add_brands(3);
    ask();
    const Process worker = begin({"worker", "--at-once", "1"});
    ASSERT_TRUE(comes("state = 2"));
    kill(worker.id, SIGKILL);
    end_of(worker);
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(drain().status, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 60s);
    EXPECT_EQ(delivered(), expected());
    EXPECT_EQ(states(), (std::map<std::string, int>{{"done", 8}}));
}

TEST_F(Jobs, WorkerThatSleptTooLongHasNoEffect) {
    add_brands(3);
    ask();
    const Process sleeper = begin({"worker", "--at-once", "1"});
    // All are taken: from here on it computes. In the middle of a transaction it would hold up an embedded store.
    ASSERT_TRUE(comes("state = 2 AND kind = 2", 4));
    kill(sleeper.id, SIGSTOP);
    EXPECT_EQ(drain().status, 0);
    EXPECT_EQ(states(), (std::map<std::string, int>{{"done", 8}}));
    const auto after = delivered();
    EXPECT_EQ(after, expected());
    const auto finished = jobs();
    kill(sleeper.id, SIGCONT);
    std::this_thread::sleep_for(1500ms);
    kill(sleeper.id, SIGTERM);
    EXPECT_EQ(end_of(sleeper), 0) << slurp(sleeper.err);
    EXPECT_EQ(jobs(), finished) << "what it had in hand was another's by then";
    EXPECT_EQ(delivered(), after);
    EXPECT_EQ(drain().out, "");
}

TEST_F(Jobs, WorkerThatIsToldToStopLeavesNothingUnderWay) {
    add_brands(4);
    ask();
    const Process worker = begin({"worker", "--at-once", "1"});
    ASSERT_TRUE(comes("state = 2"));
    kill(worker.id, SIGTERM);
    EXPECT_EQ(end_of(worker), 0) << slurp(worker.err);
    EXPECT_EQ(states().count("running"), 0U);
    EXPECT_EQ(drain().status, 0);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, WorkerWaitsForWorkAndStopsWhenToldTo) {
    const Process worker = begin({"worker"});
    std::this_thread::sleep_for(300ms);
    ask();
    ASSERT_TRUE(comes("state = 4 AND kind = 3"));
    kill(worker.id, SIGINT);
    EXPECT_EQ(end_of(worker), 0) << slurp(worker.err);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, FailureIsSeenWithItsReasonAndGoesOnceItIsMended) {
    add_brands(1);
    ASSERT_EQ(in({"tenant", "set", "t", "plugin=nowhere"}).status, 0);
    ask();
    const Ended worked = drain();
    EXPECT_EQ(worked.status, 1);
    EXPECT_NE(worked.err.find("nowhere"), std::string::npos);
    EXPECT_EQ(delivered().size(), 4U) << "the other brand's are there";
    const auto failing = jobs("failing");
    ASSERT_EQ(failing.size(), 1U);
    EXPECT_EQ(failing[0]["tenant"], "t");
    EXPECT_EQ(failing[0]["attempts"], 1);
    EXPECT_NE(failing[0]["reason"].get<std::string>().find("nowhere"), std::string::npos);
    EXPECT_NE(in({"jobs", "list"}).out.find("nowhere"), std::string::npos);
    EXPECT_EQ(drain().out, "") << "it is not tried again before its pause is over";
    ASSERT_EQ(in({"tenant", "set", "t", "plugin=standard"}).status, 0);
    EXPECT_EQ(in({"jobs", "retry", failing[0]["job"]}).status, 0);
    EXPECT_EQ(drain().status, 0);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, FailingJobIsGivenUpAfterSoManyAttemptsAndStaysInSight) {
    settings("attempts = 2\npause_seconds = 0\n");
    ASSERT_EQ(in({"tenant", "set", "t", "plugin=nowhere"}).status, 0);
    ask();
    EXPECT_EQ(drain().status, 1);
    EXPECT_EQ(states(), (std::map<std::string, int>{{"given-up", 1}}));
    EXPECT_NE(in({"jobs", "list"}).out.find("nowhere"), std::string::npos);
    EXPECT_EQ(drain().status, 0);
    const Ended again = ask();
    EXPECT_EQ(again.status, 1) << "nothing changed: it stands";
    EXPECT_EQ(in({"jobs", "retry", "--all-failing"}).status, 0);
    EXPECT_EQ(states(), (std::map<std::string, int>{{"due", 1}}));
}

TEST_F(Jobs, CancelledJobIsNotDone) {
    add_brands(1);
    ask();
    EXPECT_EQ(in({"jobs", "cancel", "t:render:daily"}).status, 0) << "a beginning that fits one job is enough";
    drain();
    EXPECT_EQ(states(), (std::map<std::string, int>{{"cancelled", 1}, {"done", 2}}));
    EXPECT_FALSE(fs::exists(folder_ / "w/reports/t"));
    EXPECT_EQ(in({"jobs", "cancel", "b0:render:daily"}).status, 1) << "it is done already";
    const Ended several = in({"jobs", "cancel", "b0:"});
    EXPECT_EQ(several.status, 2);
    EXPECT_NE(several.err.find("b0:deliver:files:daily"), std::string::npos);
    EXPECT_EQ(in({"jobs", "cancel", "nobody:render"}).status, 2);
    EXPECT_EQ(in({"jobs", "retry"}).status, 2);
    EXPECT_EQ(in({"jobs", "list", "--state", "odd"}).status, 2);
    EXPECT_EQ(in({"worker", "--only", "odd"}).status, 2);
}

TEST_F(Jobs, ListIsOfOneTenantOrOneState) {
    add_brands(1);
    ask();
    EXPECT_EQ(lines(in({"jobs", "list", "--tenant", "b0"}).out).size(), 2U) << "its header and one job";
    EXPECT_EQ(jobs("due").size(), 2U);
    EXPECT_EQ(jobs("done").size(), 0U);
    EXPECT_EQ(in({"jobs", "list", "--tenant", "nobody"}).status, 2);
}

TEST_F(Jobs, WorkerOfOneKindLeavesTheOthersToOthers) {
    ask();
    EXPECT_EQ(in({"worker", "--drain", "--only", "render"}).out, "");
    EXPECT_EQ(states(), (std::map<std::string, int>{{"done", 1}, {"due", 1}}));
    EXPECT_EQ(lines(in({"worker", "--drain", "--only", "deliver"}).out).size(), 4U);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, DeliveryThatFailsIsTriedAgainWithoutMakingTheReportAnew) {
    ask();
    ASSERT_EQ(in({"worker", "--drain", "--only", "render"}).status, 0);
    fs::remove_all(folder_ / "w/reports");
    std::ofstream(folder_ / "w/reports") << "a file where the folder should be";
    EXPECT_EQ(drain().status, 1);
    EXPECT_EQ(jobs("failing").size(), 1U);
    fs::remove(folder_ / "w/reports");
    EXPECT_TRUE(comes("state = 3"));
    std::this_thread::sleep_for(1500ms);
    EXPECT_EQ(drain().status, 0);
    EXPECT_EQ(delivered(), expected());
}

TEST_F(Jobs, RecomputeMendsALedgerThatIsWrong) {
    const std::string right = figures();
    open_database(store_.url(), folder_ / "w", OpenFor::use)->execute("DELETE FROM ledger");
    EXPECT_NE(figures(), right);
    EXPECT_EQ(in({"jobs", "recompute", "--tenant", "t"}).status, 0);
    EXPECT_EQ(drain().status, 0);
    EXPECT_EQ(figures(), right);
}

TEST_F(Jobs, PartsOfDeadWritersAreGoneWithTheNextStart) {
    const fs::path parts = folder_ / "w/reports/.parts";
    fs::create_directories(parts);
    const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
    ask();
    const Process worker = begin({"worker", "--at-once", "1"});
    ASSERT_TRUE(comes("state = 2"));
    std::string name;  // what it would have begun a file under
    const auto statement = database->prepare("SELECT worker FROM job WHERE state = 2");
    while (statement->step()) name = statement->bytes(0);
    kill(worker.id, SIGKILL);
    end_of(worker);
    ASSERT_FALSE(name.empty());
    std::replace(name.begin(), name.end(), ':', '~');
    std::ofstream(parts / name) << "half";
    std::ofstream(parts / "elsewhere~1~2~3") << "of a writer that cannot be seen from here";
    EXPECT_EQ(in({"report", "daily", "--date", "2026-10-01"}).status, 0);
    EXPECT_FALSE(fs::exists(parts / name));
    EXPECT_TRUE(fs::exists(parts / "elsewhere~1~2~3"));
}

TEST_F(Jobs, SettingsOutOfRangeAreRefused) {
    settings("lease_seconds = 0\n");
    const Ended ended = drain();
    EXPECT_EQ(ended.status, 3);
    EXPECT_NE(ended.err.find("jobs.lease_seconds"), std::string::npos) << ended.err;
    EXPECT_EQ(in({"report", "daily", "--queue", "--out", "x"}).status, 2);
}

}  // namespace
}  // namespace siyu
