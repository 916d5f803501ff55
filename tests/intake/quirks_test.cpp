// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

// Each file of quirks/ is an export with one oddity; beside it, in FILE.table, stands what has to come of it, a line of
// JSON each: the place where there are several, the header, each record behind its line number, or why it is no record.
// A first line {"join": true, "skip": 2} says that the header stands two rows further down and that the row above it is
// a part of it.
const std::filesystem::path folder = std::filesystem::path(SIYU_SOURCE_DIR) / "tests/intake/quirks";

std::string table_text(const std::filesystem::path& path, const std::string& first) {
    std::string all;
    const auto add = [&](const nlohmann::json& line) { all += line.dump() + "\n"; };
    const auto asked = nlohmann::json::parse(first, nullptr, false);
    const bool said = asked.is_object() && asked.contains("skip");
    if (said) add(asked);
    try {
        const auto places = tables_in(path);
        for (const TablePlace& place : places) {
            if (places.size() > 1) add({{"place", place.text()}});
            const auto reader = TableReader::open(place);
            for (int skip = said ? asked["skip"].get<int>() : 0; skip > 0; --skip) reader->next_header();
            if (said && asked["join"].get<bool>()) reader->join_header();
            add(reader->header());
            for (auto found = reader->next(); found != TableReader::Found::end; found = reader->next()) {
                nlohmann::json line{reader->line()};
                if (found == TableReader::Found::broken)
                    line.push_back({{"broken", reader->fault().id}});
                else
                    for (const auto cell : reader->cells()) line.push_back(cell);
                add(line);
            }
        }
    } catch (const Error& error) {
        nlohmann::json why{{"refused", error.note().id}};
        for (const auto& [name, value] : error.note().with)
            if (name == "line" || name == "entry" || name == "why") why[name] = value.substr(name == "why");
        add(why);
    }
    return all;
}

class Quirks : public testing::TestWithParam<std::string> {};

TEST_P(Quirks, AreReadAsTheyAreMeant) {
    std::ifstream file(folder / (GetParam() + ".table"));
    std::ostringstream expected;
    expected << file.rdbuf();
    const std::string text = expected.str();
    EXPECT_EQ(table_text(folder / GetParam(), text.substr(0, text.find('\n'))), text);
}

std::vector<std::string> quirks() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (file.path().extension() != ".table") names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Files, Quirks, testing::ValuesIn(quirks()), [](const auto& quirk) {
    std::string name = quirk.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
});

}  // namespace
}  // namespace siyu
