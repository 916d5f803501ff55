// SPDX-License-Identifier: Apache-2.0
// Whatever a plugin does, it costs its own brand's report, with the reason in words; all others come out, nothing
// hangs.
#include <chrono>
#include <map>
#include <random>

#include "core/worker/sandbox.hpp"
#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;

struct Fault {
    const char* plugin;
    const char* reason;  // part of the sentence
    bool walls = false;  // it is the walls that stop it, or a sanitizer would catch it first
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.plugin; }

// A good brand t, and whoever is added.
class Brands : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        std::ofstream(folder_ / "w" / "siyu.toml", std::ios::app) << "[worker]\nseconds = 2\nmemory_mib = 512\n";
        ASSERT_EQ(
            in({"import", "--tenant", "t", file("orders.csv", "order_id,paid_at,amount\no1,2026-10-01,5\n")}).status,
            0);
    }
    // A brand that has the plugin.
    void add(const std::string& plugin) {
        fs::copy_file(fs::path(FAULTS) / (plugin + ".so"), folder_ / "w" / "plugins" / (plugin + ".so"));
        in({"tenant", "add", "bad", "--plugin", plugin});
    }
    bool report_there(const std::string& tenant) const {
        return fs::exists(folder_ / "w" / "reports" / tenant / "daily-2026-10-01-brand.zh.html");
    }
};

class Isolation : public Brands, public testing::WithParamInterface<Fault> {};

TEST_P(Isolation, CostsItsOwnBrandAlone) {
#ifdef SIYU_WITHOUT_WALLS
    if (GetParam().walls) GTEST_SKIP() << "built with a sanitizer, which has no walls";
#endif
    add(GetParam().plugin);
    const auto start = std::chrono::steady_clock::now();
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60)) << "it hung";
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_TRUE(report_there("t"));
    EXPECT_FALSE(report_there("bad"));
    EXPECT_NE(ended.err.find("bad"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find(GetParam().reason), std::string::npos) << ended.err;
    EXPECT_EQ(ended.out.find("hello"), std::string::npos);
    EXPECT_FALSE(fs::exists("/tmp/siyu-was-here"));
    EXPECT_TRUE(slurp(folder_ / "w" / "plugins" / (std::string(GetParam().plugin) + ".so"))
                    .starts_with("\x7f"
                                 "ELF"));
    // Asked for alone, it fails with the same reason.
    const Ended alone = in({"kpi", "--tenant", "bad", "--period", "daily", "--date", "2026-10-01"});
    EXPECT_EQ(alone.status, 3) << alone.err;
    EXPECT_NE(alone.err.find(GetParam().reason), std::string::npos) << alone.err;
}

INSTANTIATE_TEST_SUITE_P(
    Plugin, Isolation,
    testing::Values(Fault{"segfault", "SIGSEGV", true}, Fault{"aborts", "SIGABRT"}, Fault{"endless", "2 秒"},
                    Fault{"sleeps", "2 秒"}, Fault{"eats_memory", "512 MiB", true}, Fault{"exits", "退出码 0"},
                    Fault{"exits_at_load", "退出码 0"}, Fault{"prints", "标准输出", true},
                    Fault{"leaves_thread", "个仍在运行的线程"}, Fault{"says_bad_utf8", "(?)"},
                    Fault{"throws_at_work", "through C"}, Fault{"keeps_context", "declare_kpi"},
                    Fault{"opens_socket", "socket", true}, Fault{"forks", "系统调用", true},
                    Fault{"reads_files", "siyu.db", true}, Fault{"reads_at_load", "not a file was read", true},
                    Fault{"writes_file", "/tmp/siyu-was-here", true}, Fault{"kills", "kill", true},
                    Fault{"asks_for_others", "was refused"}, Fault{"asks_within", "was refused"},
                    Fault{"asks_for_work", "was refused"}, Fault{"asks_at_length", "was refused"},
                    Fault{"asks_without_listening", "通信"}, Fault{"says_deep_outcome", "通信"},
                    Fault{"says_deep_text", "通信"}, Fault{"says_much_after_all", "socket"},
                    Fault{"forges_success", "通信"}, Fault{"names_itself", "计算失败"},
                    Fault{"signals_program", "tgkill", true}, Fault{"signals_by_file", "fcntl", true},
                    Fault{"forges_blueprint", "通信"}, Fault{"cuts_off_files", "cuts_off_files.so", true},
                    Fault{"opens_as_the_host", "not a file was opened", true}),
    [](const auto& fault) { return std::string(fault.param.plugin); });

