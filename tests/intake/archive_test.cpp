// SPDX-License-Identifier: Apache-2.0
#include "core/intake/archive.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>

#include "tests/intake/scratch.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

TEST(Archives, EntriesComeInTheirOrderAndNamesInGbkAreRead) {
    const Scratch scratch;
    Zip zip;
    for (const std::string name : {"b.csv", "\xB6\xA9\xB5\xA5.csv", "a\xFF\x01.csv", "a.csv"}) zip.add(name, "id\n1\n");
    const Archive archive{File(scratch.file("a.zip", zip.bytes()))};
    EXPECT_THAT(archive.names(), ElementsAre("b.csv", "订单.csv", "a??.csv", "a.csv"));
}

TEST(Archives, StreamedAndStoredEntriesAreRead) {
    const Scratch scratch;
    Zip zip;
    zip.add("a.csv", "id,b\n1,2\n", true, true);
    zip.add("b.csv", "id,b\n3,4\n", false, false);
    const auto places = tables_in(scratch.file("a.zip", zip.bytes()));
    ASSERT_EQ(places.size(), 2U);
    for (const TablePlace& place : places) {
        const auto reader = TableReader::open(place);
        EXPECT_THAT(reader->header(), ElementsAre("id", "b"));
        EXPECT_EQ(reader->next(), TableReader::Found::record);
        EXPECT_EQ(reader->next(), TableReader::Found::end);
    }
}

TEST(Archives, OfTooManyEntriesIsRefused) {
    const Scratch scratch;
    Zip zip;
    for (int i = 0; i < 1'001; ++i) zip.add(std::to_string(i) + ".csv", "a\n1\n");
    const Note note = refusal([&] { tables_in(scratch.file("a.zip", zip.bytes())); });
    EXPECT_EQ(note.id, "intake.too_many_entries");
    EXPECT_EQ(with(note, "entries"), "1001");
}

TEST(Archives, AnEntryThatGrowsWithoutEndIsRefused) {
    const Scratch scratch;
    Zip zip;
    zip.add("a.csv", "a\n" + std::string(std::size_t{100} << 20, '1'));
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("a.zip", zip.bytes())); }).id, "intake.archive_grows");
}

// Where temporary files are made, for as long as a test wants it.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const std::filesystem::path& folder) {
        if (const char* const before = ::getenv("TMPDIR")) before_ = before;
        ::setenv("TMPDIR", folder.c_str(), 1);
    }
    ~TemporaryFolder() { before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  private:
    std::string before_;
};

TEST(Archives, WhatIsUnpackedLeavesNoFileBehind) {
    const Scratch scratch;
    Zip zip;
    zip.add("../../a.csv", "a\n1\n");
    const auto path = scratch.file("a.zip", zip.bytes());
    const auto folder = scratch.folder() / "temporary";
    std::filesystem::create_directory(folder);
    const TemporaryFolder here(folder);
    const auto reader = TableReader::open(path);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    EXPECT_EQ(reader->next(), TableReader::Found::record);
    EXPECT_THAT(reader->cells(), ElementsAre("1"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.folder()), {}), 2);
}

TEST(Archives, WithoutRoomForTemporaryFilesAreNotRead) {
    const Scratch scratch;
    Zip zip;
    zip.add("a.csv", "a\n1\n");
    const auto path = scratch.file("a.zip", zip.bytes());
    const TemporaryFolder gone(scratch.folder() / "gone");
    EXPECT_EQ(refusal([&] { TableReader::open(path); }, Error::unreachable).id, "intake.no_room");
}

TEST(Archives, AFaultInAnEntryNamesIt) {
    const Scratch scratch;
    Zip zip;
    zip.add("六月/a.csv", "a,b\n1,\"2\n");
    const auto path = scratch.file("a.zip", zip.bytes());
    EXPECT_EQ(with(refusal([&] { const Table table(path); }), "file"), path.string() + " › 六月/a.csv");
    const TablePlace none(path, "b.csv", "");
    EXPECT_EQ(with(refusal([&] { TableReader::open(none); }), "entry"), "b.csv");
}

}  // namespace
}  // namespace siyu
