// SPDX-License-Identifier: Apache-2.0
#include "core/intake/csv.hpp"

#include <gmock/gmock.h>

#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

using testing::ElementsAre;

TEST(Csv, CommasAndLineEndsMakeCells) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", "a,b,c\n1,2,3\n,,4\n"));
    EXPECT_THAT(table.header, ElementsAre("a", "b", "c"));
    EXPECT_EQ(table.records, (Records{{"1", "2", "3"}, {"", "", "4"}}));
    EXPECT_THAT(table.lines, ElementsAre(2, 3));
}

TEST(Csv, TheLastLineNeedsNoLineEnd) {
    const Scratch scratch;
    EXPECT_EQ(Table(scratch.file("a.csv", "a,b\n1,2")).records, (Records{{"1", "2"}}));
    EXPECT_EQ(Table(scratch.file("b.csv", "a,b\n1,\"2\"")).records, (Records{{"1", "2"}}));
    EXPECT_EQ(Table(scratch.file("c.csv", "a,b")).records, Records{});
}

TEST(Csv, LinesEndWithLfOrCrlfOrCr) {
    const Scratch scratch;
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        std::string text;
        for (const std::string line : {"a,b", "1,2", "\"3\",\"4\"", "5,"}) text += line + end;
        const Table table(scratch.file("a.csv", text));
        EXPECT_THAT(table.header, ElementsAre("a", "b"));
        EXPECT_EQ(table.records, (Records{{"1", "2"}, {"3", "4"}, {"5", ""}}));
        EXPECT_THAT(table.lines, ElementsAre(2, 3, 4));
    }
}

TEST(Csv, QuotedLineBreakStaysInTheCell) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", "a,b\n\"1\n2\",x\ny,\"3\r\n\r\n4\"\nlast,z\n"));
    EXPECT_EQ(table.records, (Records{{"1\n2", "x"}, {"y", "3\r\n\r\n4"}, {"last", "z"}}));
    EXPECT_THAT(table.lines, ElementsAre(2, 4, 7));
}

TEST(Csv, QuotedCommaAndDoubledQuoteAreText) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", "a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"\"\"\",\"\"\n"));
    EXPECT_EQ(table.records, (Records{{"1,2", "say \"hi\""}, {"\"", ""}}));
}

TEST(Csv, QuoteInsideAnUnquotedCellIsText) {
    const Scratch scratch;
    EXPECT_EQ(Table(scratch.file("a.csv", "a,b\n=\"00123\",5\" screen\n")).records,
              (Records{{"=\"00123\"", "5\" screen"}}));
}

TEST(Csv, MissingCellsAtTheEndAreEmpty) {
    const Scratch scratch;
    EXPECT_EQ(Table(scratch.file("a.csv", "a,b,c\n1\n1,2\n")).records, (Records{{"1", "", ""}, {"1", "2", ""}}));
}

TEST(Csv, ACommaTooManyAtTheEndIsNothingButTextThereIsABrokenRow) {
    const Scratch scratch;
    EXPECT_EQ(Table(scratch.file("a.csv", "a,b,\n1,2,\n1,2,,,\n1,2,3\n4,5\n")).records,
              (Records{{"1", "2"}, {"1", "2"}, {"intake.too_many_cells"}, {"4", "5"}}));
}

TEST(Csv, BlankLinesAreSkippedAndCounted) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", "\n\na,b\n\n1,2\n,\n  , \n\r\n3,4\n\n"));
    EXPECT_THAT(table.header, ElementsAre("a", "b"));
    EXPECT_EQ(table.records, (Records{{"1", "2"}, {"3", "4"}}));
    EXPECT_THAT(table.lines, ElementsAre(5, 9));
}

TEST(Csv, TheHeaderSaysTheDelimiter) {
    const Scratch scratch;
    EXPECT_EQ(Table(scratch.file("a.csv", "a;b\n1,5;2\n")).records, (Records{{"1,5", "2"}}));
    EXPECT_EQ(Table(scratch.file("b.csv", "a\tb\n1,5\t2\n")).records, (Records{{"1,5", "2"}}));
    EXPECT_EQ(Table(scratch.file("c.csv", "\"a;x;y\",b\n1;5,2\n")).records, (Records{{"1;5", "2"}}));
}