// All of them at once: as many brands fail as have such a plugin, each with its reason.
TEST_F(Brands, ManyBadPluginsAtOnceLeaveTheGoodBrandItsReport) {
#ifdef SIYU_WITHOUT_WALLS
    GTEST_SKIP() << "built with a sanitizer, which has no walls";
#endif
    int bad = 0;
    for (const auto& plugin : fs::directory_iterator(FAULTS)) {
        fs::copy_file(plugin.path(), folder_ / "w" / "plugins" / plugin.path().filename());
        in({"tenant", "add", "bad-" + std::to_string(++bad), "--plugin", plugin.path().stem().string()});
    }
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_TRUE(report_there("t"));
    for (int number = 1; number <= bad; ++number)
        EXPECT_NE(ended.err.find("bad-" + std::to_string(number) + " "), std::string::npos) << ended.err;
}

// Those who compute what was declared stay for the next brand; one who is lost over a brand is replaced.
TEST_F(Brands, OneClerkAfterTheOther) {
    std::ofstream(folder_ / "w" / "siyu.toml", std::ios::app) << "at_once = 1\n";
    add("doubles");
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_NE(ended.err.find("2 秒"), std::string::npos) << ended.err;
    EXPECT_FALSE(report_there("bad"));
    EXPECT_TRUE(report_there("t"));
}

TEST_F(Brands, PluginThatOthersMayWriteToIsRefused) {
    fs::copy_file(fs::path(FAULTS) / "exits.so", folder_ / "w" / "plugins" / "exits.so");
    fs::permissions(folder_ / "w" / "plugins" / "exits.so", fs::perms::others_write, fs::perm_options::add);
    in({"tenant", "add", "bad", "--plugin", "exits"});
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_TRUE(report_there("t"));
    EXPECT_NE(ended.err.find("chmod go-w"), std::string::npos) << ended.err;
}

TEST_F(Brands, LinkIntoAFolderThatOthersMayWriteToIsRefused) {
    const fs::path open = folder_ / "open";
    fs::create_directory(open);
    fs::copy_file(fs::path(FAULTS) / "exits.so", open / "exits.so");
    fs::permissions(open, fs::perms::all);
    fs::create_symlink(open / "exits.so", folder_ / "w" / "plugins" / "exits.so");
    in({"tenant", "add", "bad", "--plugin", "exits"});
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_NE(ended.err.find("chmod go-w"), std::string::npos) << ended.err;
}

// Not a line of it runs: a plugin that runs can say that it is another one.
TEST_F(Brands, PinnedBytesAreLookedAtBeforeTheyAreLoaded) {
    add("exits_at_load");
    ASSERT_EQ(in({"tenant", "set", "bad", "plugin_sha256=" + std::string(64, '0'), "--from", "2026-10-01"}).status, 0);
    const Ended ended = in({"report", "daily", "--date", "2026-10-01"});
    EXPECT_NE(ended.err.find("现为 "), std::string::npos) << ended.err;
}

// Whatever is wrong with its bytes, a damaged plugin is refused or works; the program lives.
TEST_F(Brands, FileWithDamagedBytesIsRefusedOrWorks) {
    const std::string whole = slurp(fs::path(SHIPPED) / "standard.so");
    const fs::path file = folder_ / "w" / "plugins" / "standard.so";
    int refused = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937 random(seed);
        std::string damaged = whole;
        for (int i = 0; i < 300; ++i) damaged[random() % damaged.size()] ^= static_cast<char>(1 + random() % 255);
        fs::remove(file);
        std::ofstream(file, std::ios::binary) << damaged;
        const Ended ended = in({"plugin", "show", "standard"});
        EXPECT_TRUE(ended.status == 0 || ended.status == 3) << ended.status << ended.err;
        refused += ended.status == 3;
    }
    EXPECT_GT(refused, 0);
}

TEST_F(Brands, TwoRunsOfTheSameReportAreTheSameToTheByte) {
    const Ended first = in({"report", "daily", "--date", "2026-10-01", "--format", "html,text,json"});
    ASSERT_EQ(first.status, 0) << first.err;
    std::map<std::string, std::string> pages;
    for (const auto& page : fs::recursive_directory_iterator(folder_ / "w" / "reports"))
        if (page.is_regular_file()) pages[page.path().string()] = slurp(page.path());
    ASSERT_EQ(pages.size(), 6U);
    ASSERT_EQ(in({"report", "daily", "--date", "2026-10-01", "--format", "html,text,json"}).status, 0);
    for (const auto& [file, bytes] : pages) EXPECT_EQ(slurp(file), bytes) << file;
}

TEST(Sandbox, KnowsCallsByName) {
    EXPECT_EQ(name_of_call(41), "socket");
    EXPECT_EQ(name_of_call(99999), "99999");
}

}  // namespace
}  // namespace siyu
