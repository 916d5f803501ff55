// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/fuzz/targets.hpp"

namespace siyu {
namespace {

// What fuzzing has found, and the exports that the tests of the readers and profiles read, once through each target.
class Replay : public testing::TestWithParam<fuzz::Target> {
  protected:
    static std::vector<std::filesystem::path> inputs() {
        const std::filesystem::path tests = std::filesystem::path(SIYU_SOURCE_DIR) / "tests";
        std::vector<std::filesystem::path> files;
        for (const auto& folder : {tests / "fuzz/corpus" / GetParam().name, tests / "intake/quirks",
                                   tests / "intake/profiles", tests.parent_path() / "core/intake/profiles"})
            for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
                if (file.is_regular_file() && file.path().extension() != ".table") files.push_back(file.path());
        std::sort(files.begin(), files.end());
        return files;
    }
};

TEST_P(Replay, InputsAreReadOrRefused) {
    std::size_t runs = 0;
    for (const auto& path : inputs()) {
        SCOPED_TRACE(path.filename());
        std::ostringstream bytes;
        bytes << std::ifstream(path, std::ios::binary).rdbuf();
        EXPECT_NO_THROW(GetParam().run(bytes.str()));
        ++runs;
    }
    EXPECT_GT(runs, 20U);
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, testing::ValuesIn(fuzz::targets),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace siyu
