// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/press.hpp"

namespace siyu {

// Bytes as a file for other programs to look at, gone with this object.
class ToLookAt {
  public:
    explicit ToLookAt(const std::string& bytes, const std::string& ending = "") {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("siyu-press-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ending);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~ToLookAt() { std::filesystem::remove(path_); }
    ToLookAt(const ToLookAt&) = delete;
    ToLookAt& operator=(const ToLookAt&) = delete;
    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

struct Said {
    int status = 0;
    std::string words;
};

inline Said run(const std::string& command) {
    Said said;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    char buffer[4096];
    while (const std::size_t read = fread(buffer, 1, sizeof buffer, pipe)) said.words.append(buffer, read);
    said.status = WEXITSTATUS(pclose(pipe));
    return said;
}

// The mail or workbook as Python's own libraries read it.
inline nlohmann::json outside(const std::string& what, const std::string& bytes) {
    const ToLookAt file(bytes);
    const Said said = run(std::string(SIYU_PYTHON) + " -I " + SIYU_SOURCE_DIR + "/tests/press/outside.py " + what +
                          " " + file.path());
    auto seen = nlohmann::json::parse(said.words, nullptr, false);
    if (seen.is_discarded()) throw std::runtime_error(said.words);
    return seen;
}

}  // namespace siyu
