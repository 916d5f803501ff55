// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/catalogue.hpp"
#include "core/host/plugins.hpp"

namespace siyu {

inline const std::filesystem::path shipped = SIYU_BINARY_DIR "/lib/siyu/plugins";
inline const std::filesystem::path bad = BAD_PLUGINS;

// Every sentence is there in both languages.
inline void expect_sentences(const Note& note) {
    for (const Language language : {Language::zh, Language::en})
        EXPECT_TRUE(Catalogue(language).has(note.id)) << note.id;
    for (const Note& part : note.parts) expect_sentences(part);
}

// What a person reads when the plugin is refused, in English; empty when it is not.
inline std::string refusal(const Plugins& plugins, const std::string& id, const Plugins::Settings& settings = {}) {
    try {
        plugins.blueprint(id, settings);
        return "";
    } catch (const Error& error) {
        const Catalogue english(Language::en);
        expect_sentences(error.note());
        return english.say(error.note());
    }
}
inline std::string refusal(const std::string& id, const Plugins::Settings& settings = {}) {
    return refusal(Plugins({bad, shipped}), id, settings);
}

// A folder of its own for files that the test spoils.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("siyu-" + name())) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& file, const std::string& bytes) const {
        std::ofstream(path_ / file, std::ios::binary) << bytes;
        std::filesystem::permissions(path_ / file, std::filesystem::perms(0644));
        return path_ / file;
    }

  private:
    static std::string name() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        return std::string(test->test_suite_name()) + "-" + test->name() + "-" + std::to_string(getpid());
    }
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace siyu
