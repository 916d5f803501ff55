// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "core/host/plugins.hpp"
#include "core/host/trial.hpp"

namespace siyu {
namespace {

TEST(Trial, SaysHowTheWorkWent) {
    EXPECT_EQ(try_out([] {}), std::nullopt);
    EXPECT_EQ(try_out([] { throw 1; }), std::nullopt);
    EXPECT_EQ(try_out([] { ::_exit(3); }), "exit 3");
    EXPECT_EQ(try_out([] { std::raise(SIGKILL); }), "signal 9");
}

// Whatever is wrong with its bytes, a damaged plugin is refused or works; the program lives.
TEST(Plugins, FileWithDamagedBytesDoesNotTakeTheProgramDown) {
    const auto folder = std::filesystem::temp_directory_path() / ("siyu-damaged-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::ifstream whole(std::string(SIYU_BINARY_DIR) + "/lib/siyu/plugins/standard.so", std::ios::binary);
    std::stringstream bytes;
    bytes << whole.rdbuf();
    int refused = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937 random(seed);
        std::string damaged = bytes.str();
        for (int i = 0; i < 300; ++i) damaged[random() % damaged.size()] ^= static_cast<char>(1 + random() % 255);
        const auto file = folder / "standard.so";
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary) << damaged;
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        const Plugins plugins({folder});
        EXPECT_EQ(plugins.list().size(), 1U);
        try {
            plugins.blueprint("standard");
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Error::refused);
            ++refused;
        }
    }
    EXPECT_GT(refused, 0);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace siyu
