// SPDX-License-Identifier: Apache-2.0
// The module of MySQL stores: needed by nobody else, and named when it is not as it should be.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <string>

namespace siyu {
namespace {

namespace fs = std::filesystem;

// siyu as it is installed, but with another module or none.
class Installed : public testing::Test {
  protected:
    void SetUp() override {
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "bin");
        fs::create_directories(module_.parent_path());
        fs::create_hard_link(SIYU_PROGRAM, folder_ / "bin/siyu");
    }
    void TearDown() override { fs::remove_all(folder_); }

    // What it says; `status_` is what it ended with.
    std::string siyu(const std::string& words, const std::string& environment = "LC_ALL=C.UTF-8") {
        const std::string line = environment + " " + (folder_ / "bin/siyu").string() + " " + words + " 2>&1";
        FILE* stream = popen(line.c_str(), "r");
        std::string said;
        for (int c = 0; (c = std::fgetc(stream)) != EOF;) said += static_cast<char>(c);
        status_ = WEXITSTATUS(pclose(stream));
        return said;
    }
    std::string on_server() { return siyu("--lang en init " + (folder_ / "s").string() + " --store mysql://u@h/d"); }

    fs::path folder_ =
        fs::path(SIYU_BINARY_DIR) / "tests/mysql" / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::path module_ = folder_ / "lib/siyu/stores/mysql.so";
    int status_ = 0;
};

TEST_F(Installed, AFileNeedsNoModule) {
    siyu("init " + (folder_ / "w").string());
    EXPECT_EQ(status_, 0);
    const std::string libraries = siyu("", "LD_TRACE_LOADED_OBJECTS=1");
    EXPECT_NE(libraries.find("libsqlite3"), std::string::npos) << libraries;
    EXPECT_EQ(libraries.find("mysql"), std::string::npos) << libraries;
}

TEST_F(Installed, AServerNeedsTheModule) {
    const std::string said = on_server();
    EXPECT_EQ(status_, 4);
    EXPECT_NE(said.find(module_.string() + ": cannot open"), std::string::npos) << said;
}

TEST_F(Installed, TheModuleOfAnotherSiyuIsNotUsed) {
    fs::create_hard_link(OTHER_MODULE, module_);
    const std::string said = on_server();
    EXPECT_EQ(status_, 4);
    EXPECT_NE(said.find(module_.string() + " is not of siyu"), std::string::npos) << said;
}

}  // namespace
}  // namespace siyu
