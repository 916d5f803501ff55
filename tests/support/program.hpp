// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/fresh_store.hpp"
#include "tests/support/slurp.hpp"

namespace siyu {

// What `siyu kpi --json` says of the facts; in which files and batches they came is another matter.
inline std::string without_files(const std::string& said) {
    auto json = nlohmann::ordered_json::parse(said, nullptr, false);
    if (!json.is_object()) return said;
    auto& found = json["data_quality"];
    for (auto one = found.begin(); one != found.end();) {
        one->erase("places");
        one->erase("todo");
        const std::string id = one->value("id", "");
        const bool of_files = id == "quality.fewer_rows" || id == "quality.future_day" ||
                              id == "quality.orders_moved" || id == "quality.orders_repriced";
        one = of_files ? found.erase(one) : one + 1;
    }
    return json.dump(1);
}

// How the program ended: its status (100 and more: the signal) and what it said.

struct Ended {
    int status = 0;
    std::string out, err;
};

// The program as its user meets it, in a workspace of its own with the tenant t.
class Program : public testing::Test {
  protected:
    void SetUp() override {
        folder_ =
            std::filesystem::temp_directory_path() / ("siyu-app-" + std::to_string(getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        ASSERT_EQ(run({"init", (folder_ / "w").string(), "--store", store_.url()}).status, 0);
        ASSERT_EQ(in({"tenant", "add", "t", "--name", "某品牌"}).status, 0);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    pid_t start(const std::vector<std::string>& words) {
        const pid_t child = fork();
        if (child != 0) return child;
        std::vector<char*> arguments{const_cast<char*>("siyu")};
        for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        setenv("LC_ALL", "zh_CN.UTF-8", 1);
        if (!freopen((folder_ / "out").c_str(), "w", stdout) || !freopen((folder_ / "err").c_str(), "w", stderr))
            _exit(99);
        execv(SIYU_PROGRAM, arguments.data());
        _exit(98);
    }
    Ended run(const std::vector<std::string>& words) {
        int status = 0;
        waitpid(start(words), &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status), slurp(folder_ / "out"),
                slurp(folder_ / "err")};
    }
    std::vector<std::string> inside(std::vector<std::string> words) {
        words.insert(words.begin(), {"-C", (folder_ / "w").string()});
        return words;
    }
    Ended in(const std::vector<std::string>& words) { return run(inside(words)); }
    std::string file(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return (folder_ / name).string();
    }
    std::string figures() {
        return without_files(in({"kpi", "--tenant", "t", "--period", "monthly", "--date", "2026-10-31", "--json"}).out);
    }

    std::filesystem::path folder_;
    FreshStore store_;
};

}  // namespace siyu
