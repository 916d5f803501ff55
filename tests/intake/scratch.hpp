// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/table.hpp"

namespace siyu {

// A folder of one test's own files; gone with the test.
class Scratch {
  public:
    Scratch() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() / (std::string("siyu-") + test->test_suite_name() + "-" +
                                                            test->name() + "-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() { std::filesystem::remove_all(folder_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path file(std::string_view name, std::string_view bytes) const {
        const auto path = folder_ / name;
        std::filesystem::remove(
            path);  // file systems write a file that is truncated and filled again to the disk at once
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
};

// A whole table, record by record; a broken record is one cell with the id of its fault.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> records;
    std::vector<std::int64_t> lines;

    explicit Table(const std::filesystem::path& path) {
        const auto reader = TableReader::open(path);
        header = reader->header();
        for (;;) {
            const auto found = reader->next();
            if (found == TableReader::Found::end) break;
            lines.push_back(reader->line());
            if (found == TableReader::Found::broken)
                records.push_back({reader->fault().id});
            else
                records.emplace_back(reader->cells().begin(), reader->cells().end());
        }
    }
};

// What a refusal says: its note, or an empty one where nothing was refused.
template <typename Call>
Note refusal(Call call, Error::Code code = Error::refused) {
    try {
        call();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), code) << error.note().id;
        return error.note();
    }
    return {};
}

inline std::string with(const Note& note, std::string_view name) {
    for (const auto& [known, value] : note.with)
        if (known == name) return value;
    return "(no " + std::string(name) + ")";
}

using Records = std::vector<std::vector<std::string>>;

}  // namespace siyu