TEST(Csv, UnclosedQuoteNamesTheLineWhereItBegan) {
    const Scratch scratch;
    const auto path = scratch.file("a.csv", "a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    const Note note = refusal([&] { const Table table(path); });
    EXPECT_EQ(note.id, "intake.unclosed_quote");
    EXPECT_EQ(with(note, "line"), "3");
    EXPECT_EQ(with(note, "file"), path.string());
}

TEST(Csv, UnclosedQuoteOfALargeFileNamesTheLineToo) {
    const Scratch scratch;
    std::string text = "a,b\n1,2\n3,\"4\n";
    while (text.size() < 3 * largest_record) text += "55555,66666\n";
    const Note note = refusal([&] { const Table table(scratch.file("a.csv", text)); });
    EXPECT_EQ(note.id, "intake.unclosed_quote");
    EXPECT_EQ(with(note, "line"), "3");
}

TEST(Csv, TextBehindAClosingQuoteCostsThatLineAlone) {
    const Scratch scratch;
    const Table table(scratch.file("a.csv", "a,b\n1,\"2\n3,\"4\"\n5,6\n\"7\" ,8\n"));
    EXPECT_EQ(table.records, (Records{{"intake.stray_quote"}, {"3", "4"}, {"5", "6"}, {"7", "8"}}));
    EXPECT_THAT(table.lines, ElementsAre(2, 3, 4, 5));
}

TEST(Csv, ARecordOfTenMegabytesIsSetAsideAndReadingGoesOn) {
    const Scratch scratch;
    for (const std::string quote : {"", "\""}) {
        const auto path = scratch.file(
            "a.csv", "customer_id,b\n1,2\n" + quote + std::string(10'000'000, 'x') + quote + ",9\n3,\"4\n4\"\n5,6\n");
        const Table table(path);
        EXPECT_EQ(table.records, (Records{{"1", "2"}, {"intake.record_too_large"}, {"3", "4\n4"}, {"5", "6"}}));
        EXPECT_THAT(table.lines, ElementsAre(2, 3, 4, 6));
        CsvReader reader(path);
        reader.next();
        ASSERT_EQ(reader.next(), TableReader::Found::broken);
        EXPECT_LT(reader.record().size(), 300U);
    }
}

TEST(Csv, ARecordOfJustOneMegabyteIsRead) {
    const Scratch scratch;
    for (const std::string quote : {"", "\""}) {
        const std::string cell(largest_record - 2 * quote.size() - 2, 'x');
        const Table table(scratch.file("a.csv", "a,b\n" + quote + cell + quote + ",2\n3,4\n"));
        ASSERT_EQ(table.records.size(), 2U);
        EXPECT_EQ(table.records[0][0], cell);
        EXPECT_EQ(table.records[1][0], "3");
    }
}

TEST(Csv, CellsAcrossBufferEdgesStayWhole) {
    const Scratch scratch;
    std::string text = "a,b\r\n";
    Records expected;
    for (int i = 0; text.size() < 1'500'000; ++i) {
        const std::string id = std::to_string(i);
        const bool quoted = i % 3 == 0;
        const std::string cell(static_cast<std::size_t>(i % 97), 'y');
        text += quoted ? "\"" + id + "\"\"\r\n\"," + cell + "\r\n" : id + "," + cell + "\r\n";
        expected.push_back({quoted ? id + "\"\r\n" : id, cell});
    }
    EXPECT_EQ(Table(scratch.file("a.csv", text)).records, expected);
}

TEST(Csv, ARecordIsGivenBackAsALineOfCsv) {
    const Scratch scratch;
    CsvReader reader(scratch.file("a.csv", "a;\"b;c\"\n\"1;\"\"\";\"x\ny\"\n1,5;2;3\n\"1\"x;2\n"));
    EXPECT_EQ(reader.header_record(), "a,b;c");
    reader.next();
    EXPECT_EQ(reader.record(), "\"1;\"\"\",\"x\ny\"");
    reader.next();
    EXPECT_EQ(reader.record(), "\"1,5\",2,3");
    reader.next();
    EXPECT_EQ(reader.record(), "\"1\"x;2");
}

TEST(Csv, ProgressGoesFromNothingToAllBytes) {
    const Scratch scratch;
    CsvReader reader(scratch.file("a.csv", "a,b\n1,2\n3,4\n"));
    EXPECT_EQ(reader.bytes_total(), 12U);
    EXPECT_EQ(reader.bytes_read(), 4U);
    while (reader.next() != TableReader::Found::end) {
    }
    EXPECT_EQ(reader.bytes_read(), 12U);
    // 渠道 in GBK: four bytes that are six in UTF-8.
    CsvReader converted(scratch.file("b.csv", "a,b\n\xC7\xFE\xB5\xC0,\xC7\xFE\n"));
    EXPECT_LE(converted.bytes_read(), 12U);
}

std::vector<std::vector<std::string>> records_of(const std::string& text) {
    const Scratch scratch;
    return Table(scratch.file("a.csv", text)).records;
}

// A download that broke off: what is left of the last amount is no amount.
TEST(Csv, ALastRowThatIsCutOffIsSetAside) {
    EXPECT_EQ(records_of("a,b,c\n1,2,3\n4,50"), (Records{{"1", "2", "3"}, {"intake.cut_off"}}));
    EXPECT_EQ(records_of("a,b,c\r\n1,2,3\r\n4,\"50\""), (Records{{"1", "2", "3"}, {"intake.cut_off"}}));
    EXPECT_EQ(records_of("a,b,c\n4,50"), (Records{{"intake.cut_off"}}));
    const Scratch scratch;
    const auto reader = TableReader::open(scratch.file("a.csv", "a,b,c\n1,2,3\n4,50"));
    reader->next();
    ASSERT_EQ(reader->next(), TableReader::Found::broken);
    EXPECT_EQ(reader->line(), 3);
    EXPECT_EQ(reader->record(), "4,50");
}

TEST(Csv, ALastRowWithoutALineBreakMayBeWhole) {
    EXPECT_EQ(records_of("a,b,c\n1,2,3\n4,5,6"), (Records{{"1", "2", "3"}, {"4", "5", "6"}}));
    EXPECT_EQ(records_of("a,b,c\n1,2,3\n4,5,"), (Records{{"1", "2", "3"}, {"4", "5", ""}}));
    EXPECT_EQ(records_of("a,b,c\n1,2\n4,5"), (Records{{"1", "2", ""}, {"4", "5", ""}}));
    EXPECT_EQ(records_of("a,b,c\n1,2,3\n4,5\n"), (Records{{"1", "2", "3"}, {"4", "5", ""}}));
}

}  // namespace
}  // namespace siyu
