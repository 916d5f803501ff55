// SPDX-License-Identifier: Apache-2.0
// The program is killed at random instants of its work, again and again. After each death whatever stands is whole, and
// the same command once more ends where an agency ends whose program was never killed: its twin. SIYU_KILLS says how
// many kills (on each store), SIYU_SEED repeats a run.
#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <thread>

#include "core/base/day.hpp"
#include "core/store/database.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* month[] = {"--period", "monthly", "--date", "2026-10-31"};

int number_from(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text ? std::atoi(text) : otherwise;
}

class Kill : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        seed_ = static_cast<unsigned>(number_from("SIYU_SEED", static_cast<int>(std::random_device{}() >> 1)));
        random_.seed(seed_);
        std::cout << "SIYU_SEED=" << seed_ << std::endl;
        ASSERT_EQ(run({"init", twin_folder().string()}).status, 0);
        for (const char* brand : brands) {
            const std::string name = std::string_view(brand) == "t" ? "某品牌" : brand;
            ASSERT_EQ(in_twin({"tenant", "add", brand, "--name", name}).status, 0);
            if (name == brand) {
                ASSERT_EQ(in({"tenant", "add", brand}).status, 0);
            }
        }
    }
    void TearDown() override {
        std::cout << kills_ << " kills" << std::endl;
        Program::TearDown();
    }

    fs::path twin_folder() const { return folder_ / "twin"; }
    Ended in_twin(std::vector<std::string> words) {
        words.insert(words.begin(), {"-C", twin_folder().string()});
        return run(words);
    }
    int many(int part, int of) const { return std::max(1, number_from("SIYU_KILLS", 280) * part / of); }
    int chance(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    // Starts the command and kills it somewhere between its start and its usual end, which the first one is left to
    // show. True where it was killed, false where it was quicker.
    bool kill_once(const std::vector<std::string>& words) {
        const auto [found, first] = usual_.emplace(words[0], 0);
        double& usual = found->second;
        const auto began = Clock::now();
        const pid_t process = begin(words);
        if (!first) {
            std::uniform_real_distribution<> somewhere(0, usual);
            std::this_thread::sleep_for(std::chrono::duration<double>(somewhere(random_)));
            ::kill(process, SIGKILL);
        }
        int status = 0;
        waitpid(process, &status, 0);
        if (WIFSIGNALED(status)) {
            usual *= 1.02;  // where everybody is caught too soon, nobody is caught late
            ++kills_;
            return true;
        }
        EXPECT_LE(WEXITSTATUS(status), words[0] == "import" ? look : 0)
            << words[0] << ": " << slurp(folder_ / "killed");
        const double took = std::chrono::duration<double>(Clock::now() - began).count();
        usual = first ? took : 0.7 * usual + 0.3 * took;
        return false;
    }
    pid_t begin(const std::vector<std::string>& words) {
        const auto all = inside(words);
        const pid_t parent = getpid(), child = fork();
        if (child != 0) return child;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(97);
        std::vector<char*> arguments{const_cast<char*>("siyu")};
        for (const std::string& word : all) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        setenv("LC_ALL", "zh_CN.UTF-8", 1);
        if (!freopen("/dev/null", "w", stdout) || !freopen((folder_ / "killed").c_str(), "w", stderr)) _exit(99);
        execv(SIYU_PROGRAM, arguments.data());
        _exit(98);
    }

    std::string figures_of(const fs::path& workspace, const std::string& brand) {
        std::vector<std::string> words{"-C", workspace.string(), "kpi", "--tenant", brand, "--json"};
        words.insert(words.end(), std::begin(month), std::end(month));
        return without_files(run(words).out);
    }
    std::string figures_here(const std::string& brand = "t") { return figures_of(folder_ / "w", brand); }
    std::string figures_of_twin(const std::string& brand = "t") { return figures_of(twin_folder(), brand); }

    // One brand's files of one day: the days before are corrected, customers come, go and buy.
    std::map<std::string, std::string> some_facts(int round) {
        std::map<std::string, std::string> files{{"joins", "joined_at,customer_id,guide_id,channel\n"},
                                                 {"leaves", "left_at,customer_id,guide_id\n"},
                                                 {"orders", "order_id,paid_at,amount,customer_id\n"}};
        const auto time = [this](int day) {
            char text[40];
            std::snprintf(text, sizeof text, "2026-10-%02d %02d:%02d:%02d", day, chance(24), chance(60), chance(60));
            return std::string(text);
        };
        for (int i = 0; i < 400; ++i) {
            const int day = 1 + (round + chance(4)) % 31;
            const std::string customer = "c" + std::to_string(chance(300)), guide = ",g" + std::to_string(chance(5));
            files["joins"] += time(day) + "," + customer + guide + (i % 3 ? ",天猫\n" : ",门店\n");
            if (i % 4 == 0) files["leaves"] += time(day) + "," + customer + guide + "\n";
            files["orders"] += "o" + std::to_string(chance(1500)) + "," + time(day) + "," +
                               std::to_string(chance(100'000)) + ".5," + customer + "\n";
        }
        return files;
    }
    // Takes them in at both, undisturbed.
    void take_in(const std::string& brand, int round) {
        for (const auto& [fact, text] : some_facts(round)) {
            const std::string name = file(brand + "-" + fact + ".csv", text);
            ASSERT_LE(in({"import", "--tenant", brand, "--as", fact, name}).status, look);
            ASSERT_LE(in_twin({"import", "--tenant", brand, "--as", fact, name}).status, look);
        }
    }
    static std::map<std::string, std::string> files_in(const fs::path& folder) {
        std::map<std::string, std::string> files;
        if (!fs::exists(folder)) return files;
        for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator();
             ++entry) {
            if (entry->path().filename() == ".parts") entry.disable_recursion_pending();
            if (entry->is_regular_file()) files[fs::relative(entry->path(), folder).string()] = slurp(entry->path());
        }
        return files;
    }
    // What stands among the reports is whole: as the twin's, or as it was before.
    void expect_whole(const std::map<std::string, std::string>& before) {
        for (const auto& [name, bytes] : files_in(folder_ / "w/reports")) {
            const auto twin = twin_reports_.find(name);
            const auto old = before.find(name);
            ASSERT_TRUE((twin != twin_reports_.end() && twin->second == bytes) ||
                        (old != before.end() && old->second == bytes))
                << name << " is neither as before nor as it should be; SIYU_SEED=" << seed_;
        }
    }
    void twin_reports(const std::string& day) {
        ASSERT_EQ(in_twin({"report", "daily", "--date", day}).status, 0);
        twin_reports_ = files_in(twin_folder() / "reports");
    }
    void expect_all_reports() {
        EXPECT_EQ(files_in(folder_ / "w/reports"), twin_reports_);
        EXPECT_TRUE(fs::is_empty(folder_ / "w/reports/.parts"));
    }
    std::int64_t count(const std::string& what) {
        const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
        const auto statement = database->prepare("SELECT COUNT(*) FROM " + what);
        std::int64_t found = -1;
        while (statement->step()) found = statement->number(0);
        return found;
    }

    static constexpr const char* brands[] = {"t", "u", "v"};
    static constexpr int look = 1;  // at orders that an import moved to other days
    unsigned seed_ = 0;
    std::mt19937 random_;
    int kills_ = 0;
    std::map<std::string, double> usual_;  // seconds, by command
    std::map<std::string, std::string> twin_reports_;
};

TEST_F(Kill, ImportIsThereWholeOrNotAtAllAndOnceMoreEndsIt) {
    const int wanted = many(80, 280);
    std::string before = figures_of_twin();
    for (int round = 0; kills_ < wanted && round < wanted * 4; ++round) {
        for (const auto& [fact, text] : some_facts(round)) {
            const std::string name = file(fact + ".csv", text);
            const std::vector<std::string> words{"import", "--tenant", "t", "--as", fact, name};
            ASSERT_LE(in_twin({words.begin(), words.end()}).status, look);
            const std::string after = figures_of_twin();
            for (int i = 0; i < 4; ++i) {
                const bool killed = kill_once(words);
                if (!killed || i == 3) {
                    const std::string now = figures_here();
                    ASSERT_TRUE(now == after || (killed && now == before)) << "SIYU_SEED=" << seed_;
                }
                if (!killed) break;
            }
            const Ended again = in(words);
            ASSERT_LE(again.status, look) << again.err << "SIYU_SEED=" << seed_;
            ASSERT_EQ(figures_here(), after) << "SIYU_SEED=" << seed_;
            before = after;
        }
    }
    EXPECT_GE(kills_, wanted);
    const Ended looked = in({"doctor", "--recompute"});
    EXPECT_EQ(looked.status, 0) << looked.out;
}

TEST_F(Kill, RecomputeLeavesTheLedgerAsItWasOrRight) {
    const int wanted = many(50, 280);
    for (int i = 0; i < 3; ++i) take_in("t", i);
    const std::string right = figures_of_twin();
    ASSERT_EQ(figures_here(), right);
    for (int round = 0; kills_ < wanted && round < wanted * 4; ++round) {
        open_database(store_.url(), folder_ / "w", OpenFor::use)
            ->execute("DELETE FROM ledger WHERE tenant = 1 AND day % 3 = " + std::to_string(round % 3));
        const std::string wrong = figures_here();
        ASSERT_NE(wrong, right);
        for (int i = 0; i < 5; ++i) {
            const bool killed = kill_once({"doctor", "--recompute", "--mend"});
            if (killed && i < 4) continue;
            const std::string now = figures_here();
            ASSERT_TRUE(now == right || (killed && now == wrong)) << "SIYU_SEED=" << seed_;
            break;
        }
        const Ended again = in({"doctor", "--recompute", "--mend"});
        ASSERT_EQ(again.status, 0) << again.out << again.err << "SIYU_SEED=" << seed_;
        ASSERT_EQ(figures_here(), right) << "SIYU_SEED=" << seed_;
    }
    EXPECT_GE(kills_, wanted);
}

TEST_F(Kill, ReportsAreWholeFilesWheneverOneLooks) {
    const int wanted = many(60, 280);
    for (const char* brand : brands) take_in(brand, 3);
    for (int day = 1; kills_ < wanted && day <= wanted * 4 + 31; ++day) {
        // From the second month on they stand there already, made from other data.
        if (day > 31 && day % 31 == 1) take_in("t", day / 31);
        const std::string date = to_string(*day_of(2026, 10, 1) + (day - 1) % 31);
        const auto before = files_in(folder_ / "w/reports");
        twin_reports(date);
        for (int i = 0; i < 4 && kill_once({"report", "daily", "--date", date}); ++i) expect_whole(before);
        const Ended again = in({"report", "daily", "--date", date});
        ASSERT_EQ(again.status, 0) << again.err << "SIYU_SEED=" << seed_;
        expect_all_reports();
        if (HasFailure()) FAIL() << "SIYU_SEED=" << seed_;
    }
    EXPECT_GE(kills_, wanted);
}

TEST_F(Kill, JobsAreDoneOnceInEffectWhoeverDies) {
    const int wanted = many(90, 280);
    for (const char* brand : brands) take_in(brand, 3);
    std::int64_t reports = 0;
    for (int day = 1; kills_ < wanted && day <= wanted * 4 + 31; ++day) {
        if (day > 31 && day % 31 == 1) take_in("t", day / 31);
        const std::string date = to_string(*day_of(2026, 10, 1) + (day - 1) % 31);
        const auto before = files_in(folder_ / "w/reports");
        twin_reports(date);
        if (day <= 31) reports += std::size(brands);
        kill_once({"report", "daily", "--queue", "--date", date});
        ASSERT_EQ(in({"report", "daily", "--queue", "--date", date}).status, 0);
        // At times somebody else is at work as well, whom nobody kills.
        const pid_t other = chance(3) == 0 ? begin({"worker", "--drain", "--at-once", "1"}) : 0;
        for (int i = 0; i < 3 && kill_once({"worker", "--drain"}); ++i) expect_whole(before);
        const Ended again = in({"worker", "--drain"});
        ASSERT_EQ(again.status, 0) << again.err << "SIYU_SEED=" << seed_;
        if (other != 0) {
            int status = 0;
            waitpid(other, &status, 0);
            EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << slurp(folder_ / "killed");
        }
        expect_all_reports();
        EXPECT_EQ(count("job WHERE state = 4"), count("job"));
        EXPECT_EQ(count("job WHERE kind = 2"), reports);
        EXPECT_EQ(count("job WHERE kind = 3"), reports);
        EXPECT_EQ(count("page"), reports * 4);
        if (HasFailure()) FAIL() << "SIYU_SEED=" << seed_;
    }
    EXPECT_GE(kills_, wanted);
}

}  // namespace
}  // namespace siyu
