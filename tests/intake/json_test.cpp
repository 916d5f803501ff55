// SPDX-License-Identifier: Apache-2.0
#include "core/intake/json.hpp"

#include <gmock/gmock.h>

#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

TEST(Json, RowsAcrossBufferEdgesStayWholeInEitherForm) {
    const Scratch scratch;
    std::string rows, lines;
    Records expected;
    for (int i = 0; rows.size() < 300'000; ++i) {
        const std::string cell(static_cast<std::size_t>(i % 97), 'y'), number = std::to_string(i);
        const std::string row = "{\"id\":" + number + ",\"text\":\"" + cell + "\\u4e00\"}";
        rows += (i > 0 ? ",\n" : "") + row;
        lines += row + "\n";
        expected.push_back({number, cell + "一"});
    }
    EXPECT_EQ(Table(scratch.file("a.json", "{\"items\":[" + rows + "]}")).records, expected);
    const Table table(scratch.file("a.jsonl", lines));
    EXPECT_EQ(table.records, expected);
    EXPECT_EQ(table.lines.back(), static_cast<std::int64_t>(expected.size()));
}

TEST(Json, ARowThatIsTooLargeIsSetAside) {
    const Scratch scratch;
    const std::string half(largest_record / 2 + 1, 'x');
    const Table table(
        scratch.file("a.json", "[{\"a\":\"1\"},{\"a\":\"" + half + "\",\"b\":\"" + half + "\"},{\"a\":\"2\"}]"));
    EXPECT_THAT(table.header, ElementsAre("a", "b"));
    EXPECT_EQ(table.records, (Records{{"1", ""}, {"intake.record_too_large"}, {"2", ""}}));
}

TEST(Json, ATextWithoutEndIsNotHeldInMemory) {
    const Scratch scratch;
    const std::string endless(std::size_t{20} << 20, 'x');
    const Table table(scratch.file("a.jsonl", "{\"a\":1}\n{\"a\":\"" + endless + "\"}\n{\"a\":2}\n"));
    EXPECT_EQ(table.records, (Records{{"1"}, {"intake.record_too_large"}, {"2"}}));
    const Note note = refusal([&] { const Table t(scratch.file("a.json", "{\"a\":\n\"" + endless)); });
    EXPECT_EQ(note.id, "intake.no_document");
    EXPECT_EQ(with(note, "why"), sentence("intake.record_too_large"));
    EXPECT_EQ(with(note, "line"), "2");
}

TEST(Json, TooManyNamesAreNoTable) {
    const Scratch scratch;
    std::string text = "{\"rows\":[{";
    for (int i = 0; i < 200'000; ++i) text += "\"n" + std::to_string(i) + "\":1,";
    EXPECT_EQ(with(refusal([&] { const Table t(scratch.file("a.json", text + "\"z\":1}]}")); }), "why"),
              sentence("intake.record_too_large"));
    std::string lines;
    for (int i = 0; i < 300; ++i) lines += "{\"" + std::string(4000, 'x') + std::to_string(i) + "\":1}\n";
    EXPECT_EQ(refusal([&] { const Table t(scratch.file("a.jsonl", lines)); }).id, "intake.too_many_columns");
}

TEST(Json, AnErrorAnswerTellsItsCode) {
    const Scratch scratch;
    const auto path = scratch.file("a.json", "{\"errcode\":40014,\"errmsg\":\"invalid access_token\"}");
    const Note note = refusal([&] { TableReader::open(path); });
    EXPECT_EQ(with(note, "errcode"), "40014");
    EXPECT_EQ(with(note, "errmsg"), "invalid access_token");
    EXPECT_EQ(with(note, "file"), path.string());
}

TEST(Json, RecordsAreGivenBackAsLinesOfCsv) {
    const Scratch scratch;
    JsonReader reader(File(scratch.file("a.jsonl", "{\"a\":\"x,y\",\"b\":[1,2]}\n{\"a\":}\n")));
    EXPECT_EQ(reader.header_record(), "a,b");
    reader.next();
    EXPECT_EQ(reader.record(), "\"x,y\",\"1,2\"");
    ASSERT_EQ(reader.next(), TableReader::Found::broken);
    EXPECT_EQ(reader.record(), "\"{\"\"a\"\":}\"");
    EXPECT_EQ(with(reader.fault(), "column"), "7");
    EXPECT_EQ(reader.next(), TableReader::Found::end);
    EXPECT_EQ(reader.bytes_read(), reader.bytes_total());
}

}  // namespace
}  // namespace siyu
